/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Perturbation Monte Carlo of pigment columns in two-layer skin: one set of paths, traced back from
 * the eye, serves every column, dose and skin. Writes what fit_dots.py fits. Not part of the
 * library: it uses the C library's mathematics.
 *
 * cc -O3 mc_dots.c -lm -o mc_dots && ./mc_dots PHOTONS > dots.bin
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RADII 13
#define DIAMETERS 7
#define TOPS 8
#define HEIGHTS 3
#define DOSES 6
#define SKINS 3
#define BANDS 3
#define BINS 40 /* of depth */
#define BIN_MM 0.02
#define INDEX 1.40
#define COSINE 0.8
#define EPIDERMIS 0.08

static const double radii[RADII] = {0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2.5};
static const double diameters[DIAMETERS] = {0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5};
static const double tops[TOPS] = {0.08, 0.10, 0.12, 0.16, 0.20, 0.26, 0.30, 0.40};
static const double heights[HEIGHTS] = {0.14, 0.26, 0.40};
static const double doses[DOSES] = {0.25, 0.5, 1, 2, 4, 8};
/* 450, 550, 650 nm: scattering, then epidermis and dermis absorption of light, medium, dark skin,
 * 1/mm (tests/data, skin_psf_reference). */
static const double scatter[BANDS] = {23.22, 21.87, 20.80};
static const double epidermis[BANDS][SKINS] = {
    {0.6999, 3.012, 8.792}, {0.3423, 1.528, 4.492}, {0.1991, 0.8788, 2.578}};
static const double dermis[BANDS][SKINS] = {
    {0.4504, 0.735, 1.257}, {0.2563, 0.3909, 0.7161}, {0.04035, 0.04794, 0.06532}};

static double sums[SKINS][DIAMETERS][TOPS][HEIGHTS][DOSES][RADII];
static double bare[SKINS];
static uint64_t state = 0x9E3779B97F4A7C15u;

static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 0.5) / 9007199254740992.0;
}

static void turn(double d[3])
{
    double q = (1 - COSINE * COSINE) / (1 - COSINE + 2 * COSINE * uniform());
    double c = (1 + COSINE * COSINE - q * q) / (2 * COSINE), s = sqrt(1 - c * c);
    double phi = 6.283185307179586 * uniform(), cp = cos(phi), sp = sin(phi);
    double x = d[0], y = d[1], z = d[2], t = sqrt(1 - z * z);
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

static double mirrored(double mu)
{
    double s2 = INDEX * INDEX * (1 - mu * mu);
    if (s2 >= 1)
        return 1;
    double out = sqrt(1 - s2), rs = (INDEX * mu - out) / (INDEX * mu + out);
    double rp = (mu - INDEX * out) / (mu + INDEX * out);
    return (rs * rs + rp * rp) / 2;
}

typedef struct path {
    double epidermis, dermis;
    float inside[RADII][DIAMETERS][BINS + 1]; /* length by depth, per column of that radius there */
    int touched[RADII];
} path;

static void note(path *p, const double at[3], const double d[3], double length)
{
    int parts = 3;
    double part = length / parts;
    for (int k = 0; k < parts; k++) {
        double s = part * (k + 0.5);
        double x = at[0] + d[0] * s, y = at[1] + d[1] * s, z = at[2] + d[2] * s;
        int bin = (int)(z / BIN_MM);
        if (z < EPIDERMIS)
            p->epidermis += part;
        else
            p->dermis += part;
        if (bin >= BINS || z < EPIDERMIS)
            continue;
        for (int r = 0; r < RADII; r++) {
            double dx = x - radii[r], q = dx * dx + y * y;
            if (q > 0.0625)
                continue;
            p->touched[r] = 1;
            for (int i = DIAMETERS - 1; i >= 0 && q <= diameters[i] * diameters[i] / 4; i--)
                p->inside[r][i][bin + 1] += (float)part;
        }
    }
}

static void score(path *p, double weight, int band)
{
    double w[SKINS];
    for (int s = 0; s < SKINS; s++) {
        w[s] = weight * exp(-epidermis[band][s] * p->epidermis - dermis[band][s] * p->dermis);
        bare[s] += w[s];
    }
    for (int r = 0; r < RADII; r++) {
        if (!p->touched[r])
            continue;
        for (int i = 0; i < DIAMETERS; i++) {
            float run[BINS + 1];
            run[0] = 0;
            for (int b = 1; b <= BINS; b++)
                run[b] = run[b - 1] + p->inside[r][i][b];
            if (run[BINS] == 0)
                continue;
            for (int t = 0; t < TOPS; t++)
                for (int h = 0; h < HEIGHTS; h++) {
                    int from = (int)(tops[t] / BIN_MM + 0.5);
                    int to = from + (int)(heights[h] / BIN_MM + 0.5);
                    double length = run[to] - run[from];
                    if (length <= 0)
                        continue;
                    double e = exp(-0.25 * length / heights[h]);
                    for (int k = 0; k < DOSES; k++, e *= e)
                        for (int s = 0; s < SKINS; s++)
                            sums[s][i][t][h][k][r] += w[s] * (1 - e);
                }
        }
    }
}

static void trace(int band)
{
    static path p;
    double at[3] = {0, 0, 0}, d[3] = {0, 0, 1}, weight = 1 - 0.4 * 0.4 / (2.4 * 2.4);
    memset(&p, 0, sizeof p);
    for (;;) {
        double length = -log(uniform()) / scatter[band];
        while (at[2] + d[2] * length < 0) {
            double part = -at[2] / d[2], r = mirrored(-d[2]);
            note(&p, at, d, part);
            score(&p, weight * (1 - r), band);
            for (int i = 0; i < 3; i++)
                at[i] += d[i] * part;
            at[2] = 0;
            d[2] = -d[2];
            length -= part;
            weight *= r;
            if (weight < 1e-6)
                return;
        }
        note(&p, at, d, length);
        for (int i = 0; i < 3; i++)
            at[i] += d[i] * length;
        if (weight * exp(-epidermis[band][0] * p.epidermis - dermis[band][0] * p.dermis) < 0.01) {
            if (uniform() > 0.3)
                return;
            weight /= 0.3;
        }
        turn(d);
    }
}

int main(int argc, char **argv)
{
    long photons = argc > 1 ? atol(argv[1]) : 20000;
    for (int band = 0; band < BANDS; band++) {
        memset(sums, 0, sizeof sums);
        memset(bare, 0, sizeof bare);
        for (long i = 0; i < photons; i++)
            trace(band);
        double *v = &sums[0][0][0][0][0][0];
        int each = (int)(sizeof sums / sizeof *v) / SKINS;
        for (int s = 0; s < SKINS; s++) {
            fprintf(stderr, "band %d skin %d bare %.4f\n", band, s, bare[s] / (double)photons);
            for (int i = 0; i < each; i++)
                v[s * each + i] /= bare[s];
        }
        fwrite(sums, sizeof sums, 1, stdout);
    }
    return 0;
}
