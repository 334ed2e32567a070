/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The layered solver against published and independently computed values. */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "optics/layers.h"

#define ENDLESS SMPI_LAYER_ENDLESS

static void near(double value, double want, double tolerance)
{
    ck_assert_double_eq_tol(value, want, tolerance);
}

/* Rows of tests/data/transport_reference.csv, which says who computed them. */
START_TEST(published_slabs)
{
    smpi_angles a;
    double t;
    smpi_layer slab = {1, 9, 0.2}; /* van de Hulst: albedo 0.9, depth 2, g 0.75, matched */
    smpi_angles_init(&a, 16, 1, 0.75);
    near(smpi_layers_reflect(&a, &slab, 1, &t), 0.09739, 1e-4);
    near(t, 0.66096, 1e-4);
    smpi_layer thin = {0.1, 0.9, 1}; /* ad: albedo 0.9, depth 1, g 0.8 */
    smpi_angles_init(&a, 16, 1, 0.8);
    near(smpi_layers_reflect(&a, &thin, 1, &t), 0.04242, 3e-4);
    near(t, 0.84561, 3e-4);
    smpi_layer giovanelli = {0.1, 0.9, ENDLESS};
    smpi_angles_init(&a, 16, 1.5, 0);
    near(smpi_layers_reflect(&a, &giovanelli, 1, NULL) + 0.04, 0.2600, 5e-4);
}
END_TEST

START_TEST(half_spaces_of_chandrasekhar)
{
    static const double want[6][2] = {{0.5, 0.11523},  {0.8, 0.28525},  {0.9, 0.41495},
                                      {0.95, 0.53554}, {0.99, 0.75272}, {0.999, 0.91285}};
    smpi_angles a;
    for (int n = 8; n <= 16; n += 8) {
        smpi_angles_init(&a, n, 1, 0);
        for (int i = 0; i < 6; i++) {
            smpi_layer half = {1 - want[i][0], want[i][0], ENDLESS};
            near(smpi_layers_reflect(&a, &half, 1, NULL), want[i][1], 1e-4);
        }
    }
}
END_TEST

START_TEST(skin_stacks)
{
    static const smpi_layer bare[2] = {{1, 20, 0.08}, {0.3, 20, ENDLESS}};
    static const smpi_layer shallow[4] = {
        {1, 20, 0.08}, {0.3, 20, 0.12}, {4.3, 20, 0.25}, {0.3, 20, ENDLESS}};
    static const smpi_layer deep[4] = {
        {1, 20, 0.08}, {0.3, 20, 0.52}, {4.3, 20, 0.25}, {0.3, 20, ENDLESS}};
    static const smpi_layer dark[2] = {{6, 20, 0.08}, {0.3, 20, ENDLESS}};
    smpi_angles a;
    for (int n = 8; n <= 16; n += 8) {
        double tolerance = n == 16 ? 5e-4 : 1.5e-3;
        smpi_angles_init(&a, n, 1.4, 0.8);
        near(smpi_layers_reflect(&a, bare, 2, NULL), 0.23351, tolerance);
        near(smpi_layers_reflect(&a, shallow, 4, NULL), 0.11925, tolerance);
        near(smpi_layers_reflect(&a, deep, 4, NULL), 0.20919, tolerance);
        near(smpi_layers_reflect(&a, dark, 2, NULL), 0.07225, tolerance);
    }
}
END_TEST

START_TEST(energy_is_kept)
{
    static const double index[3] = {1, 1.4, 1.5};
    smpi_angles a;
    for (int i = 0; i < 3; i++)
        for (int n = 8; n <= 16; n += 8) {
            double t, f = (index[i] - 1) / (index[i] + 1);
            smpi_layer slab = {0, 20, 3};
            smpi_angles_init(&a, n, index[i], 0.8);
            near(smpi_layers_reflect(&a, &slab, 1, &t) + t, 1 - f * f, 1e-6);
        }
}
END_TEST

START_TEST(sensitivity_is_the_derivative)
{
    static const smpi_layer two[2] = {{1, 20, 0.08}, {0.3, 20, ENDLESS}};
    double loss[12], sum = 0;
    smpi_depths depths = {12, 4, 0.02, loss};
    smpi_angles a;
    smpi_slab top, below;
    smpi_angles_init(&a, 8, 1.4, 0.8);
    double bare = smpi_two_layers_depths(&a, two, &depths);
    near(bare, smpi_layers_reflect(&a, two, 2, NULL), 1e-6);
    smpi_slab_make(&a, two, &top);
    smpi_slab_make(&a, two + 1, &below);
    near(bare, smpi_two_layers(&a, &top, &below), 1e-6);
    smpi_layer more[4] = {two[0], {0.3, 20, 0.02}, {0.3001, 20, 0.1}, two[1]};
    for (int i = 5; i < 10; i++) /* trapezoids from 0.10 to 0.20 mm */
        sum += 0.02 * (loss[i] + loss[i + 1]) / 2;
    near((1 - smpi_layers_reflect(&a, more, 4, NULL) / bare) / 1e-4, sum, 2e-3 * sum);
    smpi_layer skin[4] = {{1, 20, 0.04}, {1.0001, 20, 0.04}, two[1], {0, 0, 0}};
    sum = 0;
    for (int i = 2; i < 4; i++) /* and in the epidermis, 0.04 to 0.08 */
        sum += 0.02 * (loss[i] + loss[i + 1]) / 2;
    near((1 - smpi_layers_reflect(&a, skin, 3, NULL) / bare) / 1e-4, sum, 4e-3 * sum);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_layers");
    TCase *tc = tcase_create("layers");
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, published_slabs);
    tcase_add_test(tc, half_spaces_of_chandrasekhar);
    tcase_add_test(tc, skin_stacks);
    tcase_add_test(tc, energy_is_kept);
    tcase_add_test(tc, sensitivity_is_the_derivative);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
