/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The fast dot model: what a skin and a pigment make of the fitted law, and a column under it.
 * Errors against Monte Carlo: docs/model/optics.md, 6. */
#include "optics/dot.h"

#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/math.h"
#include "color/tables.h"
#include "color/transfer.h"
#include "optics/dot_law.h"
#include "optics/pigment.h"
#include "optics/skin.h"

#define FIRST 2 /* the sample of 400 nm */
#define WAVES SMPI_DOT_WAVES

/* Columns on which a channel is fitted to its wavelengths, spread evenly over a law's box. */
#define SAMPLES 72

/* What a law is fitted to: the skin at each wavelength, and optical depth over that at 550 nm. */
typedef struct spectrum {
    const smpi_dot_wave *wave;
    const double (*weight)[3];
    double tint[WAVES];
} spectrum;

/* Contrast at the middle and integral of a column at one wavelength. */
static void look_at(const smpi_dot_wave *w, const smpi_dot_body *body, double out[2])
{
    float term[SMPI_DOT_CUBIC], two[SMPI_DOT_QUADRATIC], middle = 0, integral = 0;
    smpi_dot_terms(body->feature, two, term);
    for (int i = 0; i < SMPI_DOT_CUBIC; i++) {
        middle += term[i] * w->middle[i];
        integral += term[i] * w->integral[i];
    }
    float x = body->dose * smpi_expf(middle);
    out[0] = (double)(x / (1 + x));
    out[1] = (double)(body->dose * body->area * smpi_expf(integral));
}

/* Solves a positive definite system by Cholesky; a and the columns of b are overwritten. */
static void solve(double a[SMPI_DOT_CUBIC][SMPI_DOT_CUBIC], double b[SMPI_DOT_CUBIC][6])
{
    const int n = SMPI_DOT_CUBIC;
    for (int j = 0; j < n; j++) {
        for (int k = 0; k < j; k++)
            for (int i = j; i < n; i++)
                a[i][j] -= a[i][k] * a[j][k];
        double root = sqrt(a[j][j]);
        for (int i = j; i < n; i++)
            a[i][j] /= root;
    }
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++)
            for (int c = 0; c < 6; c++)
                b[i][c] -= a[i][k] * b[k][c];
        for (int c = 0; c < 6; c++)
            b[i][c] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            for (int c = 0; c < 6; c++)
                b[i][c] -= a[k][i] * b[k][c];
        for (int c = 0; c < 6; c++)
            b[i][c] /= a[i][i];
    }
}

/* Sample i of the columns: powers of the generalised golden ratio of four dimensions (Roberts
 * 2018) fill a box evenly. */
static void sample_column(int law, int i, smp_column *column)
{
    static const double step[4] = {0.8566748838545029, 0.7338918566271260, 0.6287067210378087,
                                   0.5385972572236101};
    static const float box[SMPI_DOT_LAWS][4][2] = {
        {{0.10f, 5}, {0.07f, 6}, {0.14f, 3.2f}, {0.1f, 60}},
        {{0.14f, 4}, {0.08f, 5}, {0.42f, 4.5f}, {0.3f, 250}}};
    float at[4];
    for (int k = 0; k < 4; k++) {
        double u = 0.5 + (i + 1) * step[k];
        at[k] = box[law][k][0] * smpi_powf(box[law][k][1], (float)(u - floor(u)));
    }
    column->diameter_mm = at[0];
    column->top_mm = at[1];
    column->height_mm = at[2];
    column->dose = at[3];
    column->spread_mm = 0;
}

/* x where it is well above 0; else something small: a channel that sees next to nothing, or in
 * whose light other wavelengths count negative, must not lose its logarithm. */
static double above(double x, double small)
{
    return (x + sqrt(x * x + 4 * small * small)) / 2;
}

#define SMALL 0.04 /* of what the channel would see if no wavelength counted negative */

/* What the channels see of a column: logarithms as the law has them. */
static void channels_see(const spectrum *s, int law, const smp_column *column, double *out)
{
    smpi_dot_body body, plain;
    double sum[6] = {0}, size[6] = {0}, seen[2];
    smpi_dot_body_init(&plain, law, column);
    for (int i = 0; i < WAVES; i++) {
        smp_column tinted = *column;
        tinted.dose *= (float)s->tint[i];
        smpi_dot_body_init(&body, law, &tinted);
        look_at(s->wave + i, &body, seen);
        for (int c = 0; c < 6; c++) {
            sum[c] += s->weight[i][c % 3] * seen[c / 3];
            size[c] += fabs(s->weight[i][c % 3]) * seen[c / 3];
        }
    }
    for (int c = 0; c < 6; c++) {
        double x = above(sum[c], SMALL * size[c]);
        x = c < 3 ? fmin(x, 0.999) / (1 - fmin(x, 0.999)) : x / (double)plain.area;
        out[c] = smpi_log(x / (double)plain.dose);
    }
}

