/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Adding-doubling for stacks of any layers, added from the bottom up. A beam's reflectance is what
 * isotropic light sends back in its direction (Helmholtz), so that one watched direction without
 * weight serves any angle. Equations: docs/model/optics.md, 2. */
#include "optics/stack.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

#define MOST (SMPI_STACK_ANGLES_MAX + 1)

void smpi_gauss(int count, double *node, double *weight)
{
    for (int i = 0; i < count; i++) {
        double x = smpi_cos(SMPI_PI * (i + 0.75) / (count + 0.5)), slope = 1;
        for (int turn = 0; turn < 8; turn++) {
            double before = 1, now = x;
            for (int k = 1; k < count; k++) {
                double next = ((2 * k + 1) * x * now - k * before) / (k + 1);
                before = now;
                now = next;
            }
            slope = count * (x * now - before) / (x * x - 1);
            x -= now / slope;
        }
        node[count - 1 - i] = (1 + x) / 2;
        weight[count - 1 - i] = 1 / ((1 - x * x) * slope * slope);
    }
}

/* ---- matrices: n x n, close together ------------------------------------------------------- */

/* c = a b; c is neither. */
static void multiply(int n, const double *a, const double *b, double *c)
{
    memset(c, 0, (size_t)n * (size_t)n * sizeof *c);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            double f = a[i * n + k];
            for (int j = 0; j < n; j++)
                c[i * n + j] += f * b[k * n + j];
        }
}

/* m becomes its inverse; no pivoting: every matrix here is near 1 or diagonally heavy. */
static void invert(int n, double *m)
{
    for (int p = 0; p < n; p++) {
        double scale = 1 / m[p * n + p];
        m[p * n + p] = 1;
        for (int j = 0; j < n; j++)
            m[p * n + j] *= scale;
        for (int i = 0; i < n; i++) {
            double f = m[i * n + p];
            if (i == p || f == 0)
                continue;
            m[i * n + p] = 0;
            for (int j = 0; j < n; j++)
                m[i * n + j] -= f * m[p * n + j];
        }
    }
}

/* out = (1 - a b)^-1 */
static void bounce(int n, const double *a, const double *b, double *out)
{
    multiply(n, a, b, out);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            out[i * n + j] = (i == j) - out[i * n + j];
    invert(n, out);
}

static void apply(int n, const double *m, const double *in, double *out)
{
    for (int i = 0; i < n; i++) {
        out[i] = 0;
        for (int j = 0; j < n; j++)
            out[i] += m[i * n + j] * in[j];
    }
}

/* ---- directions ----------------------------------------------------------------------------- */

/* Indices from the smallest up, each once; returns how many. */
static int sort_indices(const smpi_stack_light *light, const smp_layer *layers, uint32_t count,
                        double *edge, int room)
{
    int used = 0;
    for (uint32_t k = 0; k < count + 2; k++) {
        double n = k < count ? layers[k].index : k == count ? light->above : light->below;
        int at = 0;
        while (at < used && edge[at] < n)
            at++;
        if (at < used && edge[at] == n)
            continue;
        if (used == room)
            return room + 1;
        for (int i = used++; i > at; i--)
            edge[i] = edge[i - 1];
        edge[at] = n;
    }
    return used;
}

/* Between two indices a < b, Gauss nodes in v = sqrt(b^2 - s^2): radiance bends where a medium's
 * light begins to be mirrored wholly, as the root of the distance, and v is smooth there. */
static int place(smpi_directions *d, const smpi_stack_light *light, const double *edge, int sectors)
{
    double node[SMPI_STACK_ANGLES_MAX], weight[SMPI_STACK_ANGLES_MAX], low = 0;
    int each = light->angles / sectors;
    if (each < 2)
        return 0;
    smpi_gauss(each, node, weight);
    d->count = 0;
    d->moments = sectors == 1 ? each : 2 * each;
    for (int k = 0; k < sectors; k++) {
        double high = edge[k], span = sqrt(high * high - low * low);
        for (int i = each - 1; i >= 0; i--, d->count++) {
            double v = span * node[i];
            d->s2[d->count] = high * high - v * v;
            d->flux[d->count] = v * span * weight[i];
        }
        low = high;
    }
    d->s2[d->count] = light->s2;
    d->flux[d->count++] = 0;
    return 1;
}

