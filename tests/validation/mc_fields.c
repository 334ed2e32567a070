/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Monte Carlo of neighbours: two equal columns at a distance, and square lattices of columns. The
 * check on how dots combine (tests/data/dot_pairs.csv, dot_fields.csv).
 *
 *   build/release/tests/mc_fields pairs 200000 8 > tests/data/dot_pairs.csv
 *   build/release/tests/mc_fields fields 200000 9 > tests/data/dot_fields.csv
 *
 * pairs   contrast at the middle of one, halfway, 0.2 mm beyond the middle of one on the far side,
 *         and the integral over the skin of both
 * fields  mean reflectance over that of the bare skin
 * each with its standard error, from 64 batches. */
#include <stdio.h>
#include <stdlib.h>

#include "mc_path.h"
#include "optics/skin.h"

#define BATCHES 64
#define SKINS 3
#define DOTS 6
#define GAPS 4
#define PITCHES 2
#define TURNS 4 /* random places of a lattice over one path */
#define VALUES 4
#define CASES (DOTS * GAPS)
#define PI 3.14159265358979

static const float skins[SKINS][3] = {{0.006f, 0.011f, 1}, {0.03f, 0.018f, 4}, {0.09f, 0.035f, 6}};
static const int wavelengths[3] = {450, 550, 650};
/* diameter, top, height, dose */
static const double dots[DOTS][4] = {{0.25, 0.10, 0.25, 2}, {0.3, 0.10, 0.25, 2},
                                     {0.2, 0.12, 0.25, 1},  {0.4, 0.20, 0.30, 3},
                                     {0.5, 0.10, 0.25, 2},  {0.25, 0.30, 0.25, 2}};
static const double gaps[GAPS] = {0.15, 0.3, 0.5, 0.8};
static const double pitches[PITCHES] = {1.0, 0.70710678};

typedef struct tally {
    double bare[SKINS], value[CASES][SKINS][VALUES];
} tally;

typedef struct scene {
    double absorb[SKINS][2], scatter, least[2];
    int fields;
    mc_path path;
    mc_slice slice;
    mc_rng rng;
} scene;

static double inside(const mc_slice *s, double x, double y, double radius)
{
    double sum = 0;
    for (int k = 0; k < s->count; k++) {
        double dx = s->part[k].x - x, dy = s->part[k].y - y, far = radius + s->part[k].far;
        if (dx * dx + dy * dy <= far * far)
            sum += mc_inside(s->part[k].s, s->part[k].range, x, y, radius);
    }
    return sum;
}

static void add(const scene *s, const double *w, double absorbed, double times, int value,
                double out[SKINS][VALUES])
{
    (void)s;
    for (int k = 0; k < SKINS; k++)
        out[k][value] += w[k] * (1 - exp(-absorbed)) * times;
}

static void score_pair(scene *s, const double *w, const double *dot, double gap,
                       double out[SKINS][VALUES])
{
    const double at[3] = {0, -gap / 2, 0.2}, a = dot[0] / 2, per = dot[3] / dot[2];
    for (int k = 0; k < 3; k++) { /* the eye is at 0: one column at at[k], one beyond it */
        double both = inside(&s->slice, at[k], 0, a) + inside(&s->slice, at[k] + gap, 0, a);
        if (both > 0)
            add(s, w, per * both, 1, k, out);
    }
    double left = s->slice.total * mc_uniform(&s->rng), r = a * sqrt(mc_uniform(&s->rng));
    double phi = 2 * PI * mc_uniform(&s->rng), other = mc_uniform(&s->rng) < 0.5 ? 0 : gap;
    double p[2];
    if (s->slice.count == 0)
        return;
    mc_point(&s->slice, left, p);
    double x = p[0] + r * cos(phi) - other, y = p[1] + r * sin(phi);
    double both = inside(&s->slice, x, y, a) + inside(&s->slice, x + gap, y, a);
    if (both > 0)
        add(s, w, per * both, 2 * s->slice.total * PI * a * a / both, 3, out);
}

/* Length of a path in a lattice of columns. */
static double in_lattice(const mc_slice *s, double x0, double y0, double pitch, double radius)
{
    double sum = 0;
    for (int k = 0; k < s->count; k++) {
        double x = s->part[k].x - x0, y = s->part[k].y - y0, far = radius + s->part[k].far;
        for (double i = ceil((x - far) / pitch); i * pitch <= x + far; i++)
            for (double j = ceil((y - far) / pitch); j * pitch <= y + far; j++)
                sum += mc_inside(s->part[k].s, s->part[k].range, x0 + i * pitch, y0 + j * pitch,
                                 radius);
    }
    return sum;
}

