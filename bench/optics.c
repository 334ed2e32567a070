/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a change of pigment, depth or skin costs before it can be rendered: the model of a dot, the
 * skin behind a colour, the ranking of all shades. The ratio is to the first row. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "optics/dot.h"

/* Another skin each time, so that nothing can be kept from the last. */
typedef struct optics_job {
    smp_skin skin;
    smp_pigment pigment;
    float melanin;
} optics_job;

static void next(optics_job *j)
{
    j->melanin = j->melanin < 0.09f ? j->melanin + 0.003f : 0.004f;
    j->skin.melanin = j->melanin;
}

static void run_model(void *user)
{
    optics_job *j = user;
    smpi_dot_model *model = malloc(sizeof *model);
    smp_diag diag;
    if (!model)
        exit(1);
    next(j);
    bench_need(smpi_dot_model_init(model, &j->skin, &j->pigment, SMP_SPACE_SRGB, &diag), &diag,
               "model");
    free(model);
}

static void run_skin(void *user)
{
    optics_job *j = user;
    smp_skin found;
    smp_diag diag;
    float rgb[3], residual;
    next(j);
    bench_need(smp_skin_color(&j->skin, SMP_SPACE_SRGB, rgb, &diag), &diag, "colour");
    smp_skin_init(&found);
    bench_need(smp_skin_from_rgb(SMP_SPACE_SRGB, rgb, &found, &residual, &diag), &diag, "skin");
}

static void run_match(void *user)
{
    optics_job *j = user;
    smp_shade_rank ranks[10];
    smp_diag diag;
    next(j);
    bench_need(smp_shade_match(NULL, &j->skin, 10, ranks, &diag), &diag, "match");
}

void bench_optics(void)
{
    optics_job job = {.melanin = 0.004f};
    smp_skin_init(&job.skin);
    smp_pigment_init(&job.pigment);
    bench_entry entries[] = {
        {"model of a dot for a new skin or pigment", run_model, &job, 1, {0}, {0}},
        {"skin behind a colour", run_skin, &job, 1, {0}, {0}},
        {"match of all shades", run_match, &job, 1, {0}, {0}}};
    bench_run(entries, 3, BENCH_PAIRS);
}