/* Cosine in a medium of index n; 0 where no light of that s exists. */
static double cosine(double s2, double n)
{
    double c2 = 1 - s2 / (n * n);
    return c2 > 0 ? sqrt(c2) : 0;
}

/* Fresnel, unpolarised, from cosine c in index n to cosine d in index m. */
static double mirrored(double c, double n, double d, double m)
{
    double s = (n * c - m * d) / (n * c + m * d), p = (m * c - n * d) / (m * c + n * d);
    return d > 0 ? (s * s + p * p) / 2 : 1;
}

/* ---- a layer -------------------------------------------------------------------------------- */

typedef struct work {
    const smpi_directions *d;
    double *r, *t;                      /* of a layer */
    double *back;                       /* of all that is below */
    double *one, *two, *three;          /* scratch */
    double *same, *across;              /* scattering from j to i, weight of j included */
    double up[MOST], mu[MOST], w[MOST]; /* emerging light; cosine and weight in a layer */
} work;

/* Legendre polynomials by recurrence; delta-M (Wiscombe 1977) cuts the forward peak. */
static void phase(work *k, double g)
{
    int n = k->d->count, last = k->d->moments;
    double before[MOST], now[MOST], cut = 1, power = 1;
    for (int i = 0; i < last; i++)
        cut *= g;
    memset(k->same, 0, (size_t)n * (size_t)n * sizeof *k->same);
    memset(k->across, 0, (size_t)n * (size_t)n * sizeof *k->across);
    for (int i = 0; i < n; i++) {
        before[i] = 0;
        now[i] = 1;
    }
    for (int l = 0; l < last; l++, power *= g) {
        double chi = (2 * l + 1) * (power - cut) / (1 - cut), sign = l % 2 ? -1 : 1;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                double h = chi * now[i] * now[j] * k->w[j] / 2;
                k->same[i * n + j] += h;
                k->across[i * n + j] += sign * h;
            }
        for (int i = 0; i < n; i++) {
            double next = ((2 * l + 1) * k->mu[i] * now[i] - l * before[i]) / (l + 1);
            before[i] = now[i];
            now[i] = next;
        }
    }
}

/* Isotropic light must scatter into itself: what the nodes miss of 1 goes straight on, and the
 * watched direction, which has no weight to take it, is scaled. */
static void balance(work *k)
{
    int n = k->d->count, watched = n - 1;
    for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++)
            sum += k->same[i * n + j] + k->across[i * n + j];
        if (i != watched) {
            k->same[i * n + i] += 1 - sum;
            continue;
        }
        for (int j = 0; j < n; j++) {
            k->same[i * n + j] /= sum;
            k->across[i * n + j] /= sum;
        }
    }
}

/* Cosines and weights in a medium; dark directions get neither. */
static void enter(work *k, double n)
{
    for (int i = 0; i < k->d->count; i++) {
        k->mu[i] = cosine(k->d->s2[i], n);
        k->w[i] = k->mu[i] > 0 ? k->d->flux[i] / (n * n * k->mu[i]) : 0;
    }
}

