/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Shade and gloss as smooth functions of where the head's surface looks: what they do beyond that
 * is relief, melanin and blood. docs/model/scalp.md, (S14). */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "scalp/skin_job.h"

#define SHADE_ORDER 6 /* of the polynomial in the normal's x and y */
#define GLOSS_ORDER 4
#define TERMS 28 /* of the order 6; the gloss has 15 + 1 + 2 x 3 */
#define SHADE_TURNS 3
#define GLOSS_TURNS 4
#define SHADE_STRAY 0.1f   /* what strays more than that is no smooth shade: a shadow, a hair */
#define GLOSS_STRAY 0.006f /* of the gloss of matte places, and of what is over theirs */
#define GLOSS_SHARE 0.15f
#define PITCH 2          /* one node in PITCH x PITCH is fitted */
#define MATTE_SHARE 0.3f /* of the skin: has less gloss than "matte" */
#define LEVELS 1024      /* of gloss, -0.4 to 1.648 */
#define LEVEL 0.002f
#define LEAST (-0.4f)
#define SETTLE_TURNS 24
#define APART 0.76f /* cosine of 40 degrees: a second highlight is so far off */

/* Widths of the lobes, squared roughness (Trowbridge and Reitz 1975). */
static const float lobe_width[SMPI_SKIN_WIDTHS] = {0.02f, 0.06f, 0.15f};

typedef struct fit {
    const smpi_skin_job *job;
    int gloss; /* 0: log shade, order 6; 1: gloss */
    int terms;
    float peak[2][3]; /* where highlights lie: normals */
    double coef[TERMS];
} fit;

/* ---- smoothing over nodes ------------------------------------------------------------------ */

/* The gloss of each node's surroundings, binomial over five nodes each way, into expected[2]. */
static void blur_gloss(smpi_skin_job *job)
{
    static const float tap[5] = {1.0f, 4.0f, 6.0f, 4.0f, 1.0f};
    const int nx = (int)job->scalp->nodes_x, ny = (int)job->scalp->nodes_y;
    float *sums = job->expected; /* gloss, weight along rows */
    for (int y = 0; y < ny; y++)
        for (int x = 0; x < nx; x++) {
            float *to = sums + 3 * ((size_t)y * (size_t)nx + (size_t)x);
            to[0] = to[1] = 0.0f;
            for (int k = x > 2 ? x - 2 : 0; k <= x + 2 && k < nx; k++) {
                const smpi_skin_node *node = job->nodes + (size_t)y * (size_t)nx + (size_t)k;
                to[0] += tap[k - x + 2] * node->weight * node->rgb[1];
                to[1] += tap[k - x + 2] * node->weight;
            }
        }
    for (int x = 0; x < nx; x++)
        for (int y = 0; y < ny; y++) {
            float sum = 0.0f, weight = 1e-6f;
            for (int k = y > 2 ? y - 2 : 0; k <= y + 2 && k < ny; k++) {
                const float *from = sums + 3 * ((size_t)k * (size_t)nx + (size_t)x);
                sum += tap[k - y + 2] * from[0];
                weight += tap[k - y + 2] * from[1];
            }
            sums[3 * ((size_t)y * (size_t)nx + (size_t)x) + 2] = sum / weight;
        }
    for (size_t k = 0; k < (size_t)nx * (size_t)ny; k++)
        job->nodes[k].rgb[2] = sums[3 * k + 2];
}

/* The gloss below which a share of the skin lies. */
static float gloss_at(const smpi_skin_job *job, float share)
{
    float bins[LEVELS] = {0}, all = 0.0f, seen = 0.0f;
    const size_t count = (size_t)job->scalp->nodes_x * job->scalp->nodes_y;
    for (size_t k = 0; k < count; k++) {
        const smpi_skin_node *node = job->nodes + k;
        const float at = smpi_skin_held((node->rgb[2] - LEAST) / LEVEL, 0.0f, (float)(LEVELS - 1));
        bins[(int)at] += node->weight;
        all += node->weight;
    }
    for (int b = 0; b < LEVELS; b++) {
        seen += bins[b];
        if (seen >= share * all)
            return LEAST + ((float)b + 0.5f) * LEVEL;
    }
    return 0.0f;
}

