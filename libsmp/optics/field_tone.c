/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Mean tone of fields of columns (docs/model/shades.md, 1). */
#include "optics/field_tone.h"

#include <math.h>

#include "base/math.h"

#define STEP_MM 0.04
#define IN_TOP 2 /* steps that the epidermis is thick */

void smpi_field_base_init(smpi_field_base *base, const smp_skin *skin)
{
    smpi_angles angles;
    double loss[SMPI_TONE_DEPTHS], gain[SMPI_TONE_DEPTHS];
    smpi_depths depths = {SMPI_TONE_DEPTHS, IN_TOP, STEP_MM, loss};
    smpi_layer layers[2];
    smpi_skin_spectrum(skin, base->bare);
    smpi_angles_init(&angles, SMPI_SKIN_ANGLES, SMPI_SKIN_INDEX, SMPI_SKIN_COSINE);
    for (int i = 0; i < SMPI_TONE_COUNT; i++) {
        double *lost = base->loss_sum[i], *gained = base->gain_sum[i];
        smpi_skin_layers(skin, SMPI_TONE_FIRST + i, layers);
        smpi_two_layers_gains(&angles, layers, &depths, gain);
        double absorb = layers[1].absorb, reduced = layers[1].scatter * (1 - SMPI_SKIN_COSINE);
        base->diffusion[i] = 1 / (3 * (absorb + reduced));
        base->attenuation[i] = sqrt(3 * absorb * (absorb + reduced));
        lost[0] = gained[0] = 0;
        for (int k = 1; k < SMPI_TONE_DEPTHS; k++) {
            double q = smpi_log(loss[k - 1] / loss[k]); /* falls exponentially in between */
            double middle =
                fabs(q) > 1e-3 ? (loss[k - 1] - loss[k]) / q : (loss[k - 1] + loss[k]) / 2;
            lost[k] = lost[k - 1] + STEP_MM * middle;
            gained[k] = gained[k - 1] + STEP_MM * (gain[k - 1] + gain[k]) / 2;
        }
    }
}

static double summed(const double *sum, double depth)
{
    double x = depth / STEP_MM;
    if (x >= SMPI_TONE_DEPTHS - 1)
        return sum[SMPI_TONE_DEPTHS - 1];
    int i = (int)x;
    return sum[i] + (x - i) * (sum[i + 1] - sum[i]);
}

/* What a thick body that absorbs and scatters (reduced) sends back (Kubelka and Munk, K = 2 mua, S
 * = 3/4 mus'). */
static double sent_back(double absorb, double scatter)
{
    if (!(absorb > 0 && scatter > 0))
        return 0;
    double ks = absorb / (0.375 * scatter);
    return 1 + ks - sqrt(ks * ks + 2 * ks);
}

/* How much of a column's absorption counts, since it shades itself: shades.md, T2. A column that
 * scatters, too, sends light back before it is absorbed (assumed: the thick body's share). */
static double shielded(const smpi_field_base *base, const smpi_field_columns *c, int i)
{
    double depth = c->absorb[SMPI_TONE_FIRST + i], a = c->diameter_mm / 2;
    double dulled = 1 / (1 - sent_back(depth, c->scatter[SMPI_TONE_FIRST + i]));
    double re = smpi_exp(0.642 * smpi_log(a) + 0.358 * smpi_log(c->height_mm));
    double x = 1.033 * depth * c->diameter_mm / (c->height_mm + a) * dulled;
    double own = x > 1e-3 ? (1 - smpi_exp(-x)) / x : 1 - x / 2;
    double around = 0.834 * depth * a * a * own / (4 * base->diffusion[i] * re);
    return own / (1 + around * smpi_exp(-1.231 * base->attenuation[i] * re));
}

void smpi_field_reflect(const smpi_field_base *base, const smpi_field_columns *c,
                        double reflectance[SMPI_SPECTRUM])
{
    double ratio[SMPI_TONE_COUNT], area = SMPI_PI * c->diameter_mm * c->diameter_mm / 4;
    for (int i = 0; i < SMPI_TONE_COUNT; i++) {
        double low = c->top_mm, high = c->top_mm + c->height_mm;
        double lost = summed(base->loss_sum[i], high) - summed(base->loss_sum[i], low);
        double gained = summed(base->gain_sum[i], high) - summed(base->gain_sum[i], low);
        double absorb = c->absorb[SMPI_TONE_FIRST + i], scatter = c->scatter[SMPI_TONE_FIRST + i];
        double each = absorb * lost * shielded(base, c, i);
        /* Scattering acts as 1 - e^-s at most, however much there is (assumed). */
        double more = (1 - smpi_exp(-scatter)) * gained;
        ratio[i] = smpi_exp(-c->per_mm2 * area * (each - more) / c->height_mm);
    }
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        int k = i - SMPI_TONE_FIRST;
        k = k < 0 ? 0 : k >= SMPI_TONE_COUNT ? SMPI_TONE_COUNT - 1 : k;
        reflectance[i] = base->bare[i] * ratio[k];
    }
}