/* The diamond rule for a layer so thin that radiance is straight through it. */
static void thin_layer(work *k, double absorb, double scatter, double depth)
{
    int n = k->d->count;
    double *alpha = k->one, *m = k->two, *g = k->three, *beta = k->across;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double f = k->mu[i] > 0 ? depth / (2 * k->mu[i]) : 0;
            double out = i == j ? absorb + scatter : 0;
            alpha[i * n + j] = f * (out - scatter * k->same[i * n + j]);
            beta[i * n + j] *= f * scatter;
            m[i * n + j] = alpha[i * n + j] + (i == j);
        }
    invert(n, m);
    multiply(n, m, beta, g);
    multiply(n, beta, g, m);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            m[i * n + j] = alpha[i * n + j] - m[i * n + j] + (i == j);
    invert(n, m);
    multiply(n, g, m, k->r);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            k->r[i * n + j] *= 2;
            k->t[i * n + j] = 2 * m[i * n + j] - (i == j);
            if (i == j && !(k->mu[i] > 0))
                k->t[i * n + j] = 0;
        }
}

/* Rounding would absorb a little at each doubling of a layer that absorbs nothing. */
static void conserve(work *k)
{
    int n = k->d->count;
    for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < n; j++)
            sum += k->r[i * n + j] + k->t[i * n + j];
        for (int j = 0; j < n && sum > 0; j++) {
            k->r[i * n + j] /= sum;
            k->t[i * n + j] /= sum;
        }
    }
}

static void double_layer(work *k)
{
    int n = k->d->count;
    bounce(n, k->r, k->r, k->one);
    multiply(n, k->t, k->one, k->two);
    multiply(n, k->two, k->r, k->one);
    multiply(n, k->one, k->t, k->three);
    for (int i = 0; i < n * n; i++)
        k->r[i] += k->three[i];
    multiply(n, k->two, k->t, k->three);
    memcpy(k->t, k->three, (size_t)n * (size_t)n * sizeof *k->t);
}

static double strongest(int n, const double *m)
{
    double most = 0;
    for (int i = 0; i < n * n; i++)
        most = fmax(most, fabs(m[i]));
    return most;
}

/* Without scattering nothing comes back. */
static void clear_layer(work *k, double depth)
{
    int n = k->d->count;
    memset(k->r, 0, (size_t)n * (size_t)n * sizeof *k->r);
    memset(k->t, 0, (size_t)n * (size_t)n * sizeof *k->t);
    for (int i = 0; i < n; i++)
        k->t[i * n + i] = k->mu[i] > 0 ? smpi_exp(-depth / k->mu[i]) : 0;
}

/* A doubled layer starts at this optical depth over the flattest cosine: the diamond rule is then
 * right to 1e-6. */
#define THIN 0.01
#define ENDLESS_LEFT 1e-13 /* of an endless layer, what may still pass */
#define DOUBLINGS 80

static void layer_make(work *k, const smp_layer *layer)
{
    int n = k->d->count, doublings = 0, endless = isinf(layer->thickness_mm);
    double cut = 1, flattest = 1;
    enter(k, layer->index);
    if (!(layer->scattering_per_mm > 0)) {
        clear_layer(k, endless ? 1e9 : layer->absorption_per_mm * layer->thickness_mm);
        return;
    }
    phase(k, layer->anisotropy);
    balance(k);
    for (int i = 0; i < k->d->moments; i++)
        cut *= layer->anisotropy;
    for (int i = 0; i < n; i++)
        if (k->mu[i] > 0)
            flattest = fmin(flattest, k->mu[i]);
    double scatter = layer->scattering_per_mm * (1 - cut);
    double thin = THIN * flattest / (layer->absorption_per_mm + scatter);
    double depth = endless ? thin : layer->thickness_mm;
    for (; depth > thin && doublings < DOUBLINGS; doublings++)
        depth /= 2;
    thin_layer(k, layer->absorption_per_mm, scatter, depth);
    for (int i = 0; endless ? i < DOUBLINGS && strongest(n, k->t) > ENDLESS_LEFT : i < doublings;
         i++) {
        double_layer(k);
        if (!(layer->absorption_per_mm > 0))
            conserve(k);
    }
    if (endless)
        memset(k->t, 0, (size_t)n * (size_t)n * sizeof *k->t);
}