/* The law of R, G, B: fitted to sums over wavelengths. */
static void fit_channels(const spectrum *s, int law, smpi_dot_law *out)
{
    double a[SMPI_DOT_CUBIC][SMPI_DOT_CUBIC] = {{0}}, b[SMPI_DOT_CUBIC][6] = {{0}};
    for (int i = 0; i < SAMPLES; i++) {
        smp_column column;
        smpi_dot_body body;
        float term[SMPI_DOT_CUBIC], two[SMPI_DOT_QUADRATIC];
        double want[6];
        smp_column_init(&column);
        sample_column(law, i, &column);
        smpi_dot_body_init(&body, law, &column);
        smpi_dot_terms(body.feature, two, term);
        channels_see(s, law, &column, want);
        for (int j = 0; j < SMPI_DOT_CUBIC; j++) {
            for (int k = 0; k <= j; k++)
                a[j][k] += (double)term[j] * (double)term[k];
            for (int c = 0; c < 6; c++)
                b[j][c] += (double)term[j] * want[c];
        }
    }
    for (int j = 0; j < SMPI_DOT_CUBIC; j++)
        a[j][j] += 1e-6 * SAMPLES;
    solve(a, b);
    for (int j = 0; j < SMPI_DOT_CUBIC; j++)
        for (int c = 0; c < 6; c++)
            out->cubic[j][c] = (float)b[j][c];
}

/* What is linear enough to be averaged: shares, tails. Weights count as amounts, since those of the
 * other channels' light are negative. */
static void average_channels(const smpi_dot_skin *s, smpi_dot_model *m, int law)
{
    float(*q)[8] = m->law[law].quadratic;
    for (int c = 0; c < 3; c++) {
        double total = 0;
        for (int i = 0; i < WAVES; i++)
            total += fabs(s->weight[i][c]);
        for (int i = 0; i < WAVES; i++) {
            const smpi_dot_wave *w = s->wave[law] + i;
            float part = (float)(fabs(s->weight[i][c]) / total);
            for (int j = 0; j < SMPI_DOT_QUADRATIC; j++) {
                q[j][c] += part * w->share[j];
                q[j][3 + c] += part * w->mix[j];
            }
            m->near_r2_mm2[c] += law ? 0 : part * w->near_r2;
            m->far_r2_mm2[c] += law ? 0 : part * w->far_r2;
            m->decay[c] += law ? 0 : part * w->decay;
        }
    }
    for (int j = 0; j < SMPI_DOT_QUADRATIC; j++)
        q[j][6] = s->wave[law][0].exponent[j];
}

/* Bare reflectance at the wavelengths, weights from it. */
static void weigh(smpi_dot_model *m, smpi_dot_skin *s, const double *from_xyz)
{
    smpi_angles angles;
    smpi_slab top, below;
    smpi_layer layers[2];
    smpi_angles_init(&angles, SMPI_SKIN_ANGLES, SMPI_SKIN_INDEX, SMPI_SKIN_COSINE);
    for (int i = 0; i < WAVES; i++) {
        int at = FIRST + i;
        double rgb[3];
        smpi_skin_layers(&s->skin, at, layers);
        smpi_slab_make(&angles, layers, &top);
        smpi_slab_make(&angles, layers + 1, &below);
        double r = smpi_two_layers(&angles, &top, &below);
        smpi_mat3_apply(from_xyz, smpi_spectrum_xyz[at], rgb);
        for (int c = 0; c < 3; c++) {
            s->weight[i][c] = rgb[c] * r;
            m->bare[c] += (float)(rgb[c] * r);
        }
    }
    for (int i = 0; i < WAVES; i++)
        for (int c = 0; c < 3; c++)
            s->weight[i][c] /= fmax((double)m->bare[c], 1e-6);
}

/* White in a pigment (titania) sends light back that black would have kept. Contrast falls as it
 * does for a thin layer of that pigment where dots lie, found with the layered solver at a
 * wavelength for each channel, to the power WHITE_PART: what makes fields of dots agree with the
 * tones of the catalogue of shades (docs/model/shades.md). Assumed: neither was held to Monte
 * Carlo, and core and tails fall alike. */
#define WHITE_TOP_MM 0.10
#define WHITE_HEIGHT_MM 0.25
#define WHITE_DOSE 0.5
#define WHITE_LEAST 0.02
#define WHITE_PART 0.4

static double layer_drop(const smp_skin *skin, int sample, const smpi_pigment_spectra *ink)
{
    smpi_layer two[2], four[4];
    smpi_angles angles;
    smpi_angles_init(&angles, SMPI_SKIN_ANGLES, SMPI_SKIN_INDEX, SMPI_SKIN_COSINE);
    smpi_skin_layers(skin, sample, two);
    four[0] = two[0];
    four[1] = four[2] = four[3] = two[1];
    four[1].thickness = WHITE_TOP_MM - SMPI_EPIDERMIS_MM;
    four[2].thickness = WHITE_HEIGHT_MM;
    four[2].absorb += WHITE_DOSE * ink->absorb[sample] / WHITE_HEIGHT_MM;
    four[2].scatter +=
        WHITE_DOSE * ink->scatter[sample] / (WHITE_HEIGHT_MM * (1 - SMPI_SKIN_COSINE));
    return 1 -
           smpi_layers_reflect(&angles, four, 4, NULL) / smpi_layers_reflect(&angles, two, 2, NULL);
}

