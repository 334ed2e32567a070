/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The vocabulary of the kernels: vectors of SMPK_LANES floats (vf) and 32-bit integers (vi). Only
 * operations that are exact or correctly rounded on every machine: no fused multiply-add, no
 * estimates, no sums across lanes. */
#ifndef SMPK_VEC_H
#define SMPK_VEC_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

float sqrtf(float x); /* the only one of libm's, and an instruction: no header for it */

#if SMPK_LANES == 16
#include <simde/x86/avx2.h>
#include <simde/x86/avx512.h>
typedef simde__m512 vf;
#define vf_load(p) simde_mm512_loadu_ps(p)
#define vf_store(p, v) simde_mm512_storeu_ps((p), (v))
#define vf_set1(x) simde_mm512_set1_ps(x)
#define vf_add(a, b) simde_mm512_add_ps((a), (b))
#define vf_sub(a, b) simde_mm512_sub_ps((a), (b))
#define vf_mul(a, b) simde_mm512_mul_ps((a), (b))
#define vf_div(a, b) simde_mm512_div_ps((a), (b))
#define vf_min(a, b) simde_mm512_min_ps((a), (b))
#define vf_max(a, b) simde_mm512_max_ps((a), (b))
#define vf_sqrt(a) simde_mm512_sqrt_ps(a)
typedef simde__m512i vi;
#define vi_load(p) simde_mm512_loadu_si512(p)
#define vi_store(p, v) simde_mm512_storeu_si512((p), (v))
#define vi_set1(x) simde_mm512_set1_epi32(x)
#define vi_add(a, b) simde_mm512_add_epi32((a), (b))
#define vi_sub(a, b) simde_mm512_sub_epi32((a), (b))
#define vi_and(a, b) simde_mm512_and_si512((a), (b))
#define vi_or(a, b) simde_mm512_or_si512((a), (b))
#define vi_min(a, b) simde_mm512_min_epi32((a), (b))
#define vi_max(a, b) simde_mm512_max_epi32((a), (b))
#define vi_right(a, n) simde_mm512_srli_epi32((a), (n))
#define vi_left(a, n) simde_mm512_slli_epi32((a), (n))
#define vf_of_bits(a) simde_mm512_castsi512_ps(a)
#define vi_of_bits(a) simde_mm512_castps_si512(a)
#define vf_of_int(a) simde_mm512_cvtepu32_ps(a) /* of what is not negative */
#define vi_load_8u16(p) \
    simde_mm256_cvtepu16_epi32(simde_mm_loadu_si128((const simde__m128i *)(const void *)(p)))
#define vi_load_u16(p) \
    simde_mm512_inserti64x4(simde_mm512_castsi256_si512(vi_load_8u16(p)), vi_load_8u16((p) + 8), 1)
/* a, plus 1 where v >= edge */
#define vi_step(a, v, edge)                                                                     \
    simde_mm512_mask_add_epi32((a), simde_mm512_cmp_ps_mask((v), (edge), SIMDE_CMP_GE_OQ), (a), \
                               simde_mm512_set1_epi32(1))
/* x where a >= b, y elsewhere */
#define vf_where_ge(a, b, x, y) \
    simde_mm512_mask_blend_ps(simde_mm512_cmp_ps_mask((a), (b), SIMDE_CMP_GE_OQ), (y), (x))
/* a where a >= b, 0 elsewhere */
#define vf_keep_ge(a, b) \
    simde_mm512_maskz_mov_ps(simde_mm512_cmp_ps_mask((a), (b), SIMDE_CMP_GE_OQ), (a))
/* whether a > b in any lane */
#define vf_any_gt(a, b) (simde_mm512_cmp_ps_mask((a), (b), SIMDE_CMP_GT_OQ) != 0)
static inline simde__m256 vf_gather_8(const float *p, simde__m256i at)
{
    const simde__m256i all = simde_mm256_cmpgt_epi32(at, simde_mm256_set1_epi32(-1));
    return simde_mm256_mask_i32gather_ps(simde_mm256_setzero_ps(), p, at,
                                         simde_mm256_castsi256_ps(all), 4);
}
/* The lanes start as 0: into what a register happens to hold, each gather waits for the one before.
 */
