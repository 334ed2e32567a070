/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Skin to colour and back through the table: microseconds instead of milliseconds.
 * docs/model/scalp.md, (S12). */
#include <math.h>

#include "base/math.h"
#include "color/transfer.h"
#include "scalp/skin_table.h"

#define NOISE 0.004 /* of ln RGB: what the table and a photo leave undecided */
#define TURNS 16

/* Four cubic weights (Catmull and Rom 1974) and their derivatives, and the first node. */
typedef struct between {
    int first;
    double weight[4], slope[4];
} between;

static between place(double x, double from, double step, int count)
{
    between b;
    double at = (x - from) / step;
    at = at > 0.0 ? (at < (double)(count - 1) ? at : (double)(count - 1)) : 0.0;
    int i = (int)at;
    i = i > 1 ? (i < count - 3 ? i : count - 3) : 1; /* beside an end the last cubic goes on */
    const double t = at - i;
    b.first = i - 1;
    b.weight[0] = 0.5 * t * (-1.0 + t * (2.0 - t));
    b.weight[1] = 1.0 + 0.5 * t * t * (-5.0 + 3.0 * t);
    b.weight[2] = 0.5 * t * (1.0 + t * (4.0 - 3.0 * t));
    b.weight[3] = 0.5 * t * t * (t - 1.0);
    b.slope[0] = (-0.5 + t * (2.0 - 1.5 * t)) / step;
    b.slope[1] = t * (-5.0 + 4.5 * t) / step;
    b.slope[2] = (0.5 + t * (4.0 - 4.5 * t)) / step;
    b.slope[3] = t * (1.5 * t - 1.0) / step;
    return b;
}

void smpi_skin_log_rgb(const double p[3], double log_rgb[3], double slope[3][3])
{
    const between m =
        place(p[0], SMPI_SKIN_MELANIN_FIRST, SMPI_SKIN_MELANIN_STEP, SMPI_SKIN_MELANINS);
    const between b = place(p[1], SMPI_SKIN_BLOOD_FIRST, SMPI_SKIN_BLOOD_STEP, SMPI_SKIN_BLOODS);
    const between y = place(p[2], SMPI_SKIN_YELLOW_FIRST, SMPI_SKIN_YELLOW_STEP, SMPI_SKIN_YELLOWS);
    double sum[3][4] = {{0}}; /* value, and by melanin, blood, yellow */
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) {
                const int at =
                    ((y.first + k) * SMPI_SKIN_MELANINS + m.first + i) * SMPI_SKIN_BLOODS +
                    b.first + j;
                const int16_t *node = smpi_skin_table + 3 * at;
                const double wy = y.weight[k], wm = m.weight[i], wb = b.weight[j];
                for (int c = 0; c < 3; c++) {
                    const double v = 1e-3 * node[c];
                    sum[c][0] += v * wy * wm * wb;
                    sum[c][1] += v * wy * m.slope[i] * wb;
                    sum[c][2] += v * wy * wm * b.slope[j];
                    sum[c][3] += v * y.slope[k] * wm * wb;
                }
            }
    for (int c = 0; c < 3; c++) {
        log_rgb[c] = sum[c][0];
        for (int k = 0; k < 3 && slope; k++)
            slope[c][k] = sum[c][1 + k];
    }
}

/* The usual skin of a tone, as in smp_skin_from_rgb(): melanin by ITA, blood and yellow of the
 * median NIST subject. */
static void usual_skin(const double log_rgb[3], double p[3])
{
    double rgb[3], xyz[3], lab[3];
    for (int c = 0; c < 3; c++)
        rgb[c] = smpi_exp(log_rgb[c]);
    smpi_mat3_apply(smpi_space_to_xyz(SMP_SPACE_LINEAR_SRGB), rgb, xyz);
    smpi_xyz_to_lab(xyz, lab);
    double ita = smp_ita_deg(lab);
    ita = ita > -50.0 ? (ita < 62.0 ? ita : 62.0) : -50.0;
    const double melanin = 0.0497 - 1.135e-3 * ita + 5.66e-6 * ita * ita;
    p[0] = smpi_log(melanin > 0.001 ? melanin : 0.001);
    p[1] = smpi_log(0.013);
    p[2] = 3.0;
}

/* Solves m x = v, m symmetric and positive definite, by elimination. */
static void solve(double m[3][3], double v[3], double x[3])
{
    for (int i = 0; i < 3; i++)
        for (int j = i + 1; j < 3; j++) {
            const double f = m[j][i] / m[i][i];
            for (int k = i; k < 3; k++)
                m[j][k] -= f * m[i][k];
            v[j] -= f * v[i];
        }
    for (int i = 2; i >= 0; i--) {
        double sum = v[i];
        for (int k = i + 1; k < 3; k++)
            sum -= m[i][k] * x[k];
        x[i] = sum / m[i][i];
    }
}

