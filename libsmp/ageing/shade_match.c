/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Settled tones of shades, the tone of stubble, and which shades come near it
 * (docs/model/shades.md). */
#include <math.h>
#include <string.h>

#include <smp/ageing.h>
#include <smp/shades.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "optics/field_tone.h"
#include "optics/pigment.h"
#include "optics/tables.h"

#define SETTLED_DAY 42.0

static const smp_field hair_fields[] = {
    SMPI_FIELD_HEAD(smp_hair_desc),
    SMPI_FIELD(smp_hair_desc, lightness, "", 5.0, 90.0, 20.0, "CIE L* of a tress."),
    SMPI_FIELD(smp_hair_desc, a, "", -5.0, 40.0, 6.0, "CIE a* of a tress."),
    SMPI_FIELD(smp_hair_desc, b, "", -5.0, 50.0, 8.0, "CIE b* of a tress."),
    SMPI_FIELD(smp_hair_desc, density_per_cm2, "1/cm2", 0.0, 400.0, 150.0, "Hairs."),
    SMPI_FIELD(smp_hair_desc, diameter_mm, "mm", 0.02, 0.15, 0.07, "Diameter of a shaft."),
    SMPI_FIELD(smp_hair_desc, stubble_mm, "mm", 0.0, 1.0, 0.1, "Length above the skin."),
};

SMPI_DEFINE_FIELDS(smp_hair_desc, hair_fields)

/* tests/data/hair_colours.csv; only black and dark brown were read, the others are general
 * knowledge. */
static const struct {
    const char *name;
    float lab[3];
} hairs[] = {
    {"black", {16.5f, 0.8f, 1}}, {"very-dark-brown", {18, 2, 3}}, {"dark-brown", {20, 6, 8}},
    {"brown", {26, 6, 10}},      {"light-brown", {34, 7, 14}},    {"dark-blond", {44, 6, 17}},
    {"blond", {60, 4, 20}},      {"red", {34, 15, 19}},           {"grey", {48, 0.5f, 4}},
    {"white", {74, 0, 9}},
};

const char *smp_hair_name(uint32_t index)
{
    return index < sizeof hairs / sizeof *hairs ? hairs[index].name : NULL;
}

SMPI_APART smp_status hair_named_guarded(const char *name, smp_hair_desc *desc, smp_diag *diag)
{
    smp_hair_desc d;
    smpi_diag_clear(diag);
    SMPI_NEED(name, diag);
    SMPI_NEED(desc, diag);
    for (uint32_t i = 0; i < sizeof hairs / sizeof *hairs; i++) {
        if (strcmp(name, hairs[i].name) != 0)
            continue;
        SMPI_TRY(smpi_desc_read(&d, sizeof d, desc, hair_fields, SMPI_COUNT(hair_fields), diag));
        d.lightness = hairs[i].lab[0];
        d.a = hairs[i].lab[1];
        d.b = hairs[i].lab[2];
        return smpi_desc_store(desc, &d, sizeof d, diag);
    }
    return smpi_fail(diag, SMP_ERR_ARGUMENT, "no hair colour is called \"%.40s\"", name);
}

smp_status smp_hair_named(const char *name, smp_hair_desc *desc, smp_diag *diag)
{
    SMPI_GUARD(smp_status, hair_named_guarded(name, desc, diag));
}

/* ---- hair ----------------------------------------------------------------------------------- */

/* A tress is a thick layer that absorbs K and scatters S (Kubelka and Munk); S of a shaft, 1/mm, is
 * assumed so that black hair absorbs about 80 and blond about 3 per mm at 550 nm. */
#define TRESS_SCATTER 3.4
/* What follicles hold of the shaft that light can find, mm; and how much of its length a leaning
 * hair covers (assumed). */
#define SHAFT_MM 1.0
#define LEAN 0.7

/* Pheomelanosomes: 2.9e15 l^-4.75 (Donner & Jensen 2006), over 550 nm; eumelanin as in skin. */
#define PHEO_POWER 4.75

typedef struct hair_light {
    double absorb[SMPI_SPECTRUM];  /* of a shaft, 1/mm */
    double reflect[SMPI_SPECTRUM]; /* of a tress */
} hair_light;

