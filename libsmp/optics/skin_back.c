/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * From a colour back to skin, and to the exposure that it was seen at: the most probable one under
 * stated priors, by damped Gauss-Newton steps (docs/model/optics.md, 3). */
#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "color/transfer.h"
#include "optics/bare.h"
#include "optics/skin.h"

/* What is sought: ln(melanin + 0.002), ln(blood + 0.002), yellow, ln scattering, ln exposure. */
enum { MELANIN, BLOOD, YELLOW, SCATTERING, EXPOSURE, UNKNOWNS };
#define SHIFT 0.002

static const double lowest[UNKNOWNS] = {-6.2146, -6.2146, SMPI_YELLOW_LOW, -0.6931, -9.3};
static const double highest[UNKNOWNS] = {-0.6892, -1.5995, SMPI_YELLOW_HIGH, 1.0986, 9.3};
static const double stride[UNKNOWNS] = {0.8, 0.6, 6, 0.2, 0.5};       /* the furthest of one step */
static const double nudge[UNKNOWNS] = {1e-3, 1e-3, 1e-2, 1e-3, 1e-3}; /* for slopes */

/* Samples 400 to 700 nm; the others take the nearest's value, which moves Lab by less than 0.01. */
#define FIRST 2
#define LAST 32
#define SEEN (LAST - FIRST + 1)

typedef struct search {
    double target[3], surface; /* Lab sought; what is mirrored on top of the skin's own light */
    double middle[UNKNOWNS];   /* where the priors pull */
    double pull[UNKNOWNS];     /* dE*ab that one unit of straying is worth */
    int open[UNKNOWNS];        /* whether it is sought; else it stays */
    double p[UNKNOWNS], lab[3], slope[3][UNKNOWNS], cost;
    double rows_at; /* ln scattering that the rows below are for */
    smpi_bare rows[SEEN];
} search;

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static void skin_of(const double p[UNKNOWNS], smp_skin *s)
{
    s->melanin = (float)clamp(smpi_exp(p[MELANIN]) - SHIFT, 0, SMPI_MELANIN_HIGH);
    s->blood = (float)clamp(smpi_exp(p[BLOOD]) - SHIFT, 0, SMPI_BLOOD_HIGH);
    s->yellow_um = (float)p[YELLOW];
    s->scattering =
        (float)clamp(smpi_exp(p[SCATTERING]), SMPI_SCATTERING_LOW, SMPI_SCATTERING_HIGH);
}

static void lab_of(search *s, const double p[UNKNOWNS], double lab[3])
{
    smp_skin skin;
    smpi_layer layers[2];
    double r[SMPI_SPECTRUM], xyz[3], exposure = smpi_exp(p[EXPOSURE]);
    smp_skin_init(&skin);
    skin_of(p, &skin);
    for (int i = 0; i < SEEN; i++) {
        smpi_skin_layers(&skin, FIRST + i, layers);
        if (s->rows_at != p[SCATTERING])
            smpi_bare_init(s->rows + i, layers[0].scatter * (1 - SMPI_SKIN_COSINE));
        r[FIRST + i] =
            smpi_bare_reflect(s->rows + i, layers[0].absorb, layers[1].absorb) + s->surface;
    }
    s->rows_at = p[SCATTERING];
    for (int i = 0; i < SMPI_SPECTRUM; i++)
        r[i] = r[i < FIRST ? FIRST : i > LAST ? LAST : i];
    smpi_spectrum_xyz_of(r, xyz);
    for (int c = 0; c < 3; c++)
        xyz[c] *= exposure;
    smpi_xyz_to_lab(xyz, lab);
}

static double cost_of(const search *s, const double p[UNKNOWNS], const double lab[3])
{
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += (lab[i] - s->target[i]) * (lab[i] - s->target[i]);
    for (int i = 0; i < UNKNOWNS; i++)
        if (s->open[i]) {
            double stray = s->pull[i] * (p[i] - s->middle[i]);
            sum += stray * stray;
        }
    return sum;
}

