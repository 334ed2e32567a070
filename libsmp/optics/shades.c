/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The catalogue of shades, by rule: families of pigment times dilutions. */
#include <smp/shades.h>

#include <string.h>

#include "base/diag.h"
#include "base/guard.h"
#include "base/math.h"

/* Shares of absorption at 550 nm: carbon fine, coarse, iron red, yellow, black; titania. */
typedef struct family {
    float part[SMP_PIGMENT_COMPONENTS];
} family;

#define NAMES(n)                                                                                  \
    {                                                                                             \
        n "-01", n "-02", n "-03", n "-04", n "-05", n "-06", n "-07", n "-08", n "-09", n "-10", \
            n "-11", n "-12", n "-13", n "-14", n "-15", n "-16"                                  \
    }

static const char *const names[][SMP_SHADE_DILUTIONS] = {
    NAMES("ink"),    NAMES("steel"),  NAMES("slate"),    NAMES("neutral"), NAMES("graphite"),
    NAMES("coal"),   NAMES("smoke"),  NAMES("ash"),      NAMES("taupe"),   NAMES("walnut"),
    NAMES("umber"),  NAMES("cocoa"),  NAMES("chestnut"), NAMES("sienna"),  NAMES("auburn"),
    NAMES("copper"), NAMES("ginger"), NAMES("amber"),    NAMES("honey"),   NAMES("straw"),
    NAMES("sand"),   NAMES("flax"),   NAMES("pewter"),   NAMES("silver"),  NAMES("pearl"),
};

/* Cool to warm, then lightened. The order is for ever. */
static const family families[] = {
    {{0, 0.1f, 0, 0, 0.9f, 0}},            /* ink: black iron oxide */
    {{0, 0.4f, 0, 0, 0.6f, 0}},            /* steel */
    {{0, 0.7f, 0, 0, 0.3f, 0}},            /* slate */
    {{0, 1, 0, 0, 0, 0}},                  /* neutral: carbon in aggregates */
    {{0.5f, 0.5f, 0, 0, 0, 0}},            /* graphite */
    {{1, 0, 0, 0, 0, 0}},                  /* coal: fine carbon */
    {{0.9f, 0, 0, 0.02f, 0.08f, 0.15f}},   /* smoke */
    {{0.85f, 0, 0, 0.05f, 0.1f, 0.3f}},    /* ash */
    {{0.8f, 0, 0.05f, 0.05f, 0.1f, 0.2f}}, /* taupe */
    {{0.85f, 0, 0.1f, 0.05f, 0, 0}},       /* walnut */
    {{0.75f, 0, 0.15f, 0.1f, 0, 0}},       /* umber */
    {{0.65f, 0, 0.25f, 0.1f, 0, 0}},       /* cocoa */
    {{0.55f, 0, 0.35f, 0.1f, 0, 0}},       /* chestnut */
    {{0.45f, 0, 0.45f, 0.1f, 0, 0}},       /* sienna */
    {{0.35f, 0, 0.6f, 0.05f, 0, 0}},       /* auburn */
    {{0.2f, 0, 0.7f, 0.1f, 0, 0}},         /* copper */
    {{0.15f, 0, 0.6f, 0.25f, 0, 0}},       /* ginger */
    {{0.2f, 0, 0.45f, 0.35f, 0, 0}},       /* amber */
    {{0.35f, 0, 0.3f, 0.35f, 0, 0}},       /* honey */
    {{0.45f, 0, 0.15f, 0.4f, 0, 0}},       /* straw */
    {{0.6f, 0, 0.1f, 0.3f, 0, 1}},         /* sand */
    {{0.65f, 0, 0.05f, 0.3f, 0, 3}},       /* flax */
    {{0.1f, 0.8f, 0, 0, 0.1f, 1}},         /* pewter */
    {{0.1f, 0.8f, 0, 0, 0.1f, 2.5f}},      /* silver */
    {{0.2f, 0.8f, 0, 0, 0, 5}},            /* pearl */
};

#define FAMILIES ((uint32_t)(sizeof families / sizeof *families))
_Static_assert(sizeof names / sizeof *names == sizeof families / sizeof *families,
               "a family without a name");

#define PALEST 0.1
#define DARKEST 6.0

uint32_t smp_shade_count(void)
{
    return FAMILIES * SMP_SHADE_DILUTIONS;
}

const char *smp_shade_name(uint32_t shade)
{
    if (shade >= smp_shade_count())
        return NULL;
    return names[shade / SMP_SHADE_DILUTIONS][shade % SMP_SHADE_DILUTIONS];
}

uint32_t smp_shade_find(const char *name)
{
    for (uint32_t i = 0; name && i < smp_shade_count(); i++)
        if (strcmp(name, smp_shade_name(i)) == 0)
            return i;
    return SMP_SHADE_NONE;
}

SMPI_APART smp_status shade_get_guarded(uint32_t shade, smp_pigment *pigment, float *dose,
                                        smp_diag *diag)
{
    smpi_diag_clear(diag);
    if (shade >= smp_shade_count())
        return smpi_fail(diag, SMP_ERR_RANGE, "shade is %u, want less than %u", shade,
                         smp_shade_count());
    const float *part = families[shade / SMP_SHADE_DILUTIONS].part;
    double step = (double)(shade % SMP_SHADE_DILUTIONS) / (SMP_SHADE_DILUTIONS - 1);
    if (pigment) {
        smp_pigment_init(pigment);
        pigment->carbon_fine = part[0];
        pigment->carbon_coarse = part[1];
        pigment->iron_red = part[2];
        pigment->iron_yellow = part[3];
        pigment->iron_black = part[4];
        pigment->titania = part[5];
    }
    if (dose)
        *dose = (float)(PALEST * smpi_exp(step * smpi_log(DARKEST / PALEST)));
    return SMP_OK;
}

smp_status smp_shade_get(uint32_t shade, smp_pigment *pigment, float *dose, smp_diag *diag)
{
    SMPI_GUARD(smp_status, shade_get_guarded(shade, pigment, dose, diag));
}