static void tress(const double share[2], hair_light *h)
{
    double middle = smpi_chromophore[17].melanosome; /* 550 nm */
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        double pheo = smpi_pow(550 / smpi_chromophore[i].nm, PHEO_POWER);
        double ks = share[0] * smpi_chromophore[i].melanosome / middle + share[1] * pheo;
        h->absorb[i] = TRESS_SCATTER * ks;
        h->reflect[i] = 1 + ks - sqrt(ks * ks + 2 * ks);
    }
}

static void lab_of(const double *reflectance, double surface, double lab[3])
{
    double xyz[3];
    float rounded[3], out[3];
    smpi_spectrum_xyz_of(reflectance, xyz);
    for (int c = 0; c < 3; c++)
        rounded[c] = (float)(xyz[c] + surface * smpi_white_xyz[c]);
    smp_xyz_to_lab(rounded, out);
    for (int c = 0; c < 3; c++)
        lab[c] = (double)out[c];
}

/* The eumelanin and pheomelanin that bring a tress nearest to a colour: ever finer grids over their
 * logarithms. */
static void hair_of(const smp_hair_desc *d, hair_light *best)
{
    const double want[3] = {(double)d->lightness, (double)d->a, (double)d->b};
    double at[2] = {0, -1}, step = 1, least = INFINITY;
    for (int round = 0; round < 12; round++, step *= 0.6) {
        double from[2] = {at[0], at[1]};
        for (int i = -4; i <= 4; i++)
            for (int j = -4; j <= 4; j++) {
                double p[2] = {from[0] + i * step, from[1] + j * step}, lab[3];
                double share[2] = {smpi_exp(p[0]), smpi_exp(p[1])};
                hair_light h;
                tress(share, &h);
                lab_of(h.reflect, 0, lab);
                double miss = (lab[0] - want[0]) * (lab[0] - want[0]) +
                              (lab[1] - want[1]) * (lab[1] - want[1]) +
                              (lab[2] - want[2]) * (lab[2] - want[2]);
                if (miss < least) {
                    least = miss;
                    memcpy(at, p, sizeof at);
                    *best = h;
                }
            }
    }
}

/* Shafts in the skin as columns from the surface down, under what stands above it: that covers its
 * own area and shades as much. */
static void stubble(const smpi_field_base *base, const smp_hair_desc *d, double *reflectance)
{
    hair_light h;
    smpi_field_columns c = {.diameter_mm = (double)d->diameter_mm,
                            .top_mm = 0,
                            .height_mm = SHAFT_MM,
                            .per_mm2 = (double)d->density_per_cm2 / 100};
    hair_of(d, &h);
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        c.absorb[i] = h.absorb[i] * SHAFT_MM;
        c.scatter[i] = 0;
    }
    smpi_field_reflect(base, &c, reflectance);
    double cover = c.per_mm2 * c.diameter_mm * (double)d->stubble_mm * LEAN;
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        reflectance[i] =
            reflectance[i] * smpi_exp(-2 * cover) + h.reflect[i] * (1 - smpi_exp(-cover));
}

/* ---- shades --------------------------------------------------------------------------------- */

static smp_status settled(const smpi_field_base *base, uint32_t shade, double *reflectance,
                          smp_diag *diag)
{
    smp_pigment pigment;
    smpi_pigment_spectra spectra;
    smp_plan_desc plan;
    float dose;
    smp_plan_desc_init(&plan);
    SMPI_TRY(smp_shade_get(shade, &pigment, &dose, diag));
    SMPI_TRY(smpi_pigment_make(&pigment, &spectra, diag));
    smpi_field_columns c = {.diameter_mm = (double)plan.diameter_mm,
                            .top_mm = (double)plan.top_mm,
                            .height_mm = (double)plan.height_mm,
                            .per_mm2 = (double)plan.density_per_cm2 / 100};
    double left = (double)dose * smp_pigment_left(SETTLED_DAY);
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        c.absorb[i] = left * spectra.absorb[i];
        c.scatter[i] = left * spectra.scatter[i];
    }
    smpi_field_reflect(base, &c, reflectance);
    return SMP_OK;
}

static smp_status base_of(const smp_skin *skin, smpi_field_base *base, smp_diag *diag)
{
    smp_skin s;
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    smpi_field_base_init(base, &s);
    return SMP_OK;
}

