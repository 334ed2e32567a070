/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Bare skin: coefficients, reflectance, colour, and the way back (docs/model/optics.md, 1 to 3). */
#include "optics/skin.h"

#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/math.h"
#include "color/tables.h"
#include "color/transfer.h"
#include "optics/tables.h"

static const smp_field skin_fields[] = {
    SMPI_FIELD_HEAD(smp_skin),
    SMPI_FIELD(smp_skin, melanin, "", 0.0, 0.5, 0.006,
               "Volume fraction of melanosomes in the epidermis."),
    SMPI_FIELD(smp_skin, blood, "", 0.0, 0.2, 0.011, "Volume fraction of blood in the dermis."),
    SMPI_FIELD(smp_skin, yellow_um, "umol/l", -5.0, 50.0, 1.0,
               "Yellow chromophores of the dermis as beta-carotene."),
};

SMPI_DEFINE_FIELDS(smp_skin, skin_fields)

smp_status smpi_skin_read(const smp_skin *skin, smp_skin *out, smp_diag *diag)
{
    return smpi_desc_read(out, sizeof *out, skin, skin_fields, SMPI_COUNT(skin_fields), diag);
}

/* optics.md 8, "Defaults to adopt". Packaging: blood in vessels shades itself. */
void smpi_skin_layers(const smp_skin *skin, int sample, smpi_layer layers[2])
{
    const smpi_chromophores *c = smpi_chromophore + sample;
    double melanin = (double)skin->melanin, blood = (double)skin->blood;
    double full = SMPI_BLOOD_OXYGEN * c->oxy + (1 - SMPI_BLOOD_OXYGEN) * c->deoxy;
    double x = 2 * full * SMPI_VESSEL_RADIUS;
    double dermis =
        c->baseline + blood * full * (1 - smpi_exp(-x)) / x + (double)skin->yellow_um * c->yellow;
    layers[0].absorb = melanin * c->melanosome + (1 - melanin) * c->baseline;
    layers[0].scatter = c->scatter / (1 - SMPI_SKIN_COSINE);
    layers[0].thickness = SMPI_EPIDERMIS_MM;
    layers[1].absorb = fmax(dermis, 0.002); /* yellow may be negative; absorption may not */
    layers[1].scatter = layers[0].scatter;
    layers[1].thickness = SMPI_LAYER_ENDLESS;
}

static void reflect(const smp_skin *skin, double *reflectance)
{
    smpi_angles angles;
    smpi_slab top, below;
    smpi_layer layers[2];
    smpi_angles_init(&angles, SMPI_SKIN_ANGLES, SMPI_SKIN_INDEX, SMPI_SKIN_COSINE);
    for (int i = 0; i < SMPI_SPECTRUM; i++) {
        smpi_skin_layers(skin, i, layers);
        smpi_slab_make(&angles, layers, &top);
        smpi_slab_make(&angles, layers + 1, &below);
        reflectance[i] = smpi_two_layers(&angles, &top, &below);
    }
}

static void spectrum_xyz(const double *reflectance, double xyz[3])
{
    xyz[0] = xyz[1] = xyz[2] = 0;
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        for (int c = 0; c < 3; c++)
            xyz[c] += smpi_spectrum_xyz[i][c] * reflectance[i];
}

void smpi_spectrum_rgb(smp_space space, const double *reflectance, double rgb[3])
{
    double xyz[3];
    spectrum_xyz(reflectance, xyz);
    smpi_mat3_apply(smpi_space_from_xyz(space), xyz, rgb);
}

smp_status smp_skin_reflectance(const smp_skin *skin, float reflectance[SMP_SPECTRUM_COUNT],
                                smp_diag *diag)
{
    smp_skin s;
    double r[SMPI_SPECTRUM];
    smpi_diag_clear(diag);
    SMPI_NEED(reflectance, diag);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    reflect(&s, r);
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        reflectance[i] = (float)r[i];
    return SMP_OK;
}

