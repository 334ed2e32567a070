/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The vocabulary of the kernels: a vector of SMPK_LANES floats and what may be done with it. Only
 * operations that are exact or correctly rounded on every machine: no fused multiply-add, no
 * estimates, no sums across lanes. */
#ifndef SMPK_VEC_H
#define SMPK_VEC_H

#include <stddef.h>
#include <string.h>

#if SMPK_LANES == 16
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
#endif

/* A short group at the end of a row: the missing lanes read as 0 and are not written. */
static inline vf vf_load_n(const float *p, size_t n)
{
    float lanes[SMPK_LANES] = {0};
    memcpy(lanes, p, n * sizeof *p);
    return vf_load(lanes);
}

static inline void vf_store_n(float *p, vf v, size_t n)
{
    float lanes[SMPK_LANES];
    vf_store(lanes, v);
    memcpy(p, lanes, n * sizeof *p);
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