static smp_status check_space(smp_space space, smp_diag *diag)
{
    if (!smp_space_name(space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    return SMP_OK;
}

static void put_rgb(smp_space space, const double *reflectance, float rgb_lin[3])
{
    double rgb[3];
    smpi_spectrum_rgb(space, reflectance, rgb);
    for (int c = 0; c < 3; c++)
        rgb_lin[c] = (float)rgb[c];
}

SMPI_APART smp_status shade_color_guarded(const smp_skin *skin, smp_space space, uint32_t first,
                                          uint32_t count, float *rgb_lin, smp_diag *diag)
{
    smpi_field_base base;
    double r[SMPI_SPECTRUM];
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    SMPI_TRY(check_space(space, diag));
    if (first > smp_shade_count() || count > smp_shade_count() - first)
        return smpi_fail(diag, SMP_ERR_RANGE, "shades %u and %u more, there are %u", first, count,
                         smp_shade_count());
    SMPI_TRY(base_of(skin, &base, diag));
    for (uint32_t i = 0; i < count; i++) {
        SMPI_TRY(settled(&base, first + i, r, diag));
        put_rgb(space, r, rgb_lin + (size_t)3 * i);
    }
    return SMP_OK;
}

smp_status smp_shade_color(const smp_skin *skin, smp_space space, uint32_t first, uint32_t count,
                           float *rgb_lin, smp_diag *diag)
{
    SMPI_GUARD(smp_status, shade_color_guarded(skin, space, first, count, rgb_lin, diag));
}

SMPI_APART smp_status stubble_color_guarded(const smp_hair_desc *hair, const smp_skin *skin,
                                            smp_space space, float rgb_lin[3], smp_diag *diag)
{
    smpi_field_base base;
    smp_hair_desc d;
    double r[SMPI_SPECTRUM];
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    SMPI_TRY(check_space(space, diag));
    SMPI_TRY(smpi_desc_read(&d, sizeof d, hair, hair_fields, SMPI_COUNT(hair_fields), diag));
    SMPI_TRY(base_of(skin, &base, diag));
    stubble(&base, &d, r);
    put_rgb(space, r, rgb_lin);
    return SMP_OK;
}

smp_status smp_stubble_color(const smp_hair_desc *hair, const smp_skin *skin, smp_space space,
                             float rgb_lin[3], smp_diag *diag)
{
    SMPI_GUARD(smp_status, stubble_color_guarded(hair, skin, space, rgb_lin, diag));
}

/* Puts one line where it belongs among the best so far. */
static void enter(smp_shade_rank *ranks, uint32_t used, uint32_t room, smp_shade_rank line)
{
    uint32_t at = used;
    while (at > 0 && ranks[at - 1].delta_e > line.delta_e)
        at--;
    if (at >= room)
        return;
    for (uint32_t i = used < room ? used : room - 1; i > at; i--)
        ranks[i] = ranks[i - 1];
    ranks[at] = line;
}

SMPI_APART smp_status shade_match_guarded(const smp_hair_desc *hair, const smp_skin *skin,
                                          uint32_t count, smp_shade_rank *ranks, smp_diag *diag)
{
    smpi_field_base base;
    smp_hair_desc d;
    double r[SMPI_SPECTRUM], want[3], lab[3];
    smpi_diag_clear(diag);
    SMPI_NEED(ranks, diag);
    if (count == 0 || count > smp_shade_count())
        return smpi_fail(diag, SMP_ERR_RANGE, "count is %u, want [1, %u]", count,
                         smp_shade_count());
    SMPI_TRY(smpi_desc_read(&d, sizeof d, hair, hair_fields, SMPI_COUNT(hair_fields), diag));
    SMPI_TRY(base_of(skin, &base, diag));
    stubble(&base, &d, r);
    lab_of(r, (double)SMP_SKIN_SURFACE, want);
    for (uint32_t i = 0; i < smp_shade_count(); i++) {
        SMPI_TRY(settled(&base, i, r, diag));
        lab_of(r, (double)SMP_SKIN_SURFACE, lab);
        smp_shade_rank line = {i, (float)smp_delta_e2000(lab, want)};
        enter(ranks, i < count ? i : count, count, line);
    }
    return SMP_OK;
}

smp_status smp_shade_match(const smp_hair_desc *hair, const smp_skin *skin, uint32_t count,
                           smp_shade_rank *ranks, smp_diag *diag)
{
    SMPI_GUARD(smp_status, shade_match_guarded(hair, skin, count, ranks, diag));
}