/* ---- highlights ---------------------------------------------------------------------------- */

static float dot3(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Where the most gloss lies, apart from another highlight (or NULL): the mean normal of what is
 * brightest, weighted by its square. Straight at the viewer when there is none. */
static void find_peak(const smpi_skin_job *job, float over, const float *other, float peak[3])
{
    const size_t count = (size_t)job->scalp->nodes_x * job->scalp->nodes_y;
    float sum[3] = {0.0f, 0.0f, 1e-6f}, most = 0.0f;
    size_t best = 0;
    for (size_t k = 0; k < count; k++) {
        const smpi_skin_node *node = job->nodes + k;
        const float gloss = node->rgb[2];
        if (node->weight > 4.0f && node->n[2] > 0.5f && gloss > most &&
            !(other && dot3(node->n, other) > APART)) {
            most = gloss;
            best = k;
        }
    }
    for (size_t k = 0; k < count && most > 0.0f; k++) {
        const smpi_skin_node *node = job->nodes + k;
        const float gloss = node->rgb[2] - over;
        if (!(gloss > 0.0f && dot3(node->n, job->nodes[best].n) > 0.94f))
            continue;
        for (int c = 0; c < 3; c++)
            sum[c] += node->weight * gloss * gloss * node->n[c];
    }
    const float length = sqrtf(dot3(sum, sum));
    for (int c = 0; c < 3; c++)
        peak[c] = sum[c] / length;
}

/* ---- the fit ------------------------------------------------------------------------------- */

static void terms_of(const fit *f, const float n[3], double out[TERMS])
{
    const int order = f->gloss ? GLOSS_ORDER : SHADE_ORDER;
    int at = 0;
    double x = 1.0;
    for (int i = 0; i <= order; i++, x *= (double)n[0]) {
        double y = x;
        for (int j = 0; j <= order - i; j++, y *= (double)n[1])
            out[at++] = y;
    }
    if (!f->gloss)
        return;
    const float away = 1.0f - n[2], away2 = away * away;
    out[at++] = (double)(away2 * away2); /* Fresnel's rise at grazing light */
    for (int p = 0; p < 2; p++) {
        const float c = dot3(n, f->peak[p]), c2 = c > 0.0f ? c * c : 0.0f;
        for (int k = 0; k < SMPI_SKIN_WIDTHS; k++) {
            const float t = lobe_width[k] / (c2 * (lobe_width[k] - 1.0f) + 1.0f);
            out[at++] = (double)(t * t);
        }
    }
}

static float value_at(const fit *f, const float n[3])
{
    double terms[TERMS], sum = 0.0;
    terms_of(f, n, terms);
    for (int k = 0; k < f->terms; k++)
        sum += f->coef[k] * terms[k];
    return (float)sum;
}

/* What a node weighs, against the last turn's fit. */
static double weight_of(const fit *f, const smpi_skin_node *node, int turn)
{
    if (!(node->weight > SMPI_SKIN_NODE && node->n[2] > 0.0f))
        return 0.0;
    float stray = 1.0f;
    if (f->gloss) {
        float over = node->rgb[2];
        if (turn > 0) {
            const float fitted = value_at(f, node->n);
            over = fitted > over ? fitted : over;
        }
        over = over > f->job->matte ? GLOSS_SHARE * (over - f->job->matte) : 0.0f;
        stray = 1.0f + over * over * (1.0f / (GLOSS_STRAY * GLOSS_STRAY));
    } else if (turn > 0) {
        const float e = (node->rgb[0] - value_at(f, node->n)) * (1.0f / SHADE_STRAY);
        stray = 1.0f + e * e;
    }
    return (double)(node->weight / stray);
}

/* Cholesky's solution of the normal equations, a little held to 0. */
static void solve(double m[TERMS][TERMS], double v[TERMS], int n, double x[TERMS])
{
    double scale[TERMS];
    for (int i = 0; i < n; i++)
        scale[i] = m[i][i] > 1e-12 ? 1.0 / sqrt(m[i][i]) : 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double sum = m[i][j] * scale[i] * scale[j];
            if (i == j)
                sum = (scale[i] > 0.0 ? sum : 1.0) + 1e-6;
            for (int k = 0; k < j; k++)
                sum -= m[i][k] * m[j][k];
            m[i][j] = i == j ? sqrt(sum > 1e-9 ? sum : 1e-9) : sum / m[j][j];
        }
    for (int i = 0; i < n; i++) {
        double sum = v[i] * scale[i];
        for (int k = 0; k < i; k++)
            sum -= m[i][k] * x[k];
        x[i] = sum / m[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
        double sum = x[i];
        for (int k = i + 1; k < n; k++)
            sum -= m[k][i] * x[k];
        x[i] = sum / m[i][i];
    }
    for (int i = 0; i < n; i++)
        x[i] *= scale[i];
}

static void fit_turn(fit *f, int turn)
{
    double m[TERMS][TERMS] = {{0}}, v[TERMS] = {0}, t[TERMS];
    const smp_scalp *scalp = f->job->scalp;
    for (uint32_t j = 0; j < scalp->nodes_y; j += PITCH)
        for (uint32_t i = 0; i < scalp->nodes_x; i += PITCH) {
            const smpi_skin_node *node = f->job->nodes + (size_t)j * scalp->nodes_x + i;
            const double w = weight_of(f, node, turn);
            if (!(w > 0.0))
                continue;
            terms_of(f, node->n, t);
            for (int a = 0; a < f->terms; a++) {
                const double wa = w * t[a];
                for (int b = 0; b <= a; b++)
                    m[a][b] += wa * t[b];
                v[a] += wa * (double)node->rgb[f->gloss];
            }
        }
    solve(m, v, f->terms, f->coef);
}

/* Nodes without skin get what the nearest ones have, rows before columns, down then up. */
static void spread_out(smpi_skin_job *job)
{
    const size_t nx = job->scalp->nodes_x, ny = job->scalp->nodes_y, count = nx * ny;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < count; k++) {
            const size_t at = pass ? count - 1 - k : k;
            const size_t x = at % nx, y = at / nx;
            const size_t side = pass ? at + 1 : at - 1, over = pass ? at + nx : at - nx;
            float *out = job->expected + 3 * at;
            if (job->nodes[at].n[2] > 0.0f)
                continue;
            if (pass ? y + 1 < ny : y > 0)
                if (job->nodes[over].n[2] > 0.0f) {
                    memcpy(out, job->expected + 3 * over, 3 * sizeof *out);
                    job->nodes[at].n[2] = 1.0f;
                    continue;
                }
            if ((pass ? x + 1 < nx : x > 0) && job->nodes[side].n[2] > 0.0f) {
                memcpy(out, job->expected + 3 * side, 3 * sizeof *out);
                job->nodes[at].n[2] = 1.0f;
            }
        }
}