smp_status smpi_dot_white(const smp_skin *skin, const smp_pigment *pigment, int count,
                          const int *samples, double *left, smp_diag *diag)
{
    smp_pigment plain;
    smpi_pigment_spectra ink, black;
    SMPI_TRY(smpi_pigment_read(pigment, &plain, diag));
    SMPI_TRY(smpi_pigment_make(&plain, &ink, diag));
    const int white = plain.titania > 0;
    plain.titania = 0;
    SMPI_TRY(smpi_pigment_make(&plain, &black, diag));
    for (int i = 0; i < count; i++) {
        left[i] = 1;
        if (!white)
            continue;
        const double kept =
            layer_drop(skin, samples[i], &ink) / layer_drop(skin, samples[i], &black);
        left[i] = smpi_pow(kept > WHITE_LEAST ? fmin(kept, 1) : WHITE_LEAST, WHITE_PART);
    }
    return SMP_OK;
}

static smp_status whiten(smpi_dot_model *model, const smp_skin *skin, const smp_pigment *pigment,
                         smp_diag *diag)
{
    static const int sample[3] = {23, 17, 8}; /* 610, 550, 460 nm */
    double left[3];
    SMPI_TRY(smpi_dot_white(skin, pigment, 3, sample, left, diag));
    for (int c = 0; c < 3; c++)
        for (int law = 0; left[c] < 1 && law < SMPI_DOT_LAWS;
             law++) { /* the last term is the constant */
            model->law[law].cubic[SMPI_DOT_CUBIC - 1][c] += (float)smpi_log(left[c]);
            model->law[law].cubic[SMPI_DOT_CUBIC - 1][3 + c] += (float)smpi_log(left[c]);
        }
    return SMP_OK;
}

smp_status smpi_dot_skin_init(smpi_dot_skin *out, const smp_skin *skin, smp_space space,
                              smp_diag *diag)
{
    smpi_layer layers[2];
    const double *from_xyz = smpi_space_from_xyz(space);
    memset(out, 0, sizeof *out);
    if (!from_xyz)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    SMPI_TRY(smpi_skin_read(skin, &out->skin, diag));
    weigh(&out->plain, out, from_xyz);
    for (int law = 0; law < SMPI_DOT_LAWS; law++) {
        for (int i = 0; i < WAVES; i++) {
            smpi_skin_layers(&out->skin, FIRST + i, layers);
            smpi_dot_wave_init(out->wave[law] + i, law, layers);
        }
        average_channels(out, &out->plain, law);
    }
    return SMP_OK;
}

smp_status smpi_dot_model_in(smpi_dot_model *model, const smpi_dot_skin *in,
                             const smp_pigment *pigment, int tall, smp_diag *diag)
{
    smpi_pigment_spectra ink;
    spectrum waves = {.weight = (const double(*)[3])in->weight};
    memset(model, 0, sizeof *model);
    SMPI_TRY(smpi_pigment_make(pigment, &ink, diag));
    *model = in->plain;
    for (int i = 0; i < WAVES; i++)
        waves.tint[i] = ink.absorb[FIRST + i];
    for (int law = 0; law < (tall ? SMPI_DOT_LAWS : 1); law++) {
        waves.wave = in->wave[law];
        fit_channels(&waves, law, model->law + law);
    }
    return whiten(model, &in->skin, pigment, diag);
}

smp_status smpi_dot_model_init(smpi_dot_model *model, const smp_skin *skin,
                               const smp_pigment *pigment, smp_space space, smp_diag *diag)
{
    smpi_dot_skin in;
    memset(model, 0, sizeof *model);
    SMPI_TRY(smpi_dot_skin_init(&in, skin, space, diag));
    return smpi_dot_model_in(model, &in, pigment, 1, diag);
}

smp_status smpi_dot_model_at(smpi_dot_model *model, const smp_skin *skin, const int samples[3],
                             smp_diag *diag)
{
    smp_skin s;
    smpi_layer layers[2];
    smpi_dot_wave w;
    memset(model, 0, sizeof *model);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    for (int c = 0; c < 3; c++) {
        smpi_skin_layers(&s, samples[c], layers);
        for (int k = 0; k < SMPI_DOT_LAWS; k++) {
            smpi_dot_law *law = model->law + k;
            smpi_dot_wave_init(&w, k, layers);
            for (int i = 0; i < SMPI_DOT_CUBIC; i++) {
                law->cubic[i][c] = w.middle[i];
                law->cubic[i][3 + c] = w.integral[i];
            }
            for (int i = 0; i < SMPI_DOT_QUADRATIC; i++) {
                law->quadratic[i][c] = w.share[i];
                law->quadratic[i][3 + c] = w.mix[i];
                law->quadratic[i][6] = w.exponent[i];
            }
            if (k == 0) {
                model->near_r2_mm2[c] = w.near_r2;
                model->far_r2_mm2[c] = w.far_r2;
                model->decay[c] = w.decay;
            }
        }
    }
    return SMP_OK;
}
