/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Adding-doubling: thin layers by the diamond rule, doubled; stacks added from the surface down.
 * Method: Prahl, in Optical-Thermal Response of Laser-Irradiated Tissue, 1995, ch. 5; delta-M:
 * Wiscombe 1977. Here operators act on radiance, so that they combine as plain matrices. */
#include "optics/layers.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

#define N SMPI_ANGLES_MAX

/* Gauss-Legendre and Gauss-Radau (node at 1) on [0, 1]: node, weight; roots of the Legendre
 * polynomials to 40 digits, rounded. */
static const double gauss4[4][2] = {{0.069431844202973712, 0.17392742256872693},
                                    {0.33000947820757187, 0.32607257743127307},
                                    {0.66999052179242813, 0.32607257743127307},
                                    {0.93056815579702629, 0.17392742256872693}};
static const double gauss8[8][2] = {
    {0.019855071751231884, 0.05061426814518813}, {0.10166676129318663, 0.11119051722668724},
    {0.23723379504183551, 0.15685332293894364},  {0.4082826787521751, 0.18134189168918099},
    {0.5917173212478249, 0.18134189168918099},   {0.76276620495816449, 0.15685332293894364},
    {0.89833323870681337, 0.11119051722668724},  {0.98014492824876812, 0.05061426814518813}};
static const double radau4[4][2] = {{0.088587959512703947, 0.22046221117676838},
                                    {0.40946686444073471, 0.38819346884317188},
                                    {0.78765946176084706, 0.32884431998005974},
                                    {1.0, 0.0625}};
static const double radau8[8][2] = {
    {0.022479386438712498, 0.0572544073721286},  {0.11467905316090423, 0.12482395066493248},
    {0.26578982278458947, 0.17350739781725064},  {0.45284637366944462, 0.1957860837262468},
    {0.64737528288683036, 0.18825877269455928},  {0.81975930826310764, 0.15206531032339256},
    {0.94373743946307785, 0.092679077401489639}, {1.0, 0.015625}};
static const double radau16[16][2] = {
    {0.0056406889725117098, 0.014448569508407164}, {0.029482298647942487, 0.033094754305068217},
    {0.07141295311515884, 0.050497839810891954},   {0.12983102555359106, 0.065962849966534067},
    {0.20249275505010405, 0.07889346090210101},    {0.28660608625752706, 0.088792396376369756},
    {0.37893868864697804, 0.095279147127677544},   {0.47594230846323486, 0.098104394119515841},
    {0.57388916090668588, 0.097159544855783922},   {0.66901519502995988, 0.09248089074433268},
    {0.75766473903134271, 0.084248198924961245},   {0.83643096060561012, 0.072777772610101121},
    {0.90228670067937803, 0.058510176551930029},   {0.95270040990583331, 0.041992640722482589},
    {0.98573054526317423, 0.02385111347384286},    {1.0, 0.00390625}};

/* Fresnel, from inside: cosine mu in the stack of index n. */
static double mirrored(double mu, double n)
{
    double s2 = n * n * (1 - mu * mu);
    if (s2 >= 1)
        return 1;
    double out = sqrt(1 - s2);
    double rs = (n * mu - out) / (n * mu + out), rp = (mu - n * out) / (mu + n * out);
    return (rs * rs + rp * rp) / 2;
}

/* Nodes: Gauss below the critical angle, Radau above; Radau alone for a matched surface. */
static void place_nodes(smpi_angles *a)
{
    int half = a->count / 2;
    double split = a->n > 1 ? sqrt(1 - 1 / (a->n * a->n)) : 0;
    const double(*low)[2] = half == 4 ? gauss4 : gauss8;
    const double(*high)[2] = half == 4 ? radau4 : radau8;
    for (int i = 0; i < a->count; i++) {
        if (split == 0) {
            const double(*all)[2] = half == 4 ? radau8 : radau16;
            a->mu[i] = all[i][0];
            a->weight[i] = all[i][1];
        } else if (i < half) {
            a->mu[i] = split * low[i][0];
            a->weight[i] = split * low[i][1];
        } else {
            a->mu[i] = split + (1 - split) * high[i - half][0];
            a->weight[i] = (1 - split) * high[i - half][1];
        }
        a->mirror[i] = mirrored(a->mu[i], a->n);
    }
}

void smpi_angles_init(smpi_angles *a, int count, double n, double g)
{
    memset(a, 0, sizeof *a);
    a->count = count;
    a->n = n;
    a->g = g;
    place_nodes(a);
    double before[N], now[N], cut = 1, power = 1;
    for (int k = 0; k < count; k++)
        cut *= g;
    for (int i = 0; i < count; i++) {
        before[i] = 0;
        now[i] = 1;
    }
    for (int k = 0; k < count; k++, power *= g) {
        double chi = (2 * k + 1) * (power - cut) / (1 - cut), sign = k % 2 ? -1 : 1;
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++) {
                double h = chi * now[i] * now[j] * a->weight[j] / 2;
                a->same[i * N + j] += h;
                a->across[i * N + j] += sign * h;
            }
        for (int i = 0; i < count; i++) {
            double next = ((2 * k + 1) * a->mu[i] * now[i] - k * before[i]) / (k + 1);
            before[i] = now[i];
            now[i] = next;
        }
    }
}

