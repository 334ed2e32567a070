/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Checks of the kernels that make pixels: compose, expand. */
#ifndef CHECK_PIXELS_H
#define CHECK_PIXELS_H

#include "kernels/kit.h"

/* A codec as render makes it, of codes that end at any places: here gamma 2.2. */
typedef struct codec_tables {
    float decode[256], ends[255], cells[0xa01];
    smpk_codec codec;
} codec_tables;

static float float_of(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void fill_codec(codec_tables *k)
{
    uint32_t ended = 0;
    for (int i = 0; i < 256; i++)
        k->decode[i] = (float)pow(i / 255.0, 2.2);
    for (int i = 0; i < 255; i++)
        k->ends[i] = (float)pow((i + 0.5) / 255.0, 2.2);
    for (uint32_t i = 0; i < 0xa01; i++) {
        const int ends = ended < 255 && k->ends[ended] < float_of((0x3580u + i + 1) << 16);
        uint32_t at = 0x10000u;
        if (ends) {
            memcpy(&at, &k->ends[ended], sizeof at);
            at &= 0xffffu;
        }
        k->cells[i] = float_of((ended << 16) + (0x10000u - at));
        ended += (uint32_t)ends;
    }
    k->codec = (smpk_codec){k->decode, k->cells, 0x3580};
}

static uint8_t code_of(const codec_tables *k, float v)
{
    uint8_t code = 0;
    while (code < 255 && v >= k->ends[code])
        code++;
    return code;
}

static void check_compose_bytes(const smpk_table *table, size_t n, size_t bytes, uint32_t *c)
{
    static codec_tables k;
    uint8_t in[4 * MOST], want[4 * MOST + 16], got[4 * MOST + 16];
    float t[3][MOST];
    uint16_t shine[MOST];
    fill_codec(&k);
    for (size_t i = 0; i < n; i++) {
        shine[i] = (uint16_t)number(c, 0.0f, i % 3 ? 20000.0f : 65535.9f);
        for (size_t b = 0; b < bytes; b++)
            in[bytes * i + b] = (uint8_t)number(c, 0.0f, 255.99f);
        for (int p = 0; p < 3; p++)
            t[p][i] = i % 5 ? number(c, 0.0f, 1.0f) : 1.0f;
    }
    memset(want, 0xa5, sizeof want);
    memset(got, 0xa5, sizeof got);
    smpk_compose job = {in, want, {t[0], t[1], t[2]}, shine, &k.codec, bytes, 7, 7, 7};
    smpk_table_for(SMPK_SCALAR)->compose(&job, n);
    job.out = got;
    table->compose(&job, n);
    ck_assert_mem_eq(want, got, sizeof want);
    for (size_t i = bytes * n; i < sizeof want; i++)
        ck_assert_uint_eq(want[i], 0xa5);
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < bytes; b++) {
            const uint8_t before = in[bytes * i + b], after = want[bytes * i + b];
            if (b == 3 || t[b][i] == 1.0f) {
                ck_assert_uint_eq(before, after);
                continue;
            }
            const float s = (float)shine[i] * (1.0f / 65535.0f);
            const float v = s + (k.decode[before] - s) * t[b][i];
            ck_assert_uint_eq(after, code_of(&k, v));
        }
}

static void check_compose(const smpk_table *table, size_t n, uint32_t *c)
{
    check_compose_bytes(table, n, 3, c);
    check_compose_bytes(table, n, 4, c);
}

static void check_expand(const smpk_table *table, size_t n, uint32_t *c)
{
    static buffer want, got;
    float nodes[2 * MOST + SMPK_EXPAND_PAD], share[MOST];
    int32_t left[MOST], step = 1 + (int32_t)number(c, 0.0f, 5.9f);
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
        nodes[i] = number(c, 0.0f, 3.0f);
    for (size_t i = 0; i < n; i++) {
        left[i] = (int32_t)i / step;
        share[i] = number(c, 0.0f, 1.0f);
    }
    fill_guards(&want);
    got = want;
    smpk_table_for(SMPK_SCALAR)->expand(at(&want, 0), nodes, left, share, n);
    table->expand(at(&got, 0), nodes, left, share, n);
    same("expand", table, n, &want, &got);
    for (size_t i = 0; i < n; i++) {
        const double a = (double)nodes[left[i]], b = (double)nodes[left[i] + 1];
        ck_assert_double_eq_tol((double)at(&want, 0)[i], a + (b - a) * (double)share[i], 1e-6);
    }
}

