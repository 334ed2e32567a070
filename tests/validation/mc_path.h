/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Paths of light through two-layer skin, traced back from the eye, and what they meet: shared by
 * the Monte Carlo programs mc_dots.c and mc_fields.c.
 *
 * A path goes in straight down and comes out anywhere: seen backwards it is light that falls evenly
 * from all sides and reaches an eye above. Absorption is kept as lengths, so that one path serves
 * every skin and every pigment (perturbation Monte Carlo). Both layers scatter alike. */
#ifndef MC_PATH_H
#define MC_PATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define MC_INDEX 1.40
#define MC_COSINE 0.8
#define MC_EPIDERMIS 0.08
#define MC_ENTERS (1 - 0.4 * 0.4 / (2.4 * 2.4)) /* what the surface lets in, straight down */
#define MC_SEGMENTS 4096 /* kept of one path; what is longer is given up (none was met) */

typedef struct mc_rng {
    uint64_t state;
} mc_rng;

/* splitmix64: Steele, Lea, Flood 2014. */
static inline uint64_t mc_next(mc_rng *r)
{
    uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline double mc_uniform(mc_rng *r)
{
    return ((double)(mc_next(r) >> 11) + 0.5) / 9007199254740992.0;
}

static inline mc_rng mc_stream(uint64_t seed, uint64_t a, uint64_t b)
{
    mc_rng r = {seed * 0x9E3779B97F4A7C15u};
    r.state = mc_next(&r) ^ a;
    r.state = mc_next(&r) ^ b;
    mc_next(&r);
    return r;
}

typedef struct mc_segment {
    double x, y, z, u, v, w, length; /* from, direction, mm */
} mc_segment;

typedef struct mc_path {
    double epidermis, dermis; /* lengths */
    double weight;            /* from roulette */
    double highest, deepest;  /* segments are kept that reach between these depths */
    int count;
    mc_segment segment[MC_SEGMENTS];
} mc_path;

/* Henyey-Greenstein. */
static inline void mc_turn(double d[3], mc_rng *rng)
{
    const double g = MC_COSINE;
    double q = (1 - g * g) / (1 - g + 2 * g * mc_uniform(rng));
    double c = (1 + g * g - q * q) / (2 * g), s = sqrt(fmax(0, 1 - c * c));
    double phi = 6.283185307179586 * mc_uniform(rng), cp = cos(phi), sp = sin(phi);
    double x = d[0], y = d[1], z = d[2], t = sqrt(fmax(0, 1 - z * z));
    if (t < 1e-9) {
        d[0] = s * cp;
        d[1] = s * sp;
        d[2] = z > 0 ? c : -c;
        return;
    }
    d[0] = s * (x * z * cp - y * sp) / t + x * c;
    d[1] = s * (y * z * cp + x * sp) / t + y * c;
    d[2] = -s * cp * t + z * c;
}

/* Fresnel, unpolarised, from inside. */
static inline double mc_mirrored(double mu)
{
    double s2 = MC_INDEX * MC_INDEX * (1 - mu * mu);
    if (s2 >= 1)
        return 1;
    double out = sqrt(1 - s2), rs = (MC_INDEX * mu - out) / (MC_INDEX * mu + out);
    double rp = (mu - MC_INDEX * out) / (mu + MC_INDEX * out);
    return (rs * rs + rp * rp) / 2;
}

static inline void mc_keep(mc_path *p, const double at[3], const double d[3], double length)
{
    double end = at[2] + d[2] * length, cut = MC_EPIDERMIS;
    double above = 0; /* share of it in the epidermis */
    if (at[2] < cut && end < cut)
        above = 1;
    else if (at[2] < cut)
        above = (cut - at[2]) / (end - at[2]);
    else if (end < cut)
        above = (cut - end) / (at[2] - end);
    p->epidermis += above * length;
    p->dermis += (1 - above) * length;
    if (fmax(at[2], end) > p->highest && fmin(at[2], end) < p->deepest && p->count < MC_SEGMENTS)
        p->segment[p->count++] = (mc_segment){at[0], at[1], at[2], d[0], d[1], d[2], length};
}

/* One path; 1 when it came out. scatter in 1/mm; least: absorption of epidermis and dermis of the
 * skin that absorbs least, by which a hopeless path is given up (roulette). */
static inline int mc_trace(mc_path *p, double scatter, const double least[2], mc_rng *rng)
{
    double at[3] = {0, 0, 0}, d[3] = {0, 0, 1};
    p->epidermis = p->dermis = 0;
    p->weight = 1;
    p->count = 0;
    for (;;) {
        double length = -log(mc_uniform(rng)) / scatter;
        while (at[2] + d[2] * length < 0) {
            double part = -at[2] / d[2];
            mc_keep(p, at, d, part);
            if (mc_uniform(rng) >= mc_mirrored(-d[2]))
                return 1;
            for (int i = 0; i < 3; i++)
                at[i] += d[i] * part;
            at[2] = 0;
            d[2] = -d[2];
            length -= part;
        }
        mc_keep(p, at, d, length);
        for (int i = 0; i < 3; i++)
            at[i] += d[i] * length;
        if (p->weight * exp(-least[0] * p->epidermis - least[1] * p->dermis) < 0.05) {
            if (mc_uniform(rng) > 0.4)
                return 0;
            p->weight /= 0.4;
        }
        mc_turn(d, rng);
    }
}

/* From and to along a segment between two depths; 1 when there is any. */
static inline int mc_between(const mc_segment *s, double top, double bottom, double range[2])
{
    double a = 0, b = s->length;
    if (fabs(s->w) > 1e-12) {
        double t0 = (top - s->z) / s->w, t1 = (bottom - s->z) / s->w;
        a = fmax(a, fmin(t0, t1));
        b = fmin(b, fmax(t0, t1));
    } else if (s->z < top || s->z > bottom) {
        return 0;
    }
    range[0] = a;
    range[1] = b;
    return a < b;
}

/* Length within range inside an upright cylinder around (x, y). */
static inline double mc_inside(const mc_segment *s, const double range[2], double x, double y,
                               double radius)
{
    double dx = s->x - x, dy = s->y - y;
    double a = s->u * s->u + s->v * s->v, b = dx * s->u + dy * s->v;
    double c = dx * dx + dy * dy - radius * radius, q = b * b - a * c;
    if (a < 1e-14)
        return c < 0 ? range[1] - range[0] : 0;
    if (q <= 0)
        return 0;
    double root = sqrt(q), t0 = fmax(range[0], (-b - root) / a),
           t1 = fmin(range[1], (-b + root) / a);
    return t1 > t0 ? t1 - t0 : 0;
}

/* The parts of a path between two depths. */
typedef struct mc_slice {
    int count;
    double total; /* their length */
    struct {
        const mc_segment *s;
        double range[2], x, y, far; /* middle, half length */
    } part[MC_SEGMENTS];
} mc_slice;

static inline void mc_cut(const mc_path *p, double top, double bottom, mc_slice *out)
{
    out->count = 0;
    out->total = 0;
    for (int k = 0; k < p->count; k++) {
        const mc_segment *s = p->segment + k;
        double range[2], at;
        if (!mc_between(s, top, bottom, range))
            continue;
        at = (range[0] + range[1]) / 2;
        out->part[out->count].s = s;
        memcpy(out->part[out->count].range, range, sizeof range);
        out->part[out->count].x = s->x + at * s->u;
        out->part[out->count].y = s->y + at * s->v;
        out->part[out->count++].far = (range[1] - range[0]) / 2;
        out->total += range[1] - range[0];
    }
}

/* The point of the parts at a length along all of them. */
static inline void mc_point(const mc_slice *p, double along, double out[2])
{
    int k = 0;
    while (k < p->count - 1 && along > 2 * p->part[k].far)
        along -= 2 * p->part[k++].far;
    const mc_segment *g = p->part[k].s;
    out[0] = g->x + g->u * (along + p->part[k].range[0]);
    out[1] = g->y + g->v * (along + p->part[k].range[0]);
}

/* A disc of radius a blurred by a Gaussian, at distance r: numerically over rings of the Gaussian.
 */
static inline double mc_blurred(double a, double sigma, double r)
{
    double sum = 0;
    for (int i = 0; i < 200; i++) {
        double s = sigma * sqrt(-2 * log(1 - (i + 0.5) / 200.0));
        for (int k = 0; k < 32; k++) {
            double phi = 3.14159265358979 * (k + 0.5) / 32, x = r + s * cos(phi), y = s * sin(phi);
            sum += x * x + y * y < a * a;
        }
    }
    return sum / 6400;
}

#endif
