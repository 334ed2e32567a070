/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every kernel at every width that this build holds and this machine runs. The first row of each
 * group is the scalar kernel, so the ratio says what a width gains; a width whose result is not the
 * scalar's bits ends the program. */
#include "kernels/kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define WIDE 1024u    /* pixels of a row */
#define AGAIN 200u    /* calls that are timed together */
#define SPLAT_SIDE 18 /* pixels of a dot, as in a soft photo of a whole head */

typedef struct kernel_job {
    const smpk_table *table;
    float *in, *out; /* 4 x WIDE floats; SPLAT: 3 planes */
    float *dots;     /* as many, such as sizes of dots in mm may be */
    uint16_t *coded;
    uint8_t *pixels;
    int32_t *left;
    smpk_codec codec;
} kernel_job;

static void run_splat(void *user)
{
    const kernel_job *j = user;
    const float at = 0.5f * (SPLAT_SIDE - 1), q = 1.0f / (at * at);
    const smpk_dot dot = {at, at, q, 0.1f * q, q, 1, 1, {0.1f, 0.1f, 0.1f}, 8};
    smpk_patch on = {{0}, 64, 0, SPLAT_SIDE, 0, SPLAT_SIDE, at, at, NULL};
    for (uint32_t i = 0; i < AGAIN; i++) {
        for (uint32_t c = 0; c < 3; c++)
            on.plane[c] = j->out + c * WIDE + i % 8 * 16;
        j->table->splat(&on, &dot);
    }
}

static void run_through(void *user)
{
    const kernel_job *j = user;
    smpk_through job = {.share = 0.4f, .mask = j->coded};
    for (uint32_t c = 0; c < 3; c++) {
        job.t[c] = j->out + c * WIDE;
        job.above[c] = j->in + c * WIDE;
        job.below[c] = j->in + (c + 1) * WIDE;
    }
    for (uint32_t i = 0; i < AGAIN; i++) {
        memcpy(j->out, j->in, 3 * WIDE * sizeof(float)); /* cores, of which half saturate */
        j->table->through(&job, WIDE);
    }
}

static void run_under(void *user)
{
    const kernel_job *j = user;
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->under(j->out, j->in, j->in + WIDE, WIDE);
}

static void run_compose(void *user)
{
    const kernel_job *j = user;
    const smpk_compose job = {j->pixels,
                              (uint8_t *)(void *)j->out,
                              {j->in, j->in + WIDE, j->in + 2 * WIDE},
                              j->coded,
                              &j->codec,
                              4,
                              0,
                              0,
                              0};
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->compose(&job, WIDE);
}

static void run_expand(void *user)
{
    const kernel_job *j = user;
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->expand(j->out, j->in, j->left, j->in + WIDE, WIDE);
}

static void run_finer(void *user)
{
    const kernel_job *j = user;
    for (uint32_t i = 0; i < AGAIN; i++) {
        const smpk_finer job = {
            j->out, {j->in, j->in + WIDE, j->in + 2 * WIDE}, WIDE, 300, (int)(i % 2)};
        j->table->finer(&job, SMPK_FINER_MOST);
    }
}

/* 9 taps down a column of rows. */
static void run_fir(void *user)
{
    const kernel_job *j = user;
    static const float taps[5] = {0.3f, 0.2f, 0.1f, 0.04f, 0.01f};
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->fir(j->out, j->in + WIDE, 100, taps, 5, WIDE);
}

static void run_join(void *user)
{
    const kernel_job *j = user;
    memcpy(j->out, j->in, WIDE * sizeof *j->in);
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->join(j->out, j->out + WIDE, j->in + WIDE, WIDE);
}

static void run_sated(void *user)
{
    const kernel_job *j = user;
    memcpy(j->out, j->in, WIDE * sizeof *j->in);
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->sated(j->out, 2.0f, WIDE);
}

#define DOTS 256u /* arrays of this many dots */

static void run_age(void *user)
{
    const kernel_job *j = user;
    const float *in = j->dots;
    const smpk_moment moment = {2, {0.8f, 0.2f}, {0.1f, 0.9f}, .days = 60, .two_years = 0.3f};
    const smpk_age job = {&moment,
                          in,
                          in + DOTS,
                          in + 2 * DOTS,
                          in + 3 * DOTS,
                          in + 4 * DOTS,
                          in + 5 * DOTS,
                          in + 6 * DOTS,
                          NULL,
                          j->out,
                          j->out + DOTS,
                          j->out + 2 * DOTS,
                          j->out + 3 * DOTS};
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->age(&job, DOTS);
}

static void run_look(void *user)
{
    const kernel_job *j = user;
    static const float cubic[35][8] = {{0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f}};
    static const float quadratic[15][8] = {{0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f}};
    const smpk_law law = {cubic, quadratic, {0.1f, 0.1f, 0.1f}, {0.7f, 0.5f, 2.0f}, 8, 40};
    const smpk_look_model model = {{law, law},         1,         2,         9, 16,   0.9f,
                                   {0.3f, 0.3f, 0.3f}, {4, 4, 4}, {1, 1, 1}, 0, 1e-6f};
    const float *in = j->dots;
    float *out = j->out;
    const smpk_look job = {&model,
                           in,
                           in + DOTS,
                           in + 2 * DOTS,
                           in + 3 * DOTS,
                           in + 4 * DOTS,
                           {out, out + DOTS, out + 2 * DOTS},
                           {out + 3 * DOTS, out + 4 * DOTS, out + 5 * DOTS},
                           {out + 6 * DOTS, out + 7 * DOTS, out + 8 * DOTS},
                           out + 9 * DOTS,
                           out + 10 * DOTS};
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->look(&job, DOTS);
}

