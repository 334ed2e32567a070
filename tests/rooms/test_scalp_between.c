/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Density mode under drawn, thinning hair: pigment goes on the skin, the strands stay as they are.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <smp/smp.h>

#include "scalp/rows.h"
#include "support.h"

static smp_context *ctx;
static smp_phantom *phantom;

static void setup(void)
{
    smp_phantom_desc desc;
    smp_phantom_desc_init(&desc);
    desc.strands = 0.5f;
    desc.melanin = 0.02f;
    ck_assert_int_eq(smp_context_create(&ctx, NULL, NULL), SMP_OK);
    ck_assert_int_eq(smp_phantom_create(ctx, &desc, NULL, &phantom, NULL), SMP_OK);
}

static void teardown(void)
{
    smp_phantom_destroy(&phantom);
    ck_assert_uint_eq(smp_context_memory(ctx, NULL), 0);
    smp_context_destroy(&ctx);
}

typedef struct shares {
    double skin, strand; /* mean mask on bare skin, and in the middle of strands */
    double mask;         /* of the map over both */
    double hair, bare;   /* mean of the map of hair on strands and on bare skin */
    double edge;         /* mean mask where hair hides 0.6 to 0.85 of a pixel */
} shares;

static float truth(smp_phantom_map kind, size_t at)
{
    smp_grid map;
    ck_assert_int_eq(smp_phantom_get_map(phantom, kind, &map, NULL), SMP_OK);
    return map.data[at];
}

static shares look(uint32_t density_mode)
{
    const smp_image *photo = smp_phantom_image(phantom);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    smp_scalp *scalp = NULL;
    smp_scalp_desc desc;
    smp_grid hair;
    uint32_t step;
    shares is = {0};
    double skins = 0.0, strands = 0.0, edges = 0.0;
    smp_scalp_desc_init(&desc);
    desc.density_mode = density_mode;
    ck_assert_int_eq(smp_scalp_create(ctx, photo, &camera, &head, NULL, &desc, NULL, &scalp, NULL),
                     SMP_OK);
    ck_assert_int_eq(smp_scalp_get_map(scalp, SMP_SCALP_HAIR, &hair, &step, NULL), SMP_OK);
    float *row = malloc(photo->width * sizeof *row);
    ck_assert_ptr_nonnull(row);
    for (uint32_t y = 100; y + 2 < photo->height * 3 / 5; y += 2) {
        smpi_scalp_mask_row(scalp, y, 0, photo->width, row);
        for (uint32_t x = 500; x < 1100; x++) {
            const size_t at = (size_t)y * photo->width + x;
            if (!(truth(SMP_PHANTOM_MASK, at) > 0.95f))
                continue;
            /* The camera blurs: what counts is a strand of at least 3 rows, or skin as wide. */
            float most = 0.0f, least = 1.0f;
            for (size_t k = 0; k < 3; k++) {
                const float cover = truth(SMP_PHANTOM_HAIR, at + (k - 1) * photo->width);
                most = cover > most ? cover : most;
                least = cover < least ? cover : least;
            }
            const double cover = (double)hair.data[(size_t)(y / step) * hair.stride + x / step];
            if (most <= 0.0f) {
                is.skin += (double)row[x];
                is.bare += cover;
                skins += 1.0;
            } else if (least > 0.85f) {
                is.strand += (double)row[x];
                is.hair += cover;
                strands += 1.0;
            } else if (least > 0.6f && most < 0.85f) {
                is.edge += (double)row[x];
                edges += 1.0;
            }
        }
    }
    ck_assert(skins > 3000.0 && strands > 300.0 && edges > 300.0);
    is.skin /= skins;
    is.bare /= skins;
    is.strand /= strands;
    is.hair /= strands;
    is.edge /= edges;
    free(row);
    smp_scalp_destroy(&scalp);
    return is;
}

START_TEST(pigment_goes_between_strands)
{
    const shares plain = look(0), dense = look(1);
    printf("without: skin %.3f, strands %.3f; density mode: skin %.3f, strands %.3f; map of hair: "
           "strands %.3f, skin %.3f; nearly covered %.3f\n",
           plain.skin, plain.strand, dense.skin, dense.strand, dense.hair, dense.bare, dense.edge);
    fflush(stdout);
    ck_assert(dense.skin > 0.75);
    ck_assert(dense.strand < 0.2);
    ck_assert(dense.strand < 0.5 * plain.strand);
    ck_assert(dense.hair > 0.6 && dense.bare < 0.3);
    /* Skin still gives half of the light there: without pigment it would be a halo. */
    ck_assert(dense.edge > 0.35);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scalp between");
    TCase *tcase = tcase_create("density mode");
    tcase_set_timeout(tcase, 120.0);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, pigment_goes_between_strands);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