/* c = a b; c may be a, not b. */
static void multiply(int n, const double *a, const double *b, double *c)
{
    for (int i = 0; i < n; i++) {
        double row[N] = {0};
        for (int k = 0; k < n; k++)
            for (int j = 0; j < n; j++)
                row[j] += a[i * N + k] * b[k * N + j];
        memcpy(c + i * N, row, (size_t)n * sizeof *row);
    }
}

/* m becomes its inverse; no pivoting, since every matrix here is near 1 or diagonally heavy. */
static void invert(int n, double *m)
{
    for (int p = 0; p < n; p++) {
        double scale = 1 / m[p * N + p];
        m[p * N + p] = 1;
        for (int j = 0; j < n; j++)
            m[p * N + j] *= scale;
        for (int i = 0; i < n; i++) {
            double f = m[i * N + p];
            if (i == p)
                continue;
            m[i * N + p] = 0;
            for (int j = 0; j < n; j++)
                m[i * N + j] -= f * m[p * N + j];
        }
    }
}

/* out = (1 - a b)^-1 */
static void bounce(int n, const double *a, const double *b, double *out)
{
    multiply(n, a, b, out);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            out[i * N + j] = (i == j) - out[i * N + j];
    invert(n, out);
}

/* The diamond rule for a layer so thin that radiance is straight through it. */
static void thin_slab(const smpi_angles *a, double absorb, double scatter, double d, smpi_slab *s)
{
    int n = a->count;
    double cut = 1, alpha[N * N], g[N * N], m[N * N];
    double beta[N * N] = {0};
    for (int k = 0; k < n; k++)
        cut *= a->g;
    scatter *= 1 - cut;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double f = d / (2 * a->mu[i]);
            alpha[i * N + j] = f * ((i == j ? absorb + scatter : 0) - scatter * a->same[i * N + j]);
            beta[i * N + j] = f * scatter * a->across[i * N + j];
            m[i * N + j] = alpha[i * N + j] + (i == j);
        }
    invert(n, m);
    multiply(n, m, beta, g);
    multiply(n, beta, g, m);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            m[i * N + j] = alpha[i * N + j] - m[i * N + j] + (i == j);
    invert(n, m);
    multiply(n, g, m, s->r);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            s->r[i * N + j] *= 2;
            s->t[i * N + j] = 2 * m[i * N + j] - (i == j);
        }
}

static void double_slab(int n, smpi_slab *s)
{
    double k[N * N], tk[N * N], m[N * N];
    bounce(n, s->r, s->r, k);
    multiply(n, s->t, k, tk);
    multiply(n, tk, s->r, m);
    multiply(n, m, s->t, k);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s->r[i * N + j] += k[i * N + j];
    multiply(n, tk, s->t, m);
    memcpy(s->t, m, sizeof m);
}

static double strongest(int n, const double *m)
{
    double most = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            most = fmax(most, fabs(m[i * N + j]));
    return most;
}

void smpi_slab_make(const smpi_angles *a, const smpi_layer *layer, smpi_slab *slab)
{
    int doublings = 0, endless = layer->thickness >= SMPI_LAYER_ENDLESS;
    double thin = 0.05 * a->mu[0] / (layer->absorb + layer->scatter);
    double d = endless ? thin : layer->thickness;
    memset(slab, 0, sizeof *slab);
    for (; d > thin && doublings < 60; doublings++)
        d /= 2;
    thin_slab(a, layer->absorb, layer->scatter, d, slab);
    for (int i = 0; i < doublings; i++)
        double_slab(a->count, slab);
    if (!endless)
        return;
    for (int i = 0; i < 60 && strongest(a->count, slab->t) > 1e-6; i++)
        double_slab(a->count, slab);
    memset(slab->t, 0, sizeof slab->t);
}

/* The part of a stack above some depth, lit and watched from above. */
typedef struct front {
    double mirror[N * N]; /* what it sends back down of radiance that comes from below */
    double light[N];      /* radiance that comes down out of it, for a straight beam of flux 1 */
    double view[N];       /* the share of upward radiance below it that leaves at the top */
    double direct;        /* reflectance with nothing below */
} front;

static void front_init(const smpi_angles *a, front *f)
{
    int last = a->count - 1;
    memset(f, 0, sizeof *f);
    for (int i = 0; i < a->count; i++) {
        f->mirror[i * N + i] = a->mirror[i];
        f->view[i] = a->mu[i] * a->weight[i] * (1 - a->mirror[i]);
    }
    f->light[last] = (1 - a->mirror[last]) / (a->mu[last] * a->weight[last]);
}

/* Radiance just below the front when what follows reflects as r: down, up, and the shares of down
 * and up radiance there that leave at the top in the end. keep receives (1 - r mirror)^-1. */
typedef struct between {
    double down[N], up[N], down_view[N], up_view[N], keep[N * N];
} between;