static void slopes(search *s)
{
    for (int j = 0; j < UNKNOWNS; j++) {
        double p[UNKNOWNS], lab[3], step = nudge[j];
        if (!s->open[j])
            continue;
        memcpy(p, s->p, sizeof p);
        if (p[j] > (lowest[j] + highest[j]) / 2)
            step = -step;
        p[j] += step;
        lab_of(s, p, lab);
        for (int i = 0; i < 3; i++)
            s->slope[i][j] = (lab[i] - s->lab[i]) / step;
    }
}

/* Solves m x = v, m positive definite, by elimination; both are used up. */
static void solve(double m[UNKNOWNS][UNKNOWNS], double v[UNKNOWNS], double x[UNKNOWNS])
{
    for (int k = 0; k < UNKNOWNS; k++)
        for (int i = k + 1; i < UNKNOWNS; i++) {
            double f = m[i][k] / m[k][k];
            for (int j = k; j < UNKNOWNS; j++)
                m[i][j] -= f * m[k][j];
            v[i] -= f * v[k];
        }
    for (int i = UNKNOWNS - 1; i >= 0; i--) {
        x[i] = v[i];
        for (int j = i + 1; j < UNKNOWNS; j++)
            x[i] -= m[i][j] * x[j];
        x[i] /= m[i][i];
    }
}

/* The normal equations of a damped step in which some unknowns are held. */
static void step_of(const search *s, const int held[UNKNOWNS], double damping, double x[UNKNOWNS])
{
    double m[UNKNOWNS][UNKNOWNS], v[UNKNOWNS];
    for (int j = 0; j < UNKNOWNS; j++) {
        double w2 = s->pull[j] * s->pull[j];
        v[j] = held[j] ? 0 : -w2 * (s->p[j] - s->middle[j]);
        for (int k = 0; k < UNKNOWNS; k++) {
            m[j][k] = 0;
            for (int i = 0; i < 3 && !held[j] && !held[k]; i++)
                m[j][k] += s->slope[i][j] * s->slope[i][k];
        }
        for (int i = 0; i < 3 && !held[j]; i++)
            v[j] += s->slope[i][j] * (s->target[i] - s->lab[i]);
        m[j][j] = held[j] ? 1 : m[j][j] * (1 + damping) + w2 + 1e-9;
    }
    solve(m, v, x);
}

/* One step; 1 when it made things better. What would leave its range is held, and the rest move. */
static int improve(search *s, double damping)
{
    double x[UNKNOWNS], p[UNKNOWNS], lab[3], cost;
    int held[UNKNOWNS], again = 1;
    for (int j = 0; j < UNKNOWNS; j++)
        held[j] = !s->open[j];
    while (again) {
        again = 0;
        step_of(s, held, damping, x);
        for (int j = 0; j < UNKNOWNS; j++)
            if (!held[j] &&
                ((x[j] < 0 && s->p[j] <= lowest[j]) || (x[j] > 0 && s->p[j] >= highest[j])))
                held[j] = again = 1;
    }
    for (int j = 0; j < UNKNOWNS; j++)
        p[j] = held[j] ? s->p[j]
                       : clamp(s->p[j] + clamp(x[j], -stride[j], stride[j]), lowest[j], highest[j]);
    lab_of(s, p, lab);
    cost = cost_of(s, p, lab);
    if (!(cost < s->cost))
        return 0;
    memcpy(s->p, p, sizeof p);
    memcpy(s->lab, lab, sizeof lab);
    s->cost = cost;
    return 1;
}

#define STEPS 60

static void descend(search *s)
{
    double damping = 0.001;
    lab_of(s, s->p, s->lab);
    s->cost = cost_of(s, s->p, s->lab);
    for (int i = 0; i < STEPS && damping < 1e4; i++) {
        double before = s->cost;
        slopes(s);
        while (damping < 1e4 && !improve(s, damping))
            damping = damping < 0.01 ? 0.1 : damping * 8;
        damping *= 0.2;
        if (s->cost > 0.99999 * before)
            break;
    }
}