static const double lowest[3] = {-6.9, -6.2, 0.0}, highest[3] = {-0.9, -1.64, 44.0};

/* Gauss-Newton with a prior; what would leave the table is held at its edge. */
void smpi_skin_from_log_rgb(const double log_rgb[3], smp_skin *skin)
{
    static const double spread[3] = {0.7, 0.7, 6.0}, stride[3] = {0.8, 0.6, 6.0};
    double p[3], usual[3];
    usual_skin(log_rgb, usual);
    for (int k = 0; k < 3; k++)
        p[k] = usual[k];
    for (int turn = 0; turn < TURNS; turn++) {
        double is[3], slope[3][3], m[3][3] = {{0}}, v[3] = {0}, x[3];
        smpi_skin_log_rgb(p, is, slope);
        for (int i = 0; i < 3; i++) {
            const double weight = NOISE * NOISE / (spread[i] * spread[i]);
            for (int c = 0; c < 3; c++) {
                v[i] += slope[c][i] * (log_rgb[c] - is[c]);
                for (int k = 0; k < 3; k++)
                    m[i][k] += slope[c][i] * slope[c][k];
            }
            m[i][i] += weight + 1e-12;
            v[i] -= weight * (p[i] - usual[i]);
            if ((p[i] <= lowest[i] && v[i] < 0.0) || (p[i] >= highest[i] && v[i] > 0.0))
                m[i][i] += 1e9;
        }
        solve(m, v, x);
        for (int i = 0; i < 3; i++) {
            const double step =
                x[i] < stride[i] ? (x[i] > -stride[i] ? x[i] : -stride[i]) : stride[i];
            p[i] += step;
            p[i] = p[i] > lowest[i] ? (p[i] < highest[i] ? p[i] : highest[i]) : lowest[i];
        }
    }
    smp_skin_init(skin);
    skin->melanin = (float)smpi_exp(p[0]);
    skin->blood = (float)smpi_exp(p[1]);
    skin->yellow_um = (float)p[2];
}

/* Newton on the squares of what colour, brightness and the usual leave unexplained. A photo's
 * white balance is trusted to 8 %, its exposure to a factor of 1.8, since cameras open up for dark
 * skin; skins are as usual_skin() has them in blood and yellow, and as wide apart in melanin as
 * they come (all assumed). */
void smpi_skin_behind(const double log_rgb[3], double sheen, double p[3])
{
    static const double usual[3] = {-3.9, -3.9, 3.0}, spread[3] = {1.0, 0.5, 2.0};
    static const double stray[3] = {0.08, 0.08, 0.6}, most[3] = {0.8, 0.6, 4.0};
    static const double row[3][3] = {{1.0, -1.0, 0.0}, {0.0, 1.0, -1.0}, {0.5, 0.4, 0.1}};
    for (int k = 0; k < 3; k++)
        p[k] = usual[k];
    for (int turn = 0; turn < TURNS; turn++) {
        double is[3], slope[3][3], m[3][3] = {{0}}, v[3] = {0}, x[3];
        smpi_skin_log_rgb(p, is, slope);
        for (int c = 0; c < 3; c++) {
            const double bare = smpi_exp(is[c]);
            is[c] = log_rgb[c] - smpi_log(bare + sheen);
            for (int k = 0; k < 3; k++)
                slope[c][k] *= bare / (bare + sheen);
        }
        for (int r = 0; r < 3; r++) {
            double off = 0.0, does[3] = {0};
            for (int c = 0; c < 3; c++) {
                off += row[r][c] * is[c] / stray[r];
                for (int k = 0; k < 3; k++)
                    does[k] += row[r][c] * slope[c][k] / stray[r];
            }
            for (int i = 0; i < 3; i++) {
                v[i] += does[i] * off;
                for (int k = 0; k < 3; k++)
                    m[i][k] += does[i] * does[k];
            }
        }
        for (int i = 0; i < 3; i++) {
            m[i][i] += 1.0 / (spread[i] * spread[i]);
            v[i] -= (p[i] - usual[i]) / (spread[i] * spread[i]);
        }
        solve(m, v, x);
        for (int i = 0; i < 3; i++) {
            const double step = most[i] * (1.0 - (double)turn / TURNS); /* comes to rest */
            p[i] += x[i] < step ? (x[i] > -step ? x[i] : -step) : step;
            p[i] = p[i] > lowest[i] ? (p[i] < highest[i] ? p[i] : highest[i]) : lowest[i];
        }
    }
}