smp_status smp_skin_color(const smp_skin *skin, smp_space space, float rgb_lin[3], smp_diag *diag)
{
    smp_skin s;
    double r[SMPI_SPECTRUM], rgb[3];
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    if (!smpi_space_from_xyz(space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    reflect(&s, r);
    smpi_spectrum_rgb(space, r, rgb);
    for (int c = 0; c < 3; c++)
        rgb_lin[c] = (float)rgb[c];
    return SMP_OK;
}

/* ---- the way back ------------------------------------------------------------------------- */

/* Skin as three numbers that a step may change freely: ln(melanin + 0.002), ln(blood + 0.002),
 * yellow; and the furthest that one step goes. */
#define SHIFT 0.002
static const double lowest[3] = {-6.2146, -6.2146, -5};
static const double highest[3] = {-0.6892, -1.5995, 50}; /* melanin 0.5, blood 0.2 */
static const double stride[3] = {0.8, 0.6, 6};
/* How far from the usual skin of a tone each may stray before it counts as one unit (assumed). */
static const double usual_spread[3] = {0.7, 0.7, 6};
#define PRIOR                                                                          \
    0.03 /* dE*ab that a unit of straying is worth: it decides only what colour cannot \
          */

static void skin_of(const double p[3], smp_skin *s)
{
    s->melanin = fmaxf(0, (float)(smpi_exp(p[0]) - SHIFT));
    s->blood = fmaxf(0, (float)(smpi_exp(p[1]) - SHIFT));
    s->yellow_um = (float)p[2];
}

/* What dermis sends back depends on absorption over scattering alone; these are kept over its
 * logarithm, since an endless layer is most of the work. Cubic between them: Lab within 0.003. */
#define SHELF 27
#define SHELF_FIRST (-9.6)
#define SHELF_STEP 0.375

typedef struct search {
    smpi_angles angles;
    double shelf[SHELF][SMPI_SKIN_ANGLES * SMPI_SKIN_ANGLES];
    double target[3], usual[3], p[3], lab[3], slope[3][3], cost;
} search;

static void fill_shelf(search *s)
{
    smpi_angles_init(&s->angles, SMPI_SKIN_ANGLES, SMPI_SKIN_INDEX, SMPI_SKIN_COSINE);
    for (int i = 0; i < SHELF; i++) {
        smpi_layer layer = {smpi_exp(SHELF_FIRST + SHELF_STEP * i), 1, SMPI_LAYER_ENDLESS};
        smpi_slab slab;
        smpi_slab_make(&s->angles, &layer, &slab);
        for (int j = 0; j < SMPI_SKIN_ANGLES * SMPI_SKIN_ANGLES; j++)
            s->shelf[i][j] = slab.r[j / SMPI_SKIN_ANGLES * SMPI_ANGLES_MAX + j % SMPI_SKIN_ANGLES];
    }
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static void take_shelf(const search *s, const smpi_layer *dermis, smpi_slab *slab)
{
    double x = (smpi_log(dermis->absorb / dermis->scatter) - SHELF_FIRST) / SHELF_STEP;
    int i = (int)clamp(x, 1, SHELF - 3);
    double t = x - i;
    double w[4] = {-t * (t - 1) * (t - 2) / 6, (t + 1) * (t - 1) * (t - 2) / 2,
                   -(t + 1) * t * (t - 2) / 2, (t + 1) * t * (t - 1) / 6};
    for (int j = 0; j < SMPI_SKIN_ANGLES * SMPI_SKIN_ANGLES; j++) {
        double sum = 0;
        for (int k = 0; k < 4; k++)
            sum += w[k] * s->shelf[i - 1 + k][j];
        slab->r[j / SMPI_SKIN_ANGLES * SMPI_ANGLES_MAX + j % SMPI_SKIN_ANGLES] = sum;
    }
}

/* Samples 400 to 700 nm; the others take the nearest's value, which moves Lab by less than 0.01. */
#define SEEN_FIRST 2
#define SEEN_LAST 32

static void lab_of(const search *s, const double p[3], double lab[3])
{
    smp_skin skin;
    smpi_layer layers[2];
    smpi_slab top, below;
    double r[SMPI_SPECTRUM], xyz[3];
    smp_skin_init(&skin);
    skin_of(p, &skin);
    for (int i = SEEN_FIRST; i <= SEEN_LAST; i++) {
        smpi_skin_layers(&skin, i, layers);
        smpi_slab_make(&s->angles, layers, &top);
        take_shelf(s, layers + 1, &below);
        r[i] = smpi_two_layers(&s->angles, &top, &below);
    }
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        r[i] = r[i < SEEN_FIRST ? SEEN_FIRST : i > SEEN_LAST ? SEEN_LAST : i];
    spectrum_xyz(r, xyz);
    smpi_xyz_to_lab(xyz, lab);
}

/* The usual skin of an ITA: melanin by the working curve of optics.md 1.3, blood and yellow of the
 * median NIST subject. */
static void usual_skin(const double lab[3], double p[3])
{
    double ita = fmin(fmax(smp_ita_deg(lab), -50), 62);
    double melanin = 0.0497 - 1.135e-3 * ita + 5.66e-6 * ita * ita;
    p[0] = smpi_log(fmax(melanin, 0.001) + SHIFT);
    p[1] = smpi_log(0.013 + SHIFT);
    p[2] = 3;
}

/* Solves the 3 x 3 system m x = v, m positive definite (Cramer). */
static void solve3(double m[3][3], const double v[3], double x[3])
{
    double c[3][3], det = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int a = (i + 1) % 3, b = (i + 2) % 3, d = (j + 1) % 3, e = (j + 2) % 3;
            c[i][j] = m[a][d] * m[b][e] - m[a][e] * m[b][d];
        }
    for (int j = 0; j < 3; j++)
        det += m[0][j] * c[0][j];
    for (int i = 0; i < 3; i++)
        x[i] = (c[0][i] * v[0] + c[1][i] * v[1] + c[2][i] * v[2]) / det;
}

static double cost_of(const search *s, const double p[3], const double lab[3])
{
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double miss = lab[i] - s->target[i], stray = PRIOR * (p[i] - s->usual[i]) / usual_spread[i];
        sum += miss * miss + stray * stray;
    }
    return sum;
}

static void slopes(search *s)
{
    for (int j = 0; j < 3; j++) {
        double p[3] = {s->p[0], s->p[1], s->p[2]}, lab[3];
        double step = (j == 2 ? 0.5 : 0.03) * (p[j] > (lowest[j] + highest[j]) / 2 ? -1 : 1);
        p[j] += step;
        lab_of(s, p, lab);
        for (int i = 0; i < 3; i++)
            s->slope[i][j] = (lab[i] - s->lab[i]) / step;
    }
}

/* A damped Gauss-Newton step; 1 when it made things better. */
static int improve(search *s, double damping)
{
    double m[3][3], v[3], x[3], p[3], lab[3], cost;
    for (int j = 0; j < 3; j++) {
        double w = PRIOR / usual_spread[j];
        v[j] = -w * w * (s->p[j] - s->usual[j]);
        for (int k = 0; k < 3; k++) {
            m[j][k] = 0;
            for (int i = 0; i < 3; i++)
                m[j][k] += s->slope[i][j] * s->slope[i][k];
        }
        for (int i = 0; i < 3; i++)
            v[j] += s->slope[i][j] * (s->target[i] - s->lab[i]);
        m[j][j] += w * w + damping * m[j][j] + 1e-9;
    }
    solve3(m, v, x);
    for (int j = 0; j < 3; j++) /* one that would leave its range is held, and the rest move */
        if ((x[j] < 0 && s->p[j] <= lowest[j]) || (x[j] > 0 && s->p[j] >= highest[j])) {
            m[j][j] *= 1e9;
            solve3(m, v, x);
        }
    for (int j = 0; j < 3; j++)
        p[j] = clamp(s->p[j] + clamp(x[j], -stride[j], stride[j]), lowest[j], highest[j]);
    lab_of(s, p, lab);
    cost = cost_of(s, p, lab);
    if (!(cost < s->cost))
        return 0;
    memcpy(s->p, p, sizeof p);
    memcpy(s->lab, lab, sizeof lab);
    s->cost = cost;
    return 1;
}

#define STEPS 12

smp_status smp_skin_from_rgb(smp_space space, const float rgb_lin[3], smp_skin *skin,
                             float *residual, smp_diag *diag)
{
    search s;
    double rgb[3], damping = 0.001, before;
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    SMPI_NEED(skin, diag);
    if (!smpi_space_to_xyz(space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    for (int c = 0; c < 3; c++) {
        if (!(rgb_lin[c] >= 0 && rgb_lin[c] <= 1e6f))
            return smpi_fail(diag, SMP_ERR_RANGE, "rgb_lin[%d] is %g, want a finite light", c,
                             (double)rgb_lin[c]);
        rgb[c] = (double)rgb_lin[c];
    }
    fill_shelf(&s);
    smpi_mat3_apply(smpi_space_to_xyz(space), rgb, rgb);
    smpi_xyz_to_lab(rgb, s.target);
    usual_skin(s.target, s.usual);
    memcpy(s.p, s.usual, sizeof s.p);
    lab_of(&s, s.p, s.lab);
    s.cost = cost_of(&s, s.p, s.lab);
    slopes(&s);
    for (int i = 0; i < STEPS && s.cost > 1e-4; i++) {
        before = s.cost;
        if (improve(&s, damping)) {
            damping *= 0.2;
            if (s.cost > 0.9995 * before)
                break;
            if (s.cost > 0.05 * before) /* far still: the slopes have turned */
                slopes(&s);
        } else if (damping > 1e3) {
            break;
        } else {
            damping = damping < 0.01 ? 0.1 : damping * 8;
            slopes(&s);
        }
    }
    smp_skin_init(skin);
    skin_of(s.p, skin);
    double rest = 0;
    for (int i = 0; i < 3; i++)
        rest += (s.lab[i] - s.target[i]) * (s.lab[i] - s.target[i]);
    if (residual)
        *residual = (float)sqrt(rest);
    return SMP_OK;
}