/* Then they become the means of their neighbours, turn by turn, so that nothing jumps. */
static void settle(smpi_skin_job *job)
{
    const size_t nx = job->scalp->nodes_x, ny = job->scalp->nodes_y;
    for (int turn = 0; turn < SETTLE_TURNS; turn++)
        for (size_t k = 0; k < nx * ny; k++) {
            const size_t at = turn & 1 ? nx * ny - 1 - k : k, x = at % nx, y = at / nx;
            if (job->nodes[at].weight > SMPI_SKIN_NODE)
                continue;
            const size_t left = x > 0 ? at - 1 : at, right = x + 1 < nx ? at + 1 : at;
            const size_t up = y > 0 ? at - nx : at, down = y + 1 < ny ? at + nx : at;
            float *v = job->expected;
            for (size_t c = 0; c < 3; c++)
                v[3 * at + c] =
                    0.25f * (v[3 * left + c] + v[3 * right + c] + v[3 * up + c] + v[3 * down + c]);
        }
}

/* A flat patch looks one way everywhere: there its places stand for the directions. */
static void look_flat(smpi_skin_job *job)
{
    const smp_scalp *scalp = job->scalp;
    for (uint32_t j = 0; j < scalp->nodes_y; j++)
        for (uint32_t i = 0; i < scalp->nodes_x; i++) {
            float *n = job->nodes[(size_t)j * scalp->nodes_x + i].n;
            n[0] = 1.2f * ((float)i + 0.5f) / (float)scalp->nodes_x - 0.6f;
            n[1] = 1.2f * ((float)j + 0.5f) / (float)scalp->nodes_y - 0.6f;
            n[2] = sqrtf(1.0f - n[0] * n[0] - n[1] * n[1]);
        }
}

