/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The ranked places: even at every density, the same whatever is asked for, the same bytes always.
 */
#include <check.h>

#include "base/fields.h"
#include "synthesis/places.h"
#include "test_synthesis.h"

static smpi_places make(uint32_t shape, float regularity, float density, uint32_t seed)
{
    smpi_places places;
    smpi_places_desc desc = {.seed = seed, .regularity = regularity, .density_per_cm2 = density};
    smp_diag diag;
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    smp_head_init(&desc.head);
    desc.head.shape = shape;
    if (smpi_places_create(ctx, &desc, NULL, 1.0, &places, &diag) != SMP_OK)
        TEST_DIE("%s", diag.text);
    return places;
}

/* Also destroys the context that make() made. */
static void drop(smpi_places *places)
{
    smp_context *ctx = (smp_context *)(uintptr_t)places->ctx;
    smpi_places_free(places);
    smp_context_destroy(&ctx);
}

static void expect_even(const smpi_places *places, int flat, const double middle[3], double around,
                        double rho, double cv_low, double cv_high)
{
    static const double shares[] = {1.0, 0.9, 0.8, 0.7, 0.5, 0.3, 0.12};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        const uint32_t count = (uint32_t)(shares[i] * places->count);
        if (middle && shares[i] < 0.3)
            continue; /* too few for a window */
        const test_near near = test_neighbours(places, count, flat, middle, around);
        printf("share %.2f: rho %.3f cv %.3f\n", shares[i], near.rho, near.cv);
        ck_assert_double_ge(near.rho, rho);
        ck_assert_double_ge(near.cv, cv_low);
        ck_assert_double_le(near.cv, cv_high);
    }
}

START_TEST(test_tile_is_human_at_every_density)
{
    smpi_places places = make(SMP_SHAPE_FLAT, 0.0f, 110.0f, 1);
    expect_even(&places, 1, NULL, 1e9, 0.575, 0.10, 0.14);
    drop(&places);
}
END_TEST

START_TEST(test_regular_tile_is_evener)
{
    smpi_places places = make(SMP_SHAPE_FLAT, 1.0f, 60.0f, 1);
    expect_even(&places, 1, NULL, 1e9, 0.70, 0.05, 0.12);
    drop(&places);
}
END_TEST

static const double middles[][3] = {
    {0.0, 131.0, 0.0}, {70.0, 58.0, 0.0}, {0.0, 30.0, -97.0}, {30.0, 100.0, 55.0}};

START_TEST(test_head_is_human_everywhere)
{
    smpi_places places = make(SMP_SHAPE_ELLIPSOID, 0.0f, 60.0f, 1);
    for (size_t i = 0; i < 4; i++)
        expect_even(&places, 0, middles[i], 25.0, 0.575, 0.10, 0.14);
    drop(&places);
}
END_TEST

START_TEST(test_regular_head_is_evener)
{
    smpi_places places = make(SMP_SHAPE_ELLIPSOID, 1.0f, 60.0f, 1);
    for (size_t i = 0; i < 4; i++)
        expect_even(&places, 0, middles[i], 25.0, 0.70, 0.05, 0.12);
    drop(&places);
}
END_TEST