static void meet(int n, const front *f, const double *r, between *b)
{
    double once[N] = {0};
    memset(b, 0, sizeof *b);
    bounce(n, r, f->mirror, b->keep);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            once[i] += r[i * N + j] * f->light[j];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            b->up[i] += b->keep[i * N + j] * once[j];
            b->up_view[j] += f->view[i] * b->keep[i * N + j];
        }
    for (int i = 0; i < n; i++) {
        b->down[i] += f->light[i];
        for (int j = 0; j < n; j++) {
            b->down[i] += f->mirror[i * N + j] * b->up[j];
            b->down_view[j] += b->up_view[i] * r[i * N + j];
        }
    }
}

static double seen(int n, const front *f, const between *b)
{
    double sum = f->direct;
    for (int i = 0; i < n; i++)
        sum += f->view[i] * b->up[i];
    return sum;
}

static void front_add(int n, front *f, const smpi_slab *s)
{
    between b;
    double m[N * N], tm[N * N], light[N] = {0}, view[N] = {0};
    meet(n, f, s->r, &b);
    f->direct = seen(n, f, &b);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            light[i] += s->t[i * N + j] * b.down[j];
            view[j] += b.up_view[i] * s->t[i * N + j];
        }
    multiply(n, f->mirror, b.keep, m);
    multiply(n, s->t, m, tm);
    multiply(n, tm, s->t, f->mirror);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            f->mirror[i * N + j] += s->r[i * N + j];
    memcpy(f->light, light, sizeof light);
    memcpy(f->view, view, sizeof view);
}

double smpi_layers_reflect(const smpi_angles *a, const smpi_layer *layers, int count,
                           double *through)
{
    int n = a->count;
    smpi_slab slab;
    front f;
    between b;
    front_init(a, &f);
    for (int i = 0; i < count; i++) {
        smpi_slab_make(a, layers + i, &slab);
        front_add(n, &f, &slab);
    }
    memset(slab.r, 0, sizeof slab.r);
    for (int i = 0; i < n; i++)
        slab.r[i * N + i] = a->mirror[i];
    meet(n, &f, slab.r, &b);
    if (through)
        *through = 0;
    for (int i = 0; through && i < n; i++)
        *through += a->mu[i] * a->weight[i] * (1 - a->mirror[i]) * b.down[i];
    return seen(n, &f, &b);
}

double smpi_two_layers(const smpi_angles *a, const smpi_slab *top, const smpi_slab *below)
{
    front f;
    between b;
    front_init(a, &f);
    front_add(a->count, &f, top);
    meet(a->count, &f, below->r, &b);
    return seen(a->count, &f, &b);
}

/* What all layers below some depth of the top layer send back: the rest of it over the endless one.
 */
static void put_over(int n, const smpi_slab *s, double *r)
{
    double k[N * N], m[N * N], tm[N * N];
    bounce(n, r, s->r, k);
    multiply(n, k, r, m);
    multiply(n, s->t, m, tm);
    multiply(n, tm, s->t, r);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            r[i * N + j] += s->r[i * N + j];
}

/* What scattering at one place adds: isotropic scattering takes light out of each direction and
 * sends it evenly into all. */
static double scattered(const smpi_angles *a, const between *b)
{
    double out = 0, mean = 0, seen_of = 0;
    for (int k = 0; k < a->count; k++) {
        out += (b->down_view[k] * b->down[k] + b->up_view[k] * b->up[k]) / a->mu[k];
        mean += a->weight[k] * (b->down[k] + b->up[k]) / 2;
        seen_of += (b->down_view[k] + b->up_view[k]) / a->mu[k];
    }
    return mean * seen_of - out;
}

double smpi_two_layers_depths(const smpi_angles *a, const smpi_layer layers[2],
                              const smpi_depths *depths)
{
    return smpi_two_layers_gains(a, layers, depths, NULL);
}

double smpi_two_layers_gains(const smpi_angles *a, const smpi_layer layers[2],
                             const smpi_depths *depths, double *gain)
{
    int n = a->count;
    double bare = 0, below[8][N * N];
    smpi_layer step = layers[0];
    smpi_slab slab[2], endless;
    front f;
    between b;
    for (int k = 0; k < 2; k++) {
        step = layers[k];
        step.thickness = depths->step;
        smpi_slab_make(a, &step, slab + k);
    }
    smpi_slab_make(a, layers + 1, &endless);
    memcpy(below[depths->in_top], endless.r, sizeof endless.r);
    for (int i = depths->in_top - 1; i >= 0; i--) {
        memcpy(below[i], below[i + 1], sizeof endless.r);
        put_over(n, slab, below[i]);
    }
    front_init(a, &f);
    for (int i = 0; i < depths->count; i++) {
        meet(n, &f, below[i < depths->in_top ? i : depths->in_top], &b);
        if (i == 0)
            bare = seen(n, &f, &b);
        depths->loss[i] = 0;
        for (int k = 0; k < n; k++)
            depths->loss[i] +=
                (b.down_view[k] * b.down[k] + b.up_view[k] * b.up[k]) / (a->mu[k] * bare);
        if (gain)
            gain[i] = scattered(a, &b) / bare;
        front_add(n, &f, slab + (i >= depths->in_top));
    }
    return bare;
}