static void run_place(void *user)
{
    const kernel_job *j = user;
    const float *in = j->dots;
    const smpk_place job = {in,
                            in + DOTS,
                            in + 2 * DOTS,
                            in + 3 * DOTS,
                            in + 2 * DOTS,
                            in + 4 * DOTS,
                            in + 5 * DOTS,
                            in + 6 * DOTS,
                            {in + 7 * DOTS, in + 8 * DOTS, in + 9 * DOTS},
                            in + 10 * DOTS,
                            (smpk_bump *)(void *)j->out,
                            0.0f,
                            8.0f};
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->place(&job, DOTS);
}

static void run_around(void *user)
{
    const kernel_job *j = user;
    const float *in = j->dots;
    const smpk_nodes nodes = {{j->in, j->in + WIDE, j->in + 2 * WIDE},
                              32,
                              j->left,
                              in + DOTS,
                              in + 2 * DOTS,
                              {in + 3 * DOTS, in + 4 * DOTS, in + 5 * DOTS},
                              {in + 6 * DOTS, in + 7 * DOTS, in + 8 * DOTS}};
    const smpk_around job = {nodes, nodes, {j->out, j->out + DOTS, j->out + 2 * DOTS}};
    for (uint32_t i = 0; i < AGAIN; i++)
        j->table->around(&job, DOTS);
}

static float float_of(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* A codec of gamma 2: good enough to be timed. */
static void fill_codec(smpk_codec *codec)
{
    float *tables = malloc((256 + 0xa01) * sizeof *tables), *cells = tables + 256;
    uint32_t ended = 0;
    if (!tables)
        exit(1);
    for (uint32_t i = 0; i < 256; i++)
        tables[i] = (float)(i * i) / 65025.0f;
    for (uint32_t i = 0; i < 0xa01; i++) {
        const float e = ((float)ended + 0.5f) / 255.0f, end = e * e;
        uint32_t at = 0x10000u;
        const int ends = ended < 255 && end < float_of((0x3580u + i + 1) << 16);
        if (ends) {
            memcpy(&at, &end, sizeof at);
            at &= 0xffffu;
        }
        cells[i] = float_of((ended << 16) + (0x10000u - at));
        ended += (uint32_t)ends;
    }
    *codec = (smpk_codec){tables, cells, 0x3580};
}

static void make_job(kernel_job *j, const smpk_table *table)
{
    memset(j, 0, sizeof *j);
    j->table = table;
    j->in = calloc(4 * WIDE, sizeof *j->in);
    j->dots = calloc(4 * WIDE, sizeof *j->dots);
    j->out = calloc(4 * WIDE + 1024, sizeof *j->out);
    j->coded = calloc(WIDE, sizeof *j->coded);
    j->pixels = calloc(4 * WIDE, 1);
    j->left = calloc(WIDE, sizeof *j->left);
    if (!j->in || !j->dots || !j->out || !j->coded || !j->pixels || !j->left)
        exit(1);
    for (uint32_t i = 0; i < 4 * WIDE; i++) {
        j->in[i] = (float)(i * 2654435761u >> 8) / 16777216.0f;
        j->dots[i] = 0.06f + 0.3f * j->in[i];
        j->pixels[i] = (uint8_t)(i * 40503u >> 7);
    }
    for (uint32_t i = 0; i < WIDE; i++) {
        j->coded[i] = (uint16_t)(i * 61);
        j->left[i] = (int32_t)(i / 3);
    }
    fill_codec(&j->codec);
}

static void drop_job(kernel_job *j)
{
    free((void *)(uintptr_t)j->codec.decode);
    free(j->in);
    free(j->dots);
    free(j->out);
    free(j->coded);
    free(j->pixels);
    free(j->left);
}

static void bench_one(const char *name, void (*run)(void *), double units)
{
    kernel_job jobs[4];
    bench_entry entries[4];
    int count = 0;
    for (int isa = SMPK_SCALAR; isa <= SMPK_V512; isa++) {
        const smpk_table *table = smpk_table_for(isa);
        if (!table)
            continue;
        make_job(jobs + count, table);
        run(jobs + count);
        if (memcmp(jobs[count].out, jobs[0].out, 4 * WIDE * sizeof(float)) != 0) {
            fprintf(stderr, "bench: %s/%s differs from the scalar kernel\n", name, table->name);
            exit(1);
        }
        entries[count] = (bench_entry){"", run, jobs + count, units * AGAIN, {0}, {0}};
        snprintf(entries[count].name, sizeof entries[count].name, "kernel %s %s", name,
                 table->name);
        count++;
    }
    bench_run(entries, count, BENCH_PAIRS);
    while (count > 0)
        drop_job(jobs + --count);
}

void bench_kernels(void)
{
    bench_one("splat 18x18 (per dot)", run_splat, 1);
    bench_one("through, 3 channels", run_through, WIDE);
    bench_one("under", run_under, WIDE);
    bench_one("compose", run_compose, WIDE);
    bench_one("expand", run_expand, WIDE);
    bench_one("finer, 3 channels", run_finer, SMPK_FINER_MOST);
    bench_one("fir 9 taps", run_fir, WIDE);
    bench_one("join", run_join, WIDE);
    bench_one("sated", run_sated, WIDE);
    bench_one("age (per dot)", run_age, DOTS);
    bench_one("look (per dot)", run_look, DOTS);
    bench_one("place (per dot)", run_place, DOTS);
    bench_one("around (per dot)", run_around, DOTS);
}
