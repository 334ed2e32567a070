/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Monte Carlo of lone pigment columns in two-layer skin: contrast by distance, integral over the
 * skin and width of each condition of a list, with standard errors. What the fast dot model is
 * fitted to (fit_dots.py) and tested against (tests/data/dot_*.csv).
 *
 *   python3 tests/validation/dot_designs.py fit | build/release/tests/mc_dots 200000 1 > table.csv
 *
 * Input, one condition per line: nm melanin blood yellow_um diameter top height dose spread, mm; a
 * dose is the column's vertical optical depth at that wavelength. Lines of one wavelength, and
 * among them lines of one geometry, stand together. Skins are the library's (smpi_skin_layers),
 * transport is not. Output: the line; reflectance of the bare skin; the integral of the contrast,
 * mm2, and its standard error; contrast at the middle and its standard error; full width at half of
 * it, mm; contrast in 1e-4 at radii.
 *
 * The integral is drawn from the path: a column is set so that a random point of the path lies in
 * it, which makes its contribution nearly the same for all. Standard errors are those of the mean
 * over 64 batches. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "mc_path.h"
#include "optics/skin.h"

#define BATCHES 64
#define THREADS 2
#define RADII 21
#define SHOWN 13
#define LINES 8192      /* of one list */
#define LINES_MOST 1024 /* of one wavelength */
#define REACH_CELLS 64

static const double radii[RADII] = {0,    .025, .05, .075, .1,  .125, .15, .175, .2,  .225, .25,
                                    .275, .3,   .35, .4,   .45, .5,   .7,  1,    1.5, 2.5};
static const int shown[SHOWN] = {0, 2, 4, 6, 8, 10, 12, 14, 16, 17, 18, 19, 20};

typedef struct condition {
    double nm, skin[3], diameter, top, height, dose, spread;
    double absorb[2]; /* of epidermis and dermis */
    int like;         /* the first condition of the same geometry */
} condition;

/* What one batch of paths gives for one condition. */
typedef struct tally {
    double bare, integral, at[RADII];
} tally;

typedef struct band {
    const condition *line;
    int count;
    double scatter, least[2], highest, deepest;
    double (*profile)[REACH_CELLS + 1]; /* of spread columns: share of the middle's density */
    double *reach;
    long photons;
    uint64_t seed;
    tally *sum; /* [BATCHES][count] */
} band;

typedef struct job {
    const band *b;
    int first;
} job;

/* Optical length of a segment in a column with soft sides. */
static double weigh_soft(const band *b, int i, const mc_segment *s, const double range[2],
                         const double middle[2])
{
    const double *profile = b->profile[i];
    double width = 0.05 * b->line[i].diameter + 0.25 * b->line[i].spread, sum = 0;
    int steps = (int)ceil((range[1] - range[0]) / width);
    double step = (range[1] - range[0]) / steps;
    for (int j = 0; j < steps; j++) {
        double t = range[0] + (j + 0.5) * step;
        double x = s->x + t * s->u - middle[0], y = s->y + t * s->v - middle[1];
        double at = sqrt(x * x + y * y) / b->reach[i] * REACH_CELLS;
        int cell = (int)at;
        if (cell < REACH_CELLS)
            sum += step * (profile[cell] + (at - cell) * (profile[cell + 1] - profile[cell]));
    }
    return sum;
}

/* Optical length of a path in a column around (x, y), as if its density were 1. */
static double weigh(const band *b, int i, const mc_slice *p, double x, double y)
{
    double sum = 0, reach = b->reach[i];
    for (int k = 0; k < p->count; k++) {
        double dx = p->part[k].x - x, dy = p->part[k].y - y, far = reach + p->part[k].far;
        if (dx * dx + dy * dy > far * far)
            continue;
        if (b->line[i].spread > 0)
            sum += weigh_soft(b, i, p->part[k].s, p->part[k].range, (const double[2]){x, y});
        else
            sum += mc_inside(p->part[k].s, p->part[k].range, x, y, reach);
    }
    return sum;
}