static inline vf vf_gather(const float *p, vi at)
{
    const simde__m256 low = vf_gather_8(p, simde_mm512_castsi512_si256(at));
    const simde__m256 high = vf_gather_8(p, simde_mm512_extracti64x4_epi64(at, 1));
    return simde_mm512_insertf32x8(simde_mm512_castps256_ps512(low), high, 1);
}
/* at counts from p and is below 16 in every lane */
static inline vf vf_pick(const float *p, vi at)
{
    return simde_mm512_permutexvar_ps(at, simde_mm512_loadu_ps(p));
}
/* a[0] b[0] a[1] b[1] and so on */
static inline void vf_store_turns(float *p, vf a, vf b)
{
    const vi low = simde_mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    const vi high = simde_mm512_add_epi32(low, simde_mm512_set1_epi32(8));
    simde_mm512_storeu_ps(p, simde_mm512_permutex2var_ps(a, low, b));
    simde_mm512_storeu_ps(p + 16, simde_mm512_permutex2var_ps(a, high, b));
}
#elif SMPK_LANES == 8
#include <simde/x86/avx2.h>
typedef simde__m256 vf;
#define vf_load(p) simde_mm256_loadu_ps(p)
#define vf_store(p, v) simde_mm256_storeu_ps((p), (v))
#define vf_set1(x) simde_mm256_set1_ps(x)
#define vf_add(a, b) simde_mm256_add_ps((a), (b))
#define vf_sub(a, b) simde_mm256_sub_ps((a), (b))
#define vf_mul(a, b) simde_mm256_mul_ps((a), (b))
#define vf_div(a, b) simde_mm256_div_ps((a), (b))
#define vf_min(a, b) simde_mm256_min_ps((a), (b))
#define vf_max(a, b) simde_mm256_max_ps((a), (b))
#define vf_sqrt(a) simde_mm256_sqrt_ps(a)
typedef simde__m256i vi;
#define vi_load(p) simde_mm256_loadu_si256((const simde__m256i *)(const void *)(p))
#define vi_store(p, v) simde_mm256_storeu_si256((simde__m256i *)(void *)(p), (v))
#define vi_set1(x) simde_mm256_set1_epi32(x)
#define vi_add(a, b) simde_mm256_add_epi32((a), (b))
#define vi_sub(a, b) simde_mm256_sub_epi32((a), (b))
#define vi_and(a, b) simde_mm256_and_si256((a), (b))
#define vi_or(a, b) simde_mm256_or_si256((a), (b))
#define vi_min(a, b) simde_mm256_min_epi32((a), (b))
#define vi_max(a, b) simde_mm256_max_epi32((a), (b))
#define vi_right(a, n) simde_mm256_srli_epi32((a), (n))
#define vi_left(a, n) simde_mm256_slli_epi32((a), (n))
#define vf_of_bits(a) simde_mm256_castsi256_ps(a)
#define vi_of_bits(a) simde_mm256_castps_si256(a)
#define vf_of_int(a) simde_mm256_cvtepi32_ps(a)
#define vi_load_u16(p) \
    simde_mm256_cvtepu16_epi32(simde_mm_loadu_si128((const simde__m128i *)(const void *)(p)))
#define vi_step(a, v, edge) \
    vi_sub((a), simde_mm256_castps_si256(simde_mm256_cmp_ps((v), (edge), SIMDE_CMP_GE_OQ)))
#define vf_where_ge(a, b, x, y) \
    simde_mm256_blendv_ps((y), (x), simde_mm256_cmp_ps((a), (b), SIMDE_CMP_GE_OQ))
#define vf_keep_ge(a, b) simde_mm256_and_ps(simde_mm256_cmp_ps((a), (b), SIMDE_CMP_GE_OQ), (a))
#define vf_any_gt(a, b) \
    (simde_mm256_movemask_ps(simde_mm256_cmp_ps((a), (b), SIMDE_CMP_GT_OQ)) != 0)
