/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Monte Carlo of plane layers, for checks of the layered solver: analog photons in one dimension,
 * Henyey and Greenstein, Fresnel at every change of index. Prints reflectance (with what the first
 * surface mirrors) and transmittance with standard errors. Not part of the library: it uses the C
 * library's mathematics.
 *
 * cc -O2 mc_layers.c -lm -o mc_layers
 * ./mc_layers PHOTONS COSINE ABOVE BELOW {ABSORPTION SCATTERING ANISOTROPY INDEX THICKNESS}...
 * COSINE of the beam in the medium above, or 0 for diffuse light; ABOVE, BELOW indices; 1/mm, mm.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define LAYERS 16

typedef struct layer {
    double absorb, scatter, g, n, top, bottom;
} layer;

static uint64_t state = 0x9E3779B97F4A7C15u;

static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 0.5) / 9007199254740992.0;
}

/* Share that a surface mirrors, from cosine c in index n into index m; *d the cosine there. */
static double mirrored(double c, double n, double m, double *d)
{
    double s2 = n * n * (1 - c * c) / (m * m);
    if (s2 >= 1)
        return 1;
    *d = sqrt(1 - s2);
    double s = (n * c - m * *d) / (n * c + m * *d), p = (m * c - n * *d) / (m * c + n * *d);
    return (s * s + p * p) / 2;
}

/* The cosine after a turn: only the angle to the normal matters in one dimension. */
static double turn(double mu, double g)
{
    double q = (1 - g * g) / (1 - g + 2 * g * uniform());
    double c = g == 0 ? 2 * uniform() - 1 : (1 + g * g - q * q) / (2 * g);
    double s = sqrt(fmax(0, (1 - c * c) * (1 - mu * mu)));
    return fmin(1, fmax(-1, mu * c + s * cos(6.283185307179586 * uniform())));
}

/* Where one photon ends: -1 above, 1 below, 0 inside. */
static int trace(const layer *l, int count, const double around[2], double cosine)
{
    double mu = cosine > 0 ? cosine : sqrt(uniform()), z = 0, d = mu;
    int k = 0;
    if (uniform() < mirrored(mu, around[0], l[0].n, &d))
        return -1;
    mu = d;
    for (;;) {
        double ext = l[k].absorb + l[k].scatter;
        double way = ext > 0 ? -log(uniform()) / ext : 1e30;
        double edge = mu > 0 ? l[k].bottom : l[k].top;
        if (z + way * mu > l[k].top && z + way * mu < l[k].bottom) {
            z += way * mu;
            if (uniform() * ext < l[k].absorb)
                return 0;
            mu = turn(mu, l[k].g);
            continue;
        }
        int next = mu > 0 ? k + 1 : k - 1;
        double n = next < 0 ? around[0] : next == count ? around[1] : l[next].n;
        z = edge;
        if (uniform() < mirrored(fabs(mu), l[k].n, n, &d)) {
            mu = -mu;
            continue;
        }
        if (next < 0 || next == count)
            return next < 0 ? -1 : 1;
        mu = mu > 0 ? d : -d;
        k = next;
    }
}

int main(int argc, char **argv)
{
    layer l[LAYERS];
    int count = (argc - 5) / 5;
    double top = 0, ends[3] = {0, 0, 0};
    if (argc < 10 || count * 5 != argc - 5 || count > LAYERS) {
        fprintf(stderr, "usage: mc_layers PHOTONS COSINE ABOVE BELOW {MUA MUS G N MM}...\n");
        return 2;
    }
    double photons = atof(argv[1]), cosine = atof(argv[2]);
    double around[2] = {atof(argv[3]), atof(argv[4])};
    for (int i = 0; i < count; i++) {
        char **a = argv + 5 + 5 * i;
        l[i] = (layer){atof(a[0]), atof(a[1]), atof(a[2]), atof(a[3]), top, top + atof(a[4])};
        top = l[i].bottom;
    }
    for (double i = 0; i < photons; i++)
        ends[trace(l, count, around, cosine) + 1]++;
    double r = ends[0] / photons, t = ends[2] / photons;
    printf("R %.6f +- %.6f   T %.6f +- %.6f\n", r, sqrt(r * (1 - r) / photons), t,
           sqrt(t * (1 - t) / photons));
    return 0;
}