static void score(scene *s, tally *t)
{
    double w[SKINS];
    for (int k = 0; k < SKINS; k++) {
        w[k] = s->path.weight *
               exp(-s->absorb[k][0] * s->path.epidermis - s->absorb[k][1] * s->path.dermis);
        t->bare[k] += w[k];
    }
    for (int d = 0; d < DOTS; d++) {
        mc_cut(&s->path, dots[d][1], dots[d][1] + dots[d][2], &s->slice);
        for (int g = 0; g < (s->fields ? PITCHES : GAPS); g++) {
            double(*out)[VALUES] = t->value[d * GAPS + g];
            if (!s->fields)
                score_pair(s, w, dots[d], gaps[g], out);
            for (int k = 0; s->fields && k < TURNS; k++) {
                double x = pitches[g] * mc_uniform(&s->rng), y = pitches[g] * mc_uniform(&s->rng);
                double length = in_lattice(&s->slice, x, y, pitches[g], dots[d][0] / 2);
                add(s, w, dots[d][3] / dots[d][2] * length, 1.0 / TURNS, 0, out);
            }
        }
    }
}

static void prepare(scene *s, int nm)
{
    s->least[0] = s->least[1] = 1e9;
    s->path.highest = 0.08;
    s->path.deepest = 0.6;
    for (int k = 0; k < SKINS; k++) {
        smp_skin skin;
        smpi_layer layers[2];
        smp_skin_init(&skin);
        skin.melanin = skins[k][0];
        skin.blood = skins[k][1];
        skin.yellow_um = skins[k][2];
        smpi_skin_layers(&skin, (nm - 380) / 10, layers);
        s->scatter = layers[1].scatter;
        for (int i = 0; i < 2; i++) {
            s->absorb[k][i] = layers[i].absorb;
            s->least[i] = fmin(s->least[i], layers[i].absorb);
        }
    }
}

static double mean_of(const tally *t, int i, int skin, int value, double *error)
{
    double all = 0, bare = 0, sum = 0, square = 0;
    for (int k = 0; k < BATCHES; k++) {
        double ratio = t[k].value[i][skin][value] / t[k].bare[skin];
        all += t[k].value[i][skin][value];
        bare += t[k].bare[skin];
        sum += ratio;
        square += ratio * ratio;
    }
    *error = sqrt(fmax(0, (square - sum * sum / BATCHES) / (BATCHES - 1)) / BATCHES);
    return all / bare;
}

static void print(const scene *s, const tally *t, int nm)
{
    for (int k = 0; k < SKINS; k++)
        for (int d = 0; d < DOTS; d++)
            for (int g = 0; g < (s->fields ? PITCHES : GAPS); g++) {
                double error, v = mean_of(t, d * GAPS + g, k, 0, &error);
                printf("%d,%g,%g,%g,%g,%g,%g,%g,", nm, (double)skins[k][0], (double)skins[k][1],
                       (double)skins[k][2], dots[d][0], dots[d][1], dots[d][2], dots[d][3]);
                if (s->fields) {
                    printf("%g,%.4f,%.4f\n", pitches[g], 1 - v, error);
                    continue;
                }
                printf("%g,%.4f,%.4f", gaps[g], v, error);
                for (int i = 1; i < VALUES; i++) {
                    v = mean_of(t, d * GAPS + g, k, i, &error);
                    printf(",%.4f,%.4f", v, error);
                }
                printf("\n");
            }
}

int main(int argc, char **argv)
{
    static scene s;
    static tally t[BATCHES];
    if (argc != 4)
        return 1;
    s.fields = argv[1][0] == 'f';
    long photons = atol(argv[2]) / BATCHES;
    printf("# computed by tests/validation/mc_fields.c, %s paths per wavelength, seed %s\n",
           argv[2], argv[3]);
    printf("nm,melanin,blood,yellow_um,diameter,top,height,dose,%s\n",
           s.fields ? "pitch,mean,mean_se"
                    : "gap,c0,c0_se,between,between_se,beside,beside_se,integral,integral_se");
    for (int i = 0; i < 3; i++) {
        memset(t, 0, sizeof t);
        prepare(&s, wavelengths[i]);
        for (int batch = 0; batch < BATCHES; batch++) {
            s.rng = mc_stream((uint64_t)atol(argv[3]), (uint64_t)wavelengths[i], (uint64_t)batch);
            for (long k = 0; k < photons; k++)
                if (mc_trace(&s.path, s.scatter, s.least, &s.rng))
                    score(&s, t + batch);
        }
        print(&s, t, wavelengths[i]);
    }
    return 0;
}