static inline vf vf_gather(const float *p, vi at)
{
    /* into 0: see above */
    const simde__m256i all = simde_mm256_cmpgt_epi32(at, simde_mm256_set1_epi32(-1));
    return simde_mm256_mask_i32gather_ps(simde_mm256_setzero_ps(), p, at,
                                         simde_mm256_castsi256_ps(all), 4);
}
static inline vf vf_pick(const float *p, vi at)
{
    return simde_mm256_permutevar8x32_ps(simde_mm256_loadu_ps(p), at);
}
static inline void vf_store_turns(float *p, vf a, vf b)
{
    const vf low = simde_mm256_unpacklo_ps(a, b), high = simde_mm256_unpackhi_ps(a, b);
    simde_mm256_storeu_ps(p, simde_mm256_permute2f128_ps(low, high, 0x20));
    simde_mm256_storeu_ps(p + 8, simde_mm256_permute2f128_ps(low, high, 0x31));
}
#elif SMPK_LANES == 4
#include <simde/x86/sse4.1.h>
typedef simde__m128 vf;
#define vf_load(p) simde_mm_loadu_ps(p)
#define vf_store(p, v) simde_mm_storeu_ps((p), (v))
#define vf_set1(x) simde_mm_set1_ps(x)
#define vf_add(a, b) simde_mm_add_ps((a), (b))
#define vf_sub(a, b) simde_mm_sub_ps((a), (b))
#define vf_mul(a, b) simde_mm_mul_ps((a), (b))
#define vf_div(a, b) simde_mm_div_ps((a), (b))
#define vf_min(a, b) simde_mm_min_ps((a), (b))
#define vf_max(a, b) simde_mm_max_ps((a), (b))
#define vf_sqrt(a) simde_mm_sqrt_ps(a)
typedef simde__m128i vi;
#define vi_load(p) simde_mm_loadu_si128((const simde__m128i *)(const void *)(p))
#define vi_store(p, v) simde_mm_storeu_si128((simde__m128i *)(void *)(p), (v))
#define vi_set1(x) simde_mm_set1_epi32(x)
#define vi_add(a, b) simde_mm_add_epi32((a), (b))
#define vi_sub(a, b) simde_mm_sub_epi32((a), (b))
#define vi_and(a, b) simde_mm_and_si128((a), (b))
#define vi_or(a, b) simde_mm_or_si128((a), (b))
#define vi_min(a, b) simde_mm_min_epi32((a), (b))
#define vi_max(a, b) simde_mm_max_epi32((a), (b))
#define vi_right(a, n) simde_mm_srli_epi32((a), (n))
#define vi_left(a, n) simde_mm_slli_epi32((a), (n))
#define vf_of_bits(a) simde_mm_castsi128_ps(a)
#define vi_of_bits(a) simde_mm_castps_si128(a)
#define vf_of_int(a) simde_mm_cvtepi32_ps(a)
#define vi_load_u16(p) \
    simde_mm_cvtepu16_epi32(simde_mm_loadl_epi64((const simde__m128i *)(const void *)(p)))