static double distance(const search *s)
{
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += (s->lab[i] - s->target[i]) * (s->lab[i] - s->target[i]);
    return sqrt(sum);
}

/* Checks a colour and turns it into the Lab that is sought. */
static smp_status aim(search *s, smp_space space, const float rgb_lin[3], smp_diag *diag)
{
    double rgb[3];
    memset(s, 0, sizeof *s);
    s->rows_at = NAN;
    if (!smpi_space_to_xyz(space))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "space is %d", (int)space);
    for (int c = 0; c < 3; c++) {
        if (!(rgb_lin[c] >= 0 && rgb_lin[c] <= 1e6f))
            return smpi_fail(diag, SMP_ERR_RANGE, "rgb_lin[%d] is %g, want a finite light", c,
                             (double)rgb_lin[c]);
        rgb[c] = (double)rgb_lin[c];
    }
    smpi_mat3_apply(smpi_space_to_xyz(space), rgb, rgb);
    smpi_xyz_to_lab(rgb, s->target);
    return SMP_OK;
}

/* The usual skin of an ITA (docs/model/optics.md, C3): melanin by a curve fitted to the NIST
 * subjects, blood and yellow of the median one. */
static void usual_skin(const double lab[3], double p[UNKNOWNS])
{
    double ita = fmin(fmax(smp_ita_deg(lab), -50), 62);
    double melanin = 0.0497 - 1.135e-3 * ita + 5.66e-6 * ita * ita;
    p[MELANIN] = smpi_log(fmax(melanin, 0.001) + SHIFT);
    p[BLOOD] = smpi_log(0.013 + SHIFT);
    p[YELLOW] = 3;
    p[SCATTERING] = 0;
    p[EXPOSURE] = 0;
}

/* Pulls so weak that they decide only what the colour cannot: 0.03 dE*ab for a usual straying. */
static const double weak_pull[UNKNOWNS] = {0.03 / 0.7, 0.03 / 0.7, 0.03 / 6, 0.03 / 0.4, 0};
#define CLOSE 0.02 /* dE*ab: above it, scattering is sought too */

SMPI_APART smp_status skin_from_rgb_guarded(smp_space space, const float rgb_lin[3], smp_skin *skin,
                                            float *residual, smp_diag *diag)
{
    search s;
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    SMPI_NEED(skin, diag);
    SMPI_TRY(aim(&s, space, rgb_lin, diag));
    usual_skin(s.target, s.middle);
    memcpy(s.p, s.middle, sizeof s.p);
    memcpy(s.pull, weak_pull, sizeof s.pull);
    s.open[MELANIN] = s.open[BLOOD] = s.open[YELLOW] = 1;
    descend(&s);
    if (distance(&s) > CLOSE) {
        s.open[SCATTERING] = 1;
        descend(&s);
    }
    smp_skin_init(skin);
    skin_of(s.p, skin);
    if (residual)
        *residual = (float)distance(&s);
    return SMP_OK;
}

smp_status smp_skin_from_rgb(smp_space space, const float rgb_lin[3], smp_skin *skin,
                             float *residual, smp_diag *diag)
{
    SMPI_GUARD(smp_status, skin_from_rgb_guarded(space, rgb_lin, skin, residual, diag));
}

/* ---- exposure unknown ----------------------------------------------------------------------- */

static const smp_field estimate_fields[] = {
    SMPI_FIELD_HEAD(smp_estimate_desc),
    SMPI_FIELD(smp_estimate_desc, exposure, "", 0.01, 100.0, 1.0,
               "What the light of the skin is multiplied by, most probably."),
    SMPI_FIELD(smp_estimate_desc, exposure_sigma, "", 0.0, 3.0, 0.3,
               "How sure that is: standard deviation of its logarithm; 0: it is known."),
    SMPI_FIELD(smp_estimate_desc, surface, "", 0.0, 0.2, 0.0,
               "Share of the light that the surface mirrors into the colour, before exposure."),
};