/* The periodogram of six tiles: empty below half the base frequency, no peak, no direction. */
static void expect_blue(float regularity)
{
    enum { MOST = 50, TILES = 6, RINGS = 24 };
    const size_t wide = 2 * MOST + 1, cells = wide * (MOST + 1);
    double *power = calloc(cells, sizeof *power), base = 0.0;
    double sum[RINGS] = {0}, squares[RINGS] = {0}, n[RINGS] = {0};
    ck_assert_ptr_nonnull(power);
    for (uint32_t seed = 1; seed <= TILES; seed++) {
        smpi_places places = make(SMP_SHAPE_FLAT, regularity, 12.5f, seed);
        test_periodogram(&places, places.count, MOST, power);
        base = sqrt(places.count);
        drop(&places);
    }
    for (size_t i = 0; i < cells; i++) {
        const double u = (double)(i % wide) - MOST, v = (double)(i / wide);
        const size_t ring = (size_t)(sqrt(u * u + v * v) / base * 10.0);
        if (ring >= RINGS || (v == 0.0 && u <= 0.0))
            continue;
        sum[ring] += power[i] / TILES;
        squares[ring] += power[i] / TILES * power[i] / TILES;
        n[ring] += 1.0;
    }
    double peak = 0.0, low = 0.0, anisotropy = 0.0;
    for (size_t i = 0; i < RINGS && n[i] > 0.0; i++)
        peak = fmax(peak, sum[i] / n[i]);
    for (size_t i = 0; i < 5; i++)
        low = fmax(low, n[i] > 0.0 ? sum[i] / n[i] : 0.0);
    for (size_t i = 8; i < 20; i++)
        anisotropy +=
            10.0 * log10(squares[i] / n[i] / (sum[i] / n[i] * (sum[i] / n[i])) - 1.0) / 12;
    printf("peak %.2f, below f0 / 2 at most %.3f, anisotropy %.2f dB\n", peak, low, anisotropy);
    ck_assert_double_le(peak, 3.0);
    ck_assert_double_le(low, 0.3);
    ck_assert_double_le(fabs(anisotropy + 10.0 * log10(TILES)), 0.5);
    free(power);
}

START_TEST(test_spectrum_is_blue_and_isotropic)
{
    expect_blue(0.0f);
    expect_blue(1.0f);
}
END_TEST

/* Density rises along x and y; windows of 1 and 10 cm2 of a tile hold what was wanted. */
START_TEST(test_density_is_followed)
{
    static const struct {
        double side, limit;
    } windows[] = {{10.0, 0.05}, {31.623, 0.02}};
    for (size_t w = 0; w < 2; w++) {
        double error = 0.0, n = 0.0;
        for (uint32_t seed = 1; seed <= 4; seed++) {
            smpi_places places = make(SMP_SHAPE_FLAT, 0.0f, 160.0f, seed);
            const double side = windows[w].side;
            const uint32_t along = (uint32_t)((double)SMPI_TILE_MM / side);
            for (uint32_t i = 0; i < along * along; i++) {
                const double x0 = side * (i % along), y0 = side * (double)(i / along);
                /* linear, so the middle of a window tells its mean */
                const double wanted =
                    (70.0 + 0.9 * (x0 + side / 2) + 0.4 * (y0 + side / 2)) * side * side / 100.0;
                double count = 0.0;
                for (uint32_t k = 0; k < places.count; k++) {
                    const double x = (double)places.at[k].x_mm, y = (double)places.at[k].y_mm;
                    if (x >= x0 && x < x0 + side && y >= y0 && y < y0 + side)
                        count += smpi_places_threshold(&places, k) < 70.0 + 0.9 * x + 0.4 * y;
                }
                error += (count / wanted - 1.0) * (count / wanted - 1.0);
                n += 1.0;
            }
            drop(&places);
        }
        printf("%.0f mm windows: rms %.2f %%\n", windows[w].side, 100.0 * sqrt(error / n));
        ck_assert_double_le(sqrt(error / n), windows[w].limit);
    }
}
END_TEST

START_TEST(test_more_density_keeps_the_first)
{
    static const uint32_t shapes[] = {SMP_SHAPE_ELLIPSOID, SMP_SHAPE_FLAT};
    for (size_t i = 0; i < 2; i++)
        for (int even = 0; even < 2; even++) {
            const float few = shapes[i] == SMP_SHAPE_FLAT ? 40.0f : 2.0f;
            smpi_places a = make(shapes[i], (float)even, few, 9);
            smpi_places b = make(shapes[i], (float)even, 1.7f * few, 9);
            ck_assert_uint_lt(a.count, b.count);
            for (uint32_t k = 0; k < a.count; k++)
                ck_assert_int_eq(memcmp(a.at + k, b.at + k, 3 * sizeof(float)), 0);
            drop(&a);
            drop(&b);
        }
}
END_TEST