/* The middle of a column that holds a point of the path drawn evenly by length. */
static void choose(const condition *c, const mc_slice *p, mc_rng *rng, double middle[2])
{
    double left = p->total * mc_uniform(rng), r = c->diameter / 2 * sqrt(mc_uniform(rng));
    double phi = 6.283185307179586 * mc_uniform(rng);
    double s = c->spread * sqrt(-2 * log(mc_uniform(rng)));
    double turn = 6.283185307179586 * mc_uniform(rng);
    mc_point(p, left, middle);
    middle[0] += r * cos(phi) + s * cos(turn);
    middle[1] += r * sin(phi) + s * sin(turn);
}

/* What a path meets of the columns of one geometry, and what one that is set on it weighs. */
static void measure(const band *b, int i, const mc_path *p, mc_slice *s, mc_rng *rng,
                    double *length)
{
    double middle[2];
    memset(length, 0, (RADII + 1) * sizeof *length);
    mc_cut(p, b->line[i].top, b->line[i].top + b->line[i].height, s);
    if (s->count == 0)
        return;
    for (int r = 0; r < RADII; r++)
        length[r] = weigh(b, i, s, radii[r], 0);
    choose(b->line + i, s, rng, middle);
    length[RADII] = weigh(b, i, s, middle[0], middle[1]);
}

static void score(const band *b, const mc_path *p, mc_slice *s, mc_rng *rng, tally *t)
{
    double length[RADII + 1];
    for (int i = 0; i < b->count; i++) {
        const condition *c = b->line + i;
        double w = p->weight * exp(-c->absorb[0] * p->epidermis - c->absorb[1] * p->dermis);
        double per = c->dose / c->height, area = 3.14159265358979 / 4 * c->diameter * c->diameter;
        if (c->like == i)
            measure(b, i, p, s, rng, length);
        t[i].bare += w;
        for (int r = 0; r < RADII; r++)
            if (length[r] > 0)
                t[i].at[r] += w * (1 - exp(-per * length[r]));
        if (length[RADII] > 0)
            t[i].integral += w * (1 - exp(-per * length[RADII])) * area * s->total / length[RADII];
    }
}

static void *work(void *task)
{
    const job *j = task;
    const band *b = j->b;
    mc_path *p = malloc(sizeof *p);
    mc_slice *s = malloc(sizeof *s);
    p->highest = b->highest;
    p->deepest = b->deepest;
    for (int batch = j->first; batch < BATCHES; batch += THREADS) {
        mc_rng rng = mc_stream(b->seed, (uint64_t)(b->line[0].nm * 10), (uint64_t)batch);
        for (long k = 0; k < b->photons / BATCHES; k++)
            if (mc_trace(p, b->scatter, b->least, &rng))
                score(b, p, s, &rng, b->sum + (size_t)batch * (size_t)b->count);
    }
    free(p);
    free(s);
    return NULL;
}

/* Mean of what / bare over all batches and its standard error. */
static double mean_of(const band *b, int i, int radius, double *error)
{
    double all = 0, bare = 0, sum = 0, square = 0;
    for (int k = 0; k < BATCHES; k++) {
        const tally *t = b->sum + (size_t)k * (size_t)b->count + i;
        double what = radius < 0 ? t->integral : t->at[radius];
        double ratio = t->bare > 0 ? what / t->bare : 0;
        all += what;
        bare += t->bare;
        sum += ratio;
        square += ratio * ratio;
    }
    double var = (square - sum * sum / BATCHES) / (BATCHES - 1);
    *error = sqrt(fmax(0, var) / BATCHES);
    return bare > 0 ? all / bare : 0;
}

/* Diffuse reflectance of the skin without the column. */
static double bare_of(const band *b, int i)
{
    double sum = 0;
    for (int k = 0; k < BATCHES; k++)
        sum += b->sum[(size_t)k * (size_t)b->count + (size_t)i].bare;
    return MC_ENTERS * sum / (double)(b->photons / BATCHES * BATCHES);
}

/* Full width at half of the middle, linear between radii; 0 when it is not reached. */
static double width_of(const double *c)
{
    for (int r = 1; r < RADII; r++)
        if (c[r] <= c[0] / 2)
            return 2 *
                   (radii[r] - (radii[r] - radii[r - 1]) * (c[0] / 2 - c[r]) / (c[r - 1] - c[r]));
    return 0;
}

