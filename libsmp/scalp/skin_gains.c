/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The best linear estimate of melanin, blood, yellow and shading, for each amount of gloss: where
 * the surface mirrors much its texture mirrors unevenly, and colour says little about melanin.
 * docs/model/scalp.md, (S14). */
#include <math.h>

#include "base/math.h"
#include "color/transfer.h"
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
/* What is far from usual, ln melanin, ln blood, log shade: how far, and ln of how much rarer it is
 * than the usual; assumed (sun spots have 2.2 times the melanin, docs). */
static const double rare_spread[SMPI_SKIN_RARE] = {0.7, 0.5, 0.2};
static const double rare_odds[SMPI_SKIN_RARE] = {3.0, 4.0, 6.0};
#define RARE_GLOSS 0.03 /* gloss over the matte places' that makes it rarer by e */
#define NOISE 0.004     /* of ln R, G, B of a map's pixel */

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

/* What is rare: a freckle, a red spot, a shadow or a wrinkle. Of x's two Gaussians, C and
 * C + more a a^T, the second's estimates and likelihood follow from the first's by one number,
 * z = a^T C^-1 x. */
static void find_rare(double does[3][UNKNOWNS], const double spread[UNKNOWNS], double inverse[3][3],
                      smpi_skin_gain *gain)
{
    static const int what[SMPI_SKIN_RARE] = {0, 1, 3};
    for (int r = 0; r < SMPI_SKIN_RARE; r++) {
        const double variance = spread[what[r]] * spread[what[r]];
        const double more = rare_spread[r] * rare_spread[r] - variance;
        double to[3] = {0}, sure = 0.0; /* C^-1 a, a^T C^-1 a */
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++)
                to[i] += inverse[i][j] * does[j][what[r]];
            sure += to[i] * does[i][what[r]];
        }
        const double share = more > 0.0 ? more / (1.0 + more * sure) : 0.0;
        gain->rare[r].z = (float)(1.0 / variance);
        gain->rare[r].half = (float)(0.5 * share);
        gain->rare[r].odds =
            (float)(0.5 * smpi_log(1.0 + share * sure / (1.0 - share * sure)) + rare_odds[r]);
        for (int k = 0; k < 4; k++) {
            double other = 0.0; /* a_k^T C^-1 a */
            for (int i = 0; i < 3; i++)
                other += does[i][k] * to[i];
            gain->rare[r].pull[k] = (float)(-spread[k] * spread[k] * other * share);
        }
        /* Its own: rare variance z / (1 + more sure), less what the usual estimate had. */
        gain->rare[r].pull[what[r]] += (float)(more * (1.0 - share * sure));
    }
}

/* x = A u + noise, u of spread P: u is best P A^T (A P A^T + noise^2)^-1 x. And x comes from blood,
 * log shade and gloss as they were solved for: x = A[blood, shade, gloss]. */
static void find_gain(double does[3][UNKNOWNS], const double spread[UNKNOWNS], double noise[3][3],
                      smpi_skin_gain *gain)
{
    static const int solved[3] = {1, 3, 4};
    double c[3][3], inverse[3][3];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            c[i][j] = noise[i][j];
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
            gain->by[k][s] = (float)(spread[k] * spread[k] * sum);
        }
    find_rare(does, spread, inverse, gain);
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

/* What noise of ln R, G, B beyond NOISE does to blood, log shade or gloss (0, 1, 2) as they are
 * solved for: a variance. */
static double noise_as(double does[3][UNKNOWNS], double noise[3][3], int k)
{
    static const int solved[3] = {1, 3, 4};
    double row[3], det = 0.0, sum = 0.0;
    for (int i = 0; i < 3; i++) { /* the row of the inverse, by cofactors */
        const int a = (i + 1) % 3, b = (i + 2) % 3;
        const int u = solved[(k + 1) % 3], v = solved[(k + 2) % 3];
        row[i] = does[a][u] * does[b][v] - does[b][u] * does[a][v];
        det += row[i] * does[i][solved[k]];
    }
    if (!(fabs(det) > 1e-9))
        return 0.0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            sum += row[i] * row[j] * (noise[i][j] - (i == j ? NOISE * NOISE : 0.0));
    return sum / (det * det);
}

/* Noise of ln R, G, B: a little of each, and what JPEG does to Cr and Cb (ITU-R BT.601), of which
 * the wide mean sees less. */
static void find_noise(const smpi_skin_job *job, int band, double noise[3][3])
{
    static const double does[2][3] = {{1.402, -0.7141, 0.0}, {0.0, -0.3441, 1.772}};
    const double size = (double)(job->block_mm / job->around);
    const double wide = 1.0 / (1.0 + 4.0 * SMPI_PI / (size * size));
    const double share = band == 0 ? wide : 1.0 - wide;
    double steep[3]; /* of ln light, by code */
    for (int c = 0; c < 3; c++) {
        const float code = smp_space_encode(SMP_SPACE_SRGB, smpi_expf(job->mean_log[c]));
        steep[c] = 2.4 / (255.0 * ((double)code + 0.055));
    }
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            noise[i][j] = i == j ? NOISE * NOISE : 0.0;
            for (int c = 0; c < 2; c++)
                noise[i][j] +=
                    share * (double)job->blocks[c] * steep[i] * does[c][i] * steep[j] * does[c][j];
        }
}

/* The spreads of a photo: blood as it is seen, shade as it is seen without melanin's share. What
 * gloss strays in matte places beyond melanin's share nothing decides: half of it is taken for
 * gloss, half for melanin, as far as that shows in such skin (assumed). */
static void find_spreads(const smpi_skin_job *job, int band, double does[3][UNKNOWNS],
                         double noise[3][3], double spread[UNKNOWNS])
{
    const double *least = spreads[band];
    double stray[3];
    for (int k = 0; k < 3; k++)
        stray[k] = job->stray[band][k] - noise_as(does, noise, k);
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
    double noise[2][3][3];
    for (int band = 0; band < 2; band++)
        find_noise(job, band, noise[band]);
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
            find_spreads(job, band, does, noise[band], spread);
            spread[4] += gloss_share[band] * over;
            find_gain(does, spread, noise[band], &job->gains[band][bin]);
            for (int r = 0; r < SMPI_SKIN_RARE; r++) /* rarer than uneven gloss */
                job->gains[band][bin].rare[r].odds += (float)(over / RARE_GLOSS);
        }
    }
}