/* Nodes as sums of quadratic B-splines at pixels, in double. */
static double spline_at(double x)
{
    const double a = fabs(x);
    return a < 0.5 ? 0.75 - a * a : a < 1.5 ? 0.5 * (1.5 - a) * (1.5 - a) : 0.0;
}

static void check_finer(const smpk_table *table, size_t n, uint32_t *c)
{
    static buffer want, got;
    static float nodes[3][3 * (MOST + 40)];
    const size_t whole = (n + SMPK_FINER_GROUP - 1) / SMPK_FINER_GROUP * SMPK_FINER_GROUP;
    const int odd = n % 3 == 0;
    for (int r = 0; r < 3; r++)
        for (size_t i = 0; i < sizeof nodes[r] / sizeof(float); i++)
            nodes[r][i] = number(c, 0.0f, 2.0f);
    fill_guards(&want);
    got = want;
    smpk_finer job = {at(&want, 0), {nodes[0], nodes[1], nodes[2]}, 0, MOST + 40, odd};
    job.out_plane = (size_t)(at(&want, 1) - at(&want, 0));
    smpk_table_for(SMPK_SCALAR)->finer(&job, n);
    job.out = at(&got, 0);
    table->finer(&job, n);
    same("finer", table, whole, &want, &got);
    for (size_t p = 0; p < 3; p++)
        for (size_t i = 0; i < whole; i++) {
            double sum = 0.0;
            for (int r = 0; r < 3; r++)
                for (size_t k = 0; k < 3; k++)
                    sum += (double)nodes[r][p * (MOST + 40) + i / 2 + k] *
                           spline_at(r - 1 - (odd ? 0.5 : 0.0)) *
                           spline_at((double)k - 1 - (i % 2 ? 0.5 : 0.0));
            ck_assert_double_eq_tol((double)at(&want, (int)p)[i], sum, 8e-7);
        }
    for (int p = 0; p < 3; p++) {
        uint32_t bits;
        memcpy(&bits, at(&want, p) + whole, sizeof bits);
        ck_assert_uint_eq(bits, GUARD_BITS);
    }
}

static void check_fir(const smpk_table *table, size_t n, uint32_t *c)
{
    static buffer want, got;
    const size_t count = 1 + (size_t)number(c, 0.0f, 8.9f), step = n % 2 ? 1 : 3;
    float in[MOST + 60], taps[10];
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        in[i] = number(c, 0.0f, 2.0f);
    for (size_t k = 0; k < count; k++)
        taps[k] = number(c, 0.0f, 0.2f);
    fill_guards(&want);
    got = want;
    smpk_table_for(SMPK_SCALAR)->fir(at(&want, 0), in + 30, step, taps, count, n);
    table->fir(at(&got, 0), in + 30, step, taps, count, n);
    same("fir", table, n, &want, &got);
    for (size_t i = 0; i < n; i++) {
        double sum = (double)taps[0] * (double)in[30 + i];
        for (size_t k = 1; k < count; k++)
            sum +=
                (double)taps[k] * ((double)in[30 + i - k * step] + (double)in[30 + i + k * step]);
        ck_assert_double_eq_tol((double)at(&want, 0)[i], sum, 2e-6);
    }
}

static void check_join(const smpk_table *table, size_t n, uint32_t *c)
{
    static buffer want, got;
    float far[MOST];
    fill_guards(&want);
    for (size_t i = 0; i < n; i++) {
        far[i] = i % 4 ? number(c, 0.0f, 3.0f) : 0.0f;
        at(&want, 0)[i] = i % 3 ? number(c, 0.0f, i % 5 ? 2.0f : 80.0f) : 0.0f;
    }
    got = want;
    const buffer before = want;
    smpk_table_for(SMPK_SCALAR)->join(at(&want, 0), at(&want, 1), far, n);
    table->join(at(&got, 0), at(&got, 1), far, n);
    same("join", table, n, &want, &got);
    for (size_t i = 0; i < n; i++) {
        const double near = (double)before.memory[0][GUARD + i];
        const double exact = (1 + (double)far[i]) * exp(near);
        ck_assert_double_eq_tol((1 + (double)at(&want, 0)[i]) / exact, 1.0, 4e-7);
        ck_assert_double_eq_tol((double)at(&want, 1)[i] * exact, 1.0, 4e-7);
        if (near == 0 && far[i] == 0)
            ck_assert(at(&want, 0)[i] == 0.0f && at(&want, 1)[i] == 1.0f);
    }
}

#endif
