/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * compose - pixels of 8 bits under pigment: light = decode[code], v = s + (light - s) t for each
 * of three channels, s the shine, out = the code of v held to [0, 1]. A code is found by looking up
 * the float's exponent and first seven bits: within such a cell at most one code ends, and where it
 * does the sum of the other bits and what the cell holds carries into the code, which is exact.
 * Pixels of 3 or 4 bytes; the fourth is copied. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

static inline vi compose_channel(vi code, vf t, vf shine, const smpk_codec *k)
{
    const vf light = vf_gather(k->decode, vi_and(code, vi_set1(255)));
    vf v = vf_add(shine, vf_mul(vf_sub(light, shine), t));
    v = vf_min(vf_max(v, vf_set1(0.0f)), vf_set1(1.0f));
    const vi bits = vi_of_bits(v);
    const vi cell = vi_max(vi_sub(vi_right(bits, 16), vi_set1(k->first)), vi_set1(0));
    const vi all = vi_add(vi_of_bits(vf_gather(k->cells, cell)), vi_and(bits, vi_set1(0xffff)));
    return vi_right(all, 16);
}

static inline vi compose_pixels(vi pixel, const smpk_compose *job, const float *const t[3],
                                const uint16_t *shine)
{
    const vf s = vf_mul(vf_of_int(vi_load_u16(shine)), vf_set1(1.0f / 65535.0f));
    const vi first = compose_channel(pixel, vf_load(t[0]), s, job->codec);
    const vi second = compose_channel(vi_right(pixel, 8), vf_load(t[1]), s, job->codec);
    const vi third = compose_channel(vi_right(pixel, 16), vf_load(t[2]), s, job->codec);
    const vi rest = vi_and(pixel, vi_set1((int32_t)0xff000000u));
    return vi_or(vi_or(first, vi_left(second, 8)), vi_or(vi_left(third, 16), rest));
}

/* The last few pixels, in lanes of their own. */
static void compose_end(const smpk_compose *job, size_t i, size_t n)
{
    float rest[3][SMPK_LANES] = {{0}};
    uint16_t shine[SMPK_LANES] = {0};
    uint8_t pixels[4 * SMPK_LANES] = {0};
    const float *const t[3] = {rest[0], rest[1], rest[2]};
    for (int c = 0; c < 3; c++)
        memcpy(rest[c], job->t[c] + i, n * sizeof(float));
    memcpy(shine, job->shine + i, n * sizeof *shine);
    memcpy(pixels, job->in + i * job->bytes, n * job->bytes);
    const vi done = compose_pixels(vi_load_pixels(pixels, job->bytes), job, t, shine);
    vi_store_pixels(pixels, job->bytes, done);
    memcpy(job->out + i * job->bytes, pixels, n * job->bytes);
}

static inline void compose_body(const smpk_compose *job, size_t bytes, size_t n)
{
    size_t i = 0;
    for (; i + SMPK_LANES <= n; i += SMPK_LANES) {
        const float *const t[3] = {job->t[0] + i, job->t[1] + i, job->t[2] + i};
        const vi pixels = vi_load_pixels(job->in + i * bytes, bytes);
        vec_fetch(job->in + job->ahead_in + i * bytes);
        vec_fetch(job->out + job->ahead_out + i * bytes);
        vec_fetch(job->shine + job->ahead_shine + i);
        vi_store_pixels(job->out + i * bytes, bytes,
                        compose_pixels(pixels, job, t, job->shine + i));
    }
    if (i < n)
        compose_end(job, i, n - i);
}

void SMPK_FN(compose)(const smpk_compose *job, size_t n)
{
    if (job->bytes == 4)
        compose_body(job, 4, n);
    else
        compose_body(job, 3, n);
}
