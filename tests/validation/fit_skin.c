/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Writes libsmp/optics/bare_tables.c: Chebyshev polynomials through the exact solver's reflectance
 * of two-layer skin. Not part of the library. From the top of the repository:
 *
 * cc -std=c11 -O2 -ffp-contract=off -Iinclude -Ilibsmp tests/validation/fit_skin.c \
 *    libsmp/optics/stack.c libsmp/base/math.c -lm -o fit_skin
 * ./fit_skin > libsmp/optics/bare_tables.c && clang-format -i libsmp/optics/bare_tables.c
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "optics/bare.h"
#include "optics/stack.h"

#define EPIDERMIS_MM 0.08
#define COSINE 0.8
#define INDEX 1.4
#define ANGLES 32
#define PI 3.14159265358979323846

static double *scratch;

/* The epidermis over a dermis of mua = q mus', or over black when q is negative. */
static double solve(double t, double q, double s)
{
    double reduced = s / EPIDERMIS_MM, scatter = reduced / (1 - COSINE), result[2];
    smp_layer l[2] = {{t / EPIDERMIS_MM, scatter, COSINE, INDEX, EPIDERMIS_MM},
                      {q * reduced, scatter, COSINE, INDEX, INFINITY}};
    smpi_stack_light light = {1, q < 0 ? INDEX : 1, 0, ANGLES, 0, 0};
    if (smpi_stack_solve(&light, l, q < 0 ? 1 : 2, scratch, result) != SMP_OK)
        exit(1);
    return result[0];
}

static double node(int i, int n)
{
    return cos(PI * (i + 0.5) / n);
}

static double weight(int i, int k, int n)
{
    return (k ? 2.0 : 1.0) / n * cos(PI * k * (i + 0.5) / n);
}

static double s_at(int i)
{
    double x = (node(i, SMPI_BARE_THICK) + 1) / 2;
    return SMPI_BARE_S_LOW * pow(SMPI_BARE_S_HIGH / SMPI_BARE_S_LOW, x);
}

static double bent(double x, double high, double bend)
{
    return bend * expm1((x + 1) / 2 * log1p(high / bend));
}

static double q_at(int i)
{
    double root = sqrt(SMPI_BARE_Q_HIGH), most = root / (SMPI_BARE_Q_BEND + root);
    double v = (node(i, SMPI_BARE_DEEP) + 1) / 2 * most, w = SMPI_BARE_Q_BEND * v / (1 - v);
    return w * w;
}

static double deep[SMPI_BARE_THICK][SMPI_BARE_TOP][SMPI_BARE_DEEP];
static double black[SMPI_BARE_THICK][SMPI_BARE_BLACK];

static void add_deep(int i, int j, int k, double value)
{
    for (int a = 0; a < SMPI_BARE_THICK; a++)
        for (int b = 0; b < SMPI_BARE_TOP; b++)
            for (int c = 0; c < SMPI_BARE_DEEP; c++)
                deep[a][b][c] += value * weight(i, a, SMPI_BARE_THICK) *
                                 weight(j, b, SMPI_BARE_TOP) * weight(k, c, SMPI_BARE_DEEP);
}

int main(void)
{
    scratch = malloc(smpi_stack_scratch(ANGLES) * sizeof *scratch);
    for (int i = 0; i < SMPI_BARE_THICK; i++) {
        double s = s_at(i);
        for (int j = 0; j < SMPI_BARE_TOP; j++) {
            double t = bent(node(j, SMPI_BARE_TOP), SMPI_BARE_T_HIGH, SMPI_BARE_T_BEND);
            double own = solve(t, -1, s);
            for (int k = 0; k < SMPI_BARE_DEEP; k++)
                add_deep(i, j, k, log(solve(t, q_at(k), s) - own));
        }
        for (int j = 0; j < SMPI_BARE_BLACK; j++) {
            double a = bent(node(j, SMPI_BARE_BLACK), SMPI_BARE_A_HIGH, SMPI_BARE_A_BEND);
            double value = log(solve(a * s, -1, s));
            for (int b = 0; b < SMPI_BARE_THICK; b++)
                for (int c = 0; c < SMPI_BARE_BLACK; c++)
                    black[b][c] +=
                        value * weight(i, b, SMPI_BARE_THICK) * weight(j, c, SMPI_BARE_BLACK);
        }
    }
    printf(
        "/* SPDX-FileCopyrightText: 2026 libsmp developers\n"
        " * SPDX-License-Identifier: MIT\n *\n"
        " * Reflectance of two-layer skin as polynomials.\n"
        " * Written by tests/validation/fit_skin.c; do not edit. */\n#include \"optics/bare.h\"\n\n"
        "const double smpi_bare_deep[SMPI_BARE_THICK][SMPI_BARE_TOP][SMPI_BARE_DEEP] = {\n");
    for (int a = 0; a < SMPI_BARE_THICK; a++) {
        printf("{");
        for (int b = 0; b < SMPI_BARE_TOP; b++) {
            printf("{");
            for (int c = 0; c < SMPI_BARE_DEEP; c++)
                printf("%s%.9g", c ? "," : "", deep[a][b][c]);
            printf("},\n");
        }
        printf("},\n");
    }
    printf("};\n\nconst double smpi_bare_black[SMPI_BARE_THICK][SMPI_BARE_BLACK] = {\n");
    for (int b = 0; b < SMPI_BARE_THICK; b++) {
        printf("{");
        for (int c = 0; c < SMPI_BARE_BLACK; c++)
            printf("%s%.9g", c ? "," : "", black[b][c]);
        printf("},\n");
    }
    printf("};\n");
    free(scratch);
    return 0;
}
