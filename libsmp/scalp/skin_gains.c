/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The best linear estimate of melanin, blood, yellow and shading, for each amount of gloss: where
 * the surface mirrors much its texture mirrors unevenly, and colour says little about melanin.
 * docs/model/scalp.md, (S14). */
#include <math.h>

#include "scalp/skin_job.h"

#define UNKNOWNS 5 /* melanin, blood, yellow, log shade, gloss */

/* How far melanin, blood (as logarithms), yellow (micromol/l) and the logarithm of shading stray
 * from what is expected: the mean round a place, and the place from that mean; assumed. Gloss
 * strays by a share of what is over the matte places', and a little everywhere. */
static const double spreads[2][4] = {{0.06, 0.14, 0.10, 0.03}, {0.06, 0.10, 0.03, 0.02}};
static const double gloss_share[2] = {0.14, 0.12};
#define GLOSS_LEAST 0.0015
#define GLOSS_VARIANCE 1.6e-5 /* in matte places: that much is noise and fine relief */
#define PALE_SHOWS 0.05       /* gloss that a unit of ln melanin must pass for to show well */
#define NOISE 0.004           /* of ln R, G, B of a map's pixel */

/* Inverts a symmetric, positive definite 3 x 3 matrix. */
static void invert(double m[3][3], double out[3][3])
{
    const double det = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
                       m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
                       m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const int a = (j + 1) % 3, b = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            out[i][j] = (m[a][c] * m[b][d] - m[a][d] * m[b][c]) / det;
        }
}

/* x = A u + noise, u of spread P: u is best P A^T (A P A^T + noise^2)^-1 x. And x comes from blood,
 * log shade and gloss as they were solved for: x = A[blood, shade, gloss]. */
static void find_gain(double does[3][UNKNOWNS], const double spread[UNKNOWNS], float gain[4][3])
{
    static const int solved[3] = {1, 3, 4};
    double c[3][3], inverse[3][3];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            c[i][j] = i == j ? NOISE * NOISE : 0.0;
            for (int k = 0; k < UNKNOWNS; k++)
                c[i][j] += does[i][k] * spread[k] * spread[k] * does[j][k];
        }
    invert(c, inverse);
    for (int k = 0; k < 4; k++)
        for (int s = 0; s < 3; s++) {
            double sum = 0.0;
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++)
                    sum += does[i][k] * inverse[i][j] * does[j][solved[s]];
            gain[k][s] = (float)(spread[k] * spread[k] * sum);
        }
}

static double det3(const double *a, const double *b, const double *c, const int k[3])
{
    return a[k[0]] * (b[k[1]] * c[k[2]] - b[k[2]] * c[k[1]]) -
           a[k[1]] * (b[k[0]] * c[k[2]] - b[k[2]] * c[k[0]]) +
           a[k[2]] * (b[k[0]] * c[k[1]] - b[k[1]] * c[k[0]]);
}

/* What a unit of ln melanin does to log shade or gloss (unknown 3 or 4) when blood, shade and gloss
 * are solved for without it: Cramer's rule. */
static double melanin_as(double does[3][UNKNOWNS], int unknown)
{
    int from[3] = {1, 3, 4};
    const double det = det3(does[0], does[1], does[2], from);
    from[unknown - 2] = 0;
    const double top = det3(does[0], does[1], does[2], from);
    return fabs(det) > 1e-9 ? top / det : 0.0;
}

/* The spreads of a photo: blood as it is seen, shade as it is seen without melanin's share. What
 * gloss strays in matte places beyond melanin's share nothing decides: half of it is taken for
 * gloss, half for melanin, as far as that shows in such skin (assumed). */
static void find_spreads(const smpi_skin_job *job, int band, double does[3][UNKNOWNS],
                         double spread[UNKNOWNS])
{
    const double *stray = job->stray[band], *least = spreads[band];
    const double brown = melanin_as(does, 3) * least[0], pale = melanin_as(does, 4);
    const double shade = stray[1] - brown * brown;
    const double more = 0.5 * (stray[2] - pale * pale * least[0] * least[0] - GLOSS_VARIANCE);
    for (int k = 0; k < 4; k++)
        spread[k] = least[k];
    spread[4] = GLOSS_LEAST;
    if (stray[0] > least[1] * least[1])
        spread[1] = sqrt(stray[0]);
    if (shade > least[3] * least[3])
        spread[3] = sqrt(shade);
    if (more > 0.0) {
        const double shows = pale / (pale * pale + PALE_SHOWS * PALE_SHOWS);
        spread[0] = sqrt(least[0] * least[0] + more * shows * shows);
        spread[4] = sqrt(GLOSS_LEAST * GLOSS_LEAST + more);
    }
}

void smpi_skin_find_gains(smpi_skin_job *job)
{
    for (int bin = 0; bin < SMPI_SKIN_GAINS; bin++) {
        const double at = ((double)bin + 0.5) / (double)SMPI_SKIN_GAINS, over = 0.6 * at * at;
        double does[3][UNKNOWNS];
        for (int c = 0; c < 3; c++) {
            const double all = job->albedo[c] + job->even + over;
            for (int k = 0; k < 3; k++)
                does[c][k] = job->slope[c][k] * job->albedo[c] / all;
            does[c][3] = 1.0;
            does[c][4] = 1.0 / all;
        }
        for (int band = 0; band < 2; band++) {
            double spread[UNKNOWNS];
            find_spreads(job, band, does, spread);
            spread[4] += gloss_share[band] * over;
            find_gain(does, spread, job->gains[band][bin]);
        }
    }
}