#define vi_step(a, v, edge) vi_sub((a), simde_mm_castps_si128(simde_mm_cmpge_ps((v), (edge))))
#define vf_where_ge(a, b, x, y) simde_mm_blendv_ps((y), (x), simde_mm_cmpge_ps((a), (b)))
#define vf_keep_ge(a, b) simde_mm_and_ps(simde_mm_cmpge_ps((a), (b)), (a))
#define vf_any_gt(a, b) (simde_mm_movemask_ps(simde_mm_cmpgt_ps((a), (b))) != 0)
/* There is no gather this narrow: four loads. */
static inline vf vf_gather(const float *p, vi at)
{
    const uint64_t low = (uint64_t)simde_mm_cvtsi128_si64(at);
    const uint64_t high = (uint64_t)simde_mm_extract_epi64(at, 1);
    return simde_mm_set_ps(p[high >> 32], p[(uint32_t)high], p[low >> 32], p[(uint32_t)low]);
}
#define vf_pick(p, at) vf_gather((p), (at))
static inline void vf_store_turns(float *p, vf a, vf b)
{
    simde_mm_storeu_ps(p, simde_mm_unpacklo_ps(a, b));
    simde_mm_storeu_ps(p + 4, simde_mm_unpackhi_ps(a, b));
}
#else
typedef float vf;
#define vf_load(p) (*(p))
#define vf_store(p, v) (*(p) = (v))
#define vf_set1(x) (x)
#define vf_add(a, b) ((a) + (b))
#define vf_sub(a, b) ((a) - (b))
#define vf_mul(a, b) ((a) * (b))
#define vf_div(a, b) ((a) / (b))
/* The operand order of the hardware: the second where the two do not compare. */
static inline vf vf_min(vf a, vf b)
{
    return a < b ? a : b;
}
static inline vf vf_max(vf a, vf b)
{
    return a > b ? a : b;
}
typedef int32_t vi;
#define vi_load(p) (*(const int32_t *)(p))
#define vi_store(p, v) (*(int32_t *)(p) = (v))
#define vi_set1(x) ((int32_t)(x))
#define vi_add(a, b) ((a) + (b))
#define vi_sub(a, b) ((a) - (b))
#define vi_and(a, b) ((a) & (b))
#define vi_or(a, b) ((a) | (b))
#define vi_min(a, b) ((a) < (b) ? (a) : (b))
#define vi_max(a, b) ((a) > (b) ? (a) : (b))
#define vi_right(a, n) ((int32_t)((uint32_t)(a) >> (n)))
#define vi_left(a, n) ((int32_t)((uint32_t)(a) << (n)))
static inline vf vf_of_bits(vi a)
{
    vf x;
    memcpy(&x, &a, sizeof x);
    return x;
}
static inline vi vi_of_bits(vf a)
{
    int32_t bits;
    memcpy(&bits, &a, sizeof bits);
    return bits;
}
#define vf_of_int(a) ((float)(a))
#define vi_load_u16(p) ((int32_t) * (p))
#define vi_step(a, v, edge) ((a) + ((v) >= (edge)))
#define vf_sqrt(a) sqrtf(a)
#define vf_where_ge(a, b, x, y) ((a) >= (b) ? (x) : (y))
#define vf_keep_ge(a, b) ((a) >= (b) ? (a) : 0.0f)
#define vf_any_gt(a, b) ((a) > (b))
#define vf_gather(p, at) ((p)[at])
#define vf_pick(p, at) ((p)[at])
static inline void vf_store_turns(float *p, vf a, vf b)
{
    p[0] = a;
    p[1] = b;
}
#endif

/* Asks for memory that will be wanted soon; nothing need be there. */
#if SMPK_LANES == 1
#define vec_fetch(p) ((void)(p))
#else
#define vec_fetch(p) simde_mm_prefetch((const char *)(p), SIMDE_MM_HINT_T0)
#endif

/* Pixels of 3 or 4 bytes to lanes, the first byte lowest, and back. */
#if SMPK_LANES == 1
static inline vi vi_load_pixels(const uint8_t *p, size_t bytes)
{
    return (vi)(p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
                (bytes == 4 ? (uint32_t)p[3] << 24 : 0));
}
static inline void vi_store_pixels(uint8_t *p, size_t bytes, vi v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)((uint32_t)v >> 8);
    p[2] = (uint8_t)((uint32_t)v >> 16);
    if (bytes == 4)
        p[3] = (uint8_t)((uint32_t)v >> 24);
}
#else
/* Four pixels of 3 bytes; nothing behind them is read or written. */
static inline simde__m128i vec_load_rgb(const uint8_t *p)
{
    const simde__m128i low = simde_mm_loadl_epi64((const simde__m128i *)(const void *)p);
    int32_t last;
    memcpy(&last, p + 8, sizeof last);
    return simde_mm_shuffle_epi8(
        simde_mm_insert_epi32(low, last, 2),
        simde_mm_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
}
static inline void vec_store_rgb(uint8_t *p, simde__m128i v)
{
    const simde__m128i packed = simde_mm_shuffle_epi8(
        v, simde_mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1));
    const int32_t last = simde_mm_extract_epi32(packed, 2);
    simde_mm_storel_epi64((simde__m128i *)(void *)p, packed);
    memcpy(p + 8, &last, sizeof last);
}
#if SMPK_LANES == 4
#define vi_quarter(v, k) (v)
#define vi_of_quarters(q) (q)[0]
#elif SMPK_LANES == 8
#define vi_quarter(v, k) simde_mm256_extracti128_si256((v), (k))
#define vi_of_quarters(q) \
    simde_mm256_inserti128_si256(simde_mm256_castsi128_si256((q)[0]), (q)[1], 1)