/* Other seeds and regularities give other places; the same give the same bytes on every machine. */
START_TEST(test_places_are_golden)
{
    static const struct {
        uint32_t shape;
        float regularity, density;
        uint32_t seed;
        uint64_t hash;
    } cases[] = {{SMP_SHAPE_ELLIPSOID, 0.0f, 10.0f, 1, UINT64_C(0xc40c721fb8aa83bc)},
                 {SMP_SHAPE_ELLIPSOID, 0.0f, 10.0f, 2, UINT64_C(0xfe2112690b8a0ffb)},
                 {SMP_SHAPE_ELLIPSOID, 0.6f, 5.0f, 1, UINT64_C(0x4508a72382b3b7e0)},
                 {SMP_SHAPE_FLAT, 0.0f, 110.0f, 1, UINT64_C(0x33fd9e361d46970f)},
                 {SMP_SHAPE_FLAT, 1.0f, 30.0f, 1, UINT64_C(0x21afdc2409c8f513)}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        smpi_places p = make(cases[i].shape, cases[i].regularity, cases[i].density, cases[i].seed);
        uint64_t hash = TEST_HASH_START;
        for (uint32_t k = 0; k < p.count; k++)
            hash = test_hash(hash, p.at + k, 3 * sizeof(float));
        if (hash != cases[i].hash)
            printf("case %zu: 0x%016llx\n", i, (unsigned long long)hash);
        ck_assert_uint_eq(hash, cases[i].hash);
        drop(&p);
    }
}
END_TEST

/* Heads that no person has end in bounded time, with places on the surface. */
START_TEST(test_odd_heads_end)
{
    static const float sizes[][3] = {{5, 5, 5},   {5, 300, 300}, {300, 5, 5},
                                     {5, 5, 300}, {300, 300, 5}, {300, 5, 300}};
    smp_context *ctx = test_context(NULL, NULL, SMP_ISA_BEST);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        smpi_places places;
        smpi_places_desc desc = {.seed = 3, .regularity = 0.0f, .density_per_cm2 = 4.0f};
        smp_head_init(&desc.head);
        desc.head.width_mm = sizes[i][0];
        desc.head.height_mm = sizes[i][1];
        desc.head.length_mm = sizes[i][2];
        desc.head.widest_mm = 0.5f * sizes[i][1]; /* one ellipsoid */
        ck_assert_int_eq(smpi_places_create(ctx, &desc, NULL, 1.0, &places, NULL), SMP_OK);
        for (uint32_t k = 0; k < places.count; k++) {
            const smpi_place *p = places.at + k;
            const double x = (double)p->x_mm / (0.5 * (double)sizes[i][0]);
            const double y = ((double)p->y_mm - 131.0) / (0.5 * (double)sizes[i][1]) + 1.0;
            const double z = (double)p->z_mm / (0.5 * (double)sizes[i][2]);
            ck_assert_double_le(fabs(x * x + y * y + z * z - 1.0), 1e-4);
        }
        smpi_places_free(&places);
    }
    smpi_places_desc desc = {.seed = 3, .regularity = 0.0f, .density_per_cm2 = 250.0f};
    smpi_places places;
    smp_diag diag = {0};
    smp_head_init(&desc.head);
    desc.head.width_mm = desc.head.height_mm = desc.head.length_mm = 1000.0f;
    ck_assert_int_eq(smpi_places_create(ctx, &desc, NULL, 1.0, &places, &diag), SMP_ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(diag.text, "cm2"));
    smp_context_destroy(&ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("places");
    TCase *tests = tcase_create("places");
    tcase_set_timeout(tests, 120.0);
    tcase_add_test(tests, test_tile_is_human_at_every_density);
    tcase_add_test(tests, test_regular_tile_is_evener);
    tcase_add_test(tests, test_head_is_human_everywhere);
    tcase_add_test(tests, test_regular_head_is_evener);
    tcase_add_test(tests, test_spectrum_is_blue_and_isotropic);
    tcase_add_test(tests, test_density_is_followed);
    tcase_add_test(tests, test_more_density_keeps_the_first);
    tcase_add_test(tests, test_places_are_golden);
    tcase_add_test(tests, test_odd_heads_end);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
