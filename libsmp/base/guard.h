/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The floating-point environment: public functions that compute, and tasks on other threads, do so
 * with rounding to nearest, tiny numbers kept and no traps, whatever the host has set; the host
 * gets its own back. */
#ifndef SMPI_BASE_GUARD_H
#define SMPI_BASE_GUARD_H

#include <fenv.h>

/* What the host had set, where it was not the usual. */
typedef struct smpi_float {
    fenv_t host;
    int changed;
} smpi_float;

smpi_float smpi_float_enter(void);
void smpi_float_leave(const smpi_float *f);

/* A function of its own even where it is called once: arithmetic must not move across the guard. */
#if defined(__GNUC__)
#define SMPI_APART __attribute__((noinline)) static
#else
#define SMPI_APART static
#endif

/* The whole body of a public function: SMPI_GUARD(smp_status, decode_guarded(ctx, bytes)). */
#define SMPI_GUARD(type, call)                      \
    do {                                            \
        const smpi_float host = smpi_float_enter(); \
        const type result = (call);                 \
        smpi_float_leave(&host);                    \
        return result;                              \
    } while (0)

#define SMPI_GUARD_VOID(call)                       \
    do {                                            \
        const smpi_float host = smpi_float_enter(); \
        (call);                                     \
        smpi_float_leave(&host);                    \
    } while (0)

#endif