#else
#define vi_quarter(v, k) \
    simde_mm256_extracti128_si256(simde_mm512_extracti64x4_epi64((v), (k) / 2), (k) % 2)
#define vec_half(q) simde_mm256_inserti128_si256(simde_mm256_castsi128_si256((q)[0]), (q)[1], 1)
#define vi_of_quarters(q) \
    simde_mm512_inserti64x4(simde_mm512_castsi256_si512(vec_half(q)), vec_half((q) + 2), 1)
#endif
static inline vi vi_load_pixels(const uint8_t *p, size_t bytes)
{
    simde__m128i q[SMPK_LANES / 4];
    if (bytes == 4)
        return vi_load(p);
    for (int k = 0; k < SMPK_LANES / 4; k++)
        q[k] = vec_load_rgb(p + 12 * k);
    return vi_of_quarters(q);
}
static inline void vi_store_pixels(uint8_t *p, size_t bytes, vi v)
{
    if (bytes == 4) {
        vi_store(p, v);
        return;
    }
    vec_store_rgb(p, vi_quarter(v, 0));
#if SMPK_LANES >= 8
    vec_store_rgb(p + 12, vi_quarter(v, 1));
#endif
#if SMPK_LANES == 16
    vec_store_rgb(p + 24, vi_quarter(v, 2));
    vec_store_rgb(p + 36, vi_quarter(v, 3));
#endif
}
#endif

/* Four floats of each of four arrays: the first of each together, the second of each, and so on. */
static inline void vec_turn(const float *const from[4], float *const to[4])
{
#if SMPK_LANES == 1
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 4; k++)
            to[i][k] = from[k][i];
#else
    const simde__m128 a = simde_mm_loadu_ps(from[0]), b = simde_mm_loadu_ps(from[1]);
    const simde__m128 c = simde_mm_loadu_ps(from[2]), d = simde_mm_loadu_ps(from[3]);
    const simde__m128 ab = simde_mm_unpacklo_ps(a, b), cd = simde_mm_unpacklo_ps(c, d);
    const simde__m128 ef = simde_mm_unpackhi_ps(a, b), gh = simde_mm_unpackhi_ps(c, d);
    simde_mm_storeu_ps(to[0], simde_mm_movelh_ps(ab, cd));
    simde_mm_storeu_ps(to[1], simde_mm_movehl_ps(cd, ab));
    simde_mm_storeu_ps(to[2], simde_mm_movelh_ps(ef, gh));
    simde_mm_storeu_ps(to[3], simde_mm_movehl_ps(gh, ef));
#endif
}

/* A short group at the end of a row: the missing lanes read as 0 and are not written. */
static inline vi vi_load_n(const int32_t *p, size_t n)
{
    int32_t lanes[SMPK_LANES] = {0};
    if (n == SMPK_LANES)
        return vi_load(p);
    memcpy(lanes, p, n * sizeof *p);
    return vi_load(lanes);
}

static inline vf vf_load_n(const float *p, size_t n)
{
    float lanes[SMPK_LANES] = {0};
    if (n == SMPK_LANES)
        return vf_load(p);
    memcpy(lanes, p, n * sizeof *p);
    return vf_load(lanes);
}

