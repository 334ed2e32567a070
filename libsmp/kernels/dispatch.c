/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Which kernel table this processor can run. No state: the answer is asked for once per context. */
#include "kernels/kernels.h"

#ifdef SMPK_HAVE_SCALAR
extern const smpk_table smpk_table_scalar;
#else
#error "the scalar kernels are always built"
#endif
#ifdef SMPK_HAVE_V128
extern const smpk_table smpk_table_v128;
#endif
#ifdef SMPK_HAVE_V256
extern const smpk_table smpk_table_v256;
#endif
#ifdef SMPK_HAVE_V512
extern const smpk_table smpk_table_v512;
#endif

/* A compiler without __builtin_cpu_supports cannot ask, so it gets scalar code only. GCC's and
 * Clang's answer includes whether the operating system keeps the wide registers. */
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__i386__))
#define RUNS_V128 __builtin_cpu_supports("sse4.1")
#define RUNS_V256 __builtin_cpu_supports("avx2")
#define RUNS_V512                                                               \
    (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && \
     __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
#elif defined(__aarch64__) || defined(_M_ARM64)
#define RUNS_V128 1 /* NEON is part of the architecture */
#define RUNS_V256 0
#define RUNS_V512 0
#else
#define RUNS_V128 0
#define RUNS_V256 0
#define RUNS_V512 0
#endif

const smpk_table *smpk_table_for(int isa)
{
    switch (isa) {
    case SMPK_SCALAR:
        return &smpk_table_scalar;
#ifdef SMPK_HAVE_V128
    case SMPK_V128:
        return RUNS_V128 ? &smpk_table_v128 : NULL;
#endif
#ifdef SMPK_HAVE_V256
    case SMPK_V256:
        return RUNS_V256 ? &smpk_table_v256 : NULL;
#endif
#ifdef SMPK_HAVE_V512
    case SMPK_V512:
        return RUNS_V512 ? &smpk_table_v512 : NULL;
#endif
    default:
        return NULL;
    }
}

const smpk_table *smpk_best(int cap)
{
    for (int isa = cap >= SMPK_SCALAR && cap <= SMPK_V512 ? cap : SMPK_V512; isa > SMPK_SCALAR;
         isa--) {
        const smpk_table *table = smpk_table_for(isa);
        if (table)
            return table;
    }
    return &smpk_table_scalar;
}