static void look_at_head(smpi_skin_job *job)
{
    const smp_scalp *scalp = job->scalp;
    const double *r = scalp->camera.rotation;
    for (uint32_t j = 0; j < scalp->nodes_y; j++)
        for (uint32_t i = 0; i < scalp->nodes_x; i++) {
            smpi_skin_node *node = job->nodes + (size_t)j * scalp->nodes_x + i;
            const double half = 0.5 * (double)SMPI_SCALP_CELL;
            const double uv[2] = {((double)scalp->box.x0 + (double)(i * SMPI_SCALP_CELL) + half) *
                                      (double)scalp->step,
                                  ((double)scalp->box.y0 + (double)(j * SMPI_SCALP_CELL) + half) *
                                      (double)scalp->step};
            double xyz[3], n[3];
            node->n[0] = node->n[1] = node->n[2] = 0.0f;
            if (!(node->weight > SMPI_SKIN_NODE) ||
                !smp_camera_unproject(&scalp->camera, &scalp->head, uv, xyz, n))
                continue;
            for (int c = 0; c < 3; c++)
                node->n[c] = (float)(r[3 * c] * n[0] + r[3 * c + 1] * n[1] + r[3 * c + 2] * n[2]);
        }
}

void smpi_skin_expect(smpi_skin_job *job)
{
    const size_t count = (size_t)job->scalp->nodes_x * job->scalp->nodes_y;
    if (job->scalp->head.shape == SMP_SHAPE_FLAT)
        look_flat(job);
    else
        look_at_head(job);
    blur_gloss(job);
    job->matte = gloss_at(job, MATTE_SHARE);
    fit shade = {.job = job, .terms = TERMS}, gloss = {.job = job, .gloss = 1, .terms = 22};
    const float bright = gloss_at(job, 0.8f);
    find_peak(job, bright, NULL, gloss.peak[0]);
    find_peak(job, bright, gloss.peak[0], gloss.peak[1]);
    for (int turn = 0; turn < SHADE_TURNS; turn++)
        fit_turn(&shade, turn);
    for (int turn = 0; turn < GLOSS_TURNS; turn++)
        fit_turn(&gloss, turn);
    for (size_t k = 0; k < count; k++) {
        const smpi_skin_node *node = job->nodes + k;
        float *out = job->expected + 3 * k;
        out[0] = out[1] = out[2] = 0.0f;
        if (!(node->n[2] > 0.0f))
            continue;
        out[0] = value_at(&shade, node->n);
        out[1] = value_at(&gloss, node->n);
        out[2] = node->rgb[2] > out[1] ? node->rgb[2] : out[1];
    }
    spread_out(job);
    settle(job);
}