static inline void vf_store_n(float *p, vf v, size_t n)
{
    float lanes[SMPK_LANES];
    if (n == SMPK_LANES) {
        vf_store(p, v);
        return;
    }
    vf_store(lanes, v);
    memcpy(p, lanes, n * sizeof *p);
}

/* e^x for x in [-87, 80], relative error below 2e-7: 2^n e^r, |r| <= ln 2 / 2, e^r by its series to
 * r^6, which is exact at 0. */
static inline vf vf_exp(vf x)
{
    const vf shift = vf_set1(12582912.0f); /* 1.5 x 2^23: adding it rounds to a whole number */
    const vf t = vf_add(vf_mul(x, vf_set1(1.44269504f)), shift);
    const vf n = vf_sub(t, shift);
    vf r = vf_sub(x, vf_mul(n, vf_set1(0.693359375f)));
    r = vf_sub(r, vf_mul(n, vf_set1(-2.12194440e-4f)));
    vf p = vf_set1(1.0f / 720.0f);
    p = vf_add(vf_mul(p, r), vf_set1(1.0f / 120.0f));
    p = vf_add(vf_mul(p, r), vf_set1(1.0f / 24.0f));
    p = vf_add(vf_mul(p, r), vf_set1(1.0f / 6.0f));
    p = vf_add(vf_mul(p, r), vf_set1(0.5f));
    p = vf_add(vf_mul(p, r), vf_set1(1.0f));
    p = vf_add(vf_mul(p, r), vf_set1(1.0f));
    const vi power = vi_add(vi_sub(vi_of_bits(t), vi_of_bits(shift)), vi_set1(127));
    return vf_mul(p, vf_of_bits(vi_left(power, 23)));
}

/* ln x for x in [1e-37, 1e37], absolute error below 2e-7 (1 + |ln x|), exactly 0 at 1: x = 2^k m,
 * m in [sqrt(1/2), sqrt 2), ln m = f - f^2 / 2 + f^3 P(f), f = m - 1; P fitted by least squares,
 * weighted towards the least largest error (4e-8). No division: it is the slowest operation. */
static inline vf vf_log(vf x)
{
    const vi bits = vi_of_bits(x);
    const vi up = vi_add(vi_sub(bits, vi_set1(0x3f3504f3)), vi_set1(0x40000000));
    const vi k = vi_right(up, 23); /* 128 more than the exponent */
    const vf m = vf_of_bits(vi_sub(bits, vi_left(vi_sub(k, vi_set1(128)), 23)));
    const vf f = vf_sub(m, vf_set1(1.0f)), z = vf_mul(f, f);
    vf p = vf_set1(0.08927133f);
    p = vf_add(vf_mul(p, f), vf_set1(-0.14344719f));
    p = vf_add(vf_mul(p, f), vf_set1(0.14871135f));
    p = vf_add(vf_mul(p, f), vf_set1(-0.16566232f));
    p = vf_add(vf_mul(p, f), vf_set1(0.19966067f));
    p = vf_add(vf_mul(p, f), vf_set1(-0.25001732f));
    p = vf_add(vf_mul(p, f), vf_set1(0.33333838f));
    const vf tail = vf_sub(vf_mul(vf_mul(f, z), p), vf_mul(vf_set1(0.5f), z));
    const vf whole = vf_mul(vf_sub(vf_of_int(k), vf_set1(128.0f)), vf_set1(0.693147181f));
    return vf_add(vf_add(f, tail), whole);
}

/* x held to [low, high]; NaN becomes low. */
static inline vf vf_hold(vf x, vf low, vf high)
{
    return vf_min(vf_max(x, low), high);
}

/* first, first + 1, ... : exact up to 2^24. */
static inline vf vf_count_from(float first)
{
    float lanes[SMPK_LANES];
    for (int i = 0; i < SMPK_LANES; i++)
        lanes[i] = (float)i;
    return vf_add(vf_load(lanes), vf_set1(first));
}

#endif