static void print(const band *b, int i)
{
    const condition *c = b->line + i;
    double at[RADII], error, middle, total = mean_of(b, i, -1, &error);
    printf("%g,%g,%g,%g,%g,%g,%g,%g,%g,%.4g,%.4g,%.2g,", c->nm, c->skin[0], c->skin[1], c->skin[2],
           c->diameter, c->top, c->height, c->dose, c->spread, bare_of(b, i), total, error);
    for (int r = RADII - 1; r >= 0; r--)
        at[r] = mean_of(b, i, r, &middle);
    printf("%.4f,%.1g,%.3f", at[0], middle, width_of(at));
    for (int r = 1; r < SHOWN; r++)
        printf(",%.0f", at[shown[r]] * 1e4);
    printf("\n");
}

static void run(band *b)
{
    pthread_t thread[THREADS];
    job jobs[THREADS];
    b->sum = calloc((size_t)BATCHES * (size_t)b->count, sizeof *b->sum);
    b->profile = calloc((size_t)b->count, sizeof *b->profile);
    b->reach = calloc((size_t)b->count, sizeof *b->reach);
    b->least[0] = b->least[1] = b->highest = 1e9;
    for (int i = 0; i < b->count; i++) {
        const condition *c = b->line + i;
        b->least[0] = fmin(b->least[0], c->absorb[0]);
        b->least[1] = fmin(b->least[1], c->absorb[1]);
        b->highest = fmin(b->highest, c->top);
        b->deepest = fmax(b->deepest, c->top + c->height);
        b->reach[i] = c->diameter / 2 + 4 * c->spread;
        for (int k = 0; c->spread > 0 && c->like == i && k <= REACH_CELLS; k++)
            b->profile[i][k] =
                mc_blurred(c->diameter / 2, c->spread, b->reach[i] * k / REACH_CELLS);
    }
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (job){b, i};
        pthread_create(thread + i, NULL, work, jobs + i);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    for (int i = 0; i < b->count; i++)
        print(b, i);
    free(b->sum);
    free(b->profile);
    free(b->reach);
}

static int read_line(const char *text, condition *c, double *scatter)
{
    smp_skin skin;
    smpi_layer layers[2];
    if (sscanf(text, "%lf %lf %lf %lf %lf %lf %lf %lf %lf", &c->nm, c->skin, c->skin + 1,
               c->skin + 2, &c->diameter, &c->top, &c->height, &c->dose, &c->spread) != 9)
        return 0;
    smp_skin_init(&skin);
    skin.melanin = (float)c->skin[0];
    skin.blood = (float)c->skin[1];
    skin.yellow_um = (float)c->skin[2];
    smpi_skin_layers(&skin, (int)((c->nm - 380) / 10 + 0.5), layers);
    c->absorb[0] = layers[0].absorb;
    c->absorb[1] = layers[1].absorb;
    *scatter = layers[1].scatter;
    return 1;
}

static int same_column(const condition *a, const condition *b)
{
    return a->diameter == b->diameter && a->top == b->top && a->height == b->height &&
           a->spread == b->spread;
}

int main(int argc, char **argv)
{
    static condition line[LINES];
    static double scatter[LINES];
    char text[256];
    int count = 0;
    while (count < LINES && fgets(text, sizeof text, stdin))
        count += text[0] != '#' && read_line(text, line + count, scatter + count);
    printf("# computed by tests/validation/mc_dots.c, %s paths per wavelength, seed %s\n",
           argc > 1 ? argv[1] : "?", argc > 2 ? argv[2] : "?");
    printf("nm,melanin,blood,yellow_um,diameter,top,height,dose,spread,bare,integral,integral_se,"
           "c0,c0_se,fwhm");
    for (int r = 1; r < SHOWN; r++)
        printf(",c%g", radii[shown[r]]);
    printf("\n");
    for (int from = 0, to; from < count; from = to) {
        for (to = from; to < count && to - from < LINES_MOST && line[to].nm == line[from].nm; to++)
            line[to].like =
                to > from && same_column(line + to, line + to - 1) ? line[to - 1].like : to - from;
        band b = {.line = line + from,
                  .count = to - from,
                  .scatter = scatter[from],
                  .photons = argc > 1 ? atol(argv[1]) : 20000,
                  .seed = argc > 2 ? (uint64_t)atol(argv[2]) : 1};
        run(&b);
    }
    return 0;
}