SMPI_DEFINE_FIELDS(smp_estimate_desc, estimate_fields)

/* Means and standard deviations of the 100 NIST subjects, melanin widened so that dark skin, of
 * which they are few, is not ruled out; a colour is taken to be right to 0.5 dE*ab (assumed). */
static const double prior_mean[UNKNOWNS] = {-4.63, -4.13, 1.06, 0, 0};
static const double prior_sigma[UNKNOWNS] = {1.0, 0.33, 4.8, 0.05, 1};
#define COLOUR_SIGMA 0.5

SMPI_APART smp_status skin_estimate_guarded(smp_space space, const float rgb_lin[3],
                                            const smp_estimate_desc *desc, smp_skin *skin,
                                            float *exposure, float *residual, smp_diag *diag)
{
    search s;
    smp_estimate_desc d;
    smpi_diag_clear(diag);
    SMPI_NEED(rgb_lin, diag);
    SMPI_NEED(skin, diag);
    SMPI_TRY(
        smpi_desc_read(&d, sizeof d, desc, estimate_fields, SMPI_COUNT(estimate_fields), diag));
    SMPI_TRY(aim(&s, space, rgb_lin, diag));
    double sigma = (double)d.exposure_sigma;
    s.surface = (double)d.surface;
    memcpy(s.middle, prior_mean, sizeof s.middle);
    s.middle[EXPOSURE] = smpi_log((double)d.exposure);
    for (int i = 0; i < UNKNOWNS; i++) {
        s.open[i] = 1;
        s.pull[i] = COLOUR_SIGMA / prior_sigma[i];
    }
    s.open[EXPOSURE] = sigma > 0;
    s.pull[EXPOSURE] = sigma > 0 ? COLOUR_SIGMA / sigma : 0;
    memcpy(s.p, s.middle, sizeof s.p);
    descend(&s);
    smp_skin_init(skin);
    skin_of(s.p, skin);
    if (exposure)
        *exposure = (float)smpi_exp(s.p[EXPOSURE]);
    if (residual)
        *residual = (float)distance(&s);
    return SMP_OK;
}

smp_status smp_skin_estimate(smp_space space, const float rgb_lin[3], const smp_estimate_desc *desc,
                             smp_skin *skin, float *exposure, float *residual, smp_diag *diag)
{
    SMPI_GUARD(smp_status,
               skin_estimate_guarded(space, rgb_lin, desc, skin, exposure, residual, diag));
}

/* Ranges that the same 100 subjects span, their surface reflection taken off. */
SMPI_APART smp_status skin_extrapolates_guarded(const smp_skin *skin, uint32_t *beyond,
                                                smp_diag *diag)
{
    smp_skin s;
    smpi_diag_clear(diag);
    SMPI_NEED(beyond, diag);
    SMPI_TRY(smpi_skin_read(skin, &s, diag));
    *beyond = 0;
    if (s.melanin > 0.095f)
        *beyond |= SMP_BEYOND_MELANIN;
    if (s.blood < 0.005f || s.blood > 0.04f)
        *beyond |= SMP_BEYOND_BLOOD;
    if (s.yellow_um < -10 || s.yellow_um > 20)
        *beyond |= SMP_BEYOND_YELLOW;
    if (s.scattering < 0.95f || s.scattering > 2)
        *beyond |= SMP_BEYOND_SCATTERING;
    return SMP_OK;
}

smp_status smp_skin_extrapolates(const smp_skin *skin, uint32_t *beyond, smp_diag *diag)
{
    SMPI_GUARD(smp_status, skin_extrapolates_guarded(skin, beyond, diag));
}