/* ---- the stack ------------------------------------------------------------------------------ */

/* The layer over what is below: back and up become those of both. */
static void add_layer(work *k)
{
    int n = k->d->count;
    double before[MOST];
    bounce(n, k->back, k->r, k->one);
    multiply(n, k->t, k->one, k->two);
    memcpy(before, k->up, sizeof before);
    apply(n, k->two, before, k->up);
    multiply(n, k->two, k->back, k->one);
    multiply(n, k->one, k->t, k->back);
    for (int i = 0; i < n * n; i++)
        k->back[i] += k->r[i];
}

/* A surface over what is below, from index above to index below. mirror 0 leaves out what it sends
 * back of light that comes from above. */
static void add_surface(work *k, double above, double below, int mirror)
{
    int n = k->d->count;
    double first[MOST], pass[MOST], before[MOST];
    if (above == below)
        return;
    memset(k->r, 0, (size_t)n * (size_t)n * sizeof *k->r);
    for (int i = 0; i < n; i++) {
        double c = cosine(k->d->s2[i], above), d = cosine(k->d->s2[i], below);
        double both = c > 0 && d > 0 ? mirrored(c, above, d, below) : 1;
        first[i] = mirror && c > 0 ? both : 0;
        pass[i] = 1 - both;
        k->r[i * n + i] = d > 0 ? both : 0;
    }
    bounce(n, k->back, k->r, k->one);
    memcpy(before, k->up, sizeof before);
    apply(n, k->one, before, k->up);
    multiply(n, k->one, k->back, k->two);
    for (int i = 0; i < n; i++) {
        k->up[i] *= pass[i];
        for (int j = 0; j < n; j++)
            k->back[i * n + j] = pass[i] * k->two[i * n + j] * pass[j] + (i == j ? first[i] : 0);
    }
}

size_t smpi_stack_scratch(int angles)
{
    size_t n = (size_t)angles + 1;
    return 8 * n * n;
}

smp_status smpi_stack_solve(const smpi_stack_light *light, const smp_layer *layers, uint32_t count,
                            double *scratch, double result[2])
{
    smpi_directions d;
    work k;
    double edge[SMPI_STACK_ANGLES_MAX / 2], sum[3] = {0, 0, 0}, below = light->below;
    int sectors = sort_indices(light, layers, count, edge, SMPI_STACK_ANGLES_MAX / 2);
    if (sectors > SMPI_STACK_ANGLES_MAX / 2 || !place(&d, light, edge, sectors))
        return SMP_ERR_LIMIT;
    size_t square = (size_t)d.count * (size_t)d.count;
    double **part[8] = {&k.r, &k.t, &k.back, &k.one, &k.two, &k.three, &k.same, &k.across};
    for (size_t i = 0; i < 8; i++)
        *part[i] = scratch + i * square;
    k.d = &d;
    memset(k.back, 0, square * sizeof *k.back);
    for (int i = 0; i < d.count; i++)
        k.up[i] = cosine(d.s2[i], below) > 0 ? 1 : 0;
    for (uint32_t i = count; i-- > 0;) {
        add_surface(&k, layers[i].index, below, 1);
        layer_make(&k, layers + i);
        add_layer(&k);
        below = layers[i].index;
    }
    add_surface(&k, light->above, below, light->mirror);
    for (int i = light->diffuse ? 0 : d.count - 1; i < d.count; i++) {
        double weight = light->diffuse ? d.flux[i] : 1, out = 0;
        if (!(cosine(d.s2[i], light->above) > 0))
            continue;
        for (int j = 0; j < d.count; j++)
            out += cosine(d.s2[j], light->above) > 0 ? k.back[i * d.count + j] : 0;
        sum[0] += weight;
        sum[1] += weight * out;
        sum[2] += weight * k.up[i];
    }
    result[0] = sum[1] / sum[0];
    result[1] = sum[2] / sum[0];
    return SMP_OK;
}
