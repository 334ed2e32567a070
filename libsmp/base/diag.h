/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Errors inside the library: how a function fails with words, and how it passes a failure on. */
#ifndef SMPI_BASE_DIAG_H
#define SMPI_BASE_DIAG_H

#include <smp/base.h>

#if defined(__GNUC__)
#define SMPI_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define SMPI_PRINTF(fmt, args)
#endif

/* Each public call starts with this. NULL is fine. */
void smpi_diag_clear(smp_diag *diag);

/* Notes an error: the first one stays. */
void smpi_note(smp_diag *diag, smp_status status, const char *format, ...) SMPI_PRINTF(3, 4);

static inline smp_status smpi_same(smp_status status)
{
    return status;
}
/* Notes an error and returns status: smpi_fail(diag, SMP_ERR_RANGE, "x is %g, want ..", x). A
 * macro, so that compilers see that the result is no SMP_OK. status is evaluated twice. */
#define smpi_fail(diag, status, ...) (smpi_note((diag), (status), __VA_ARGS__), smpi_same(status))

/* snprintf that always writes numbers as the C locale does, whatever the host has set: a decimal
 * point. Knows d i u x o c s p e f g a % with flags, width, precision and lengths h l ll z j t; a
 * width on %s is not honoured. Returns the length that the whole text has. */
size_t smpi_format(char *text, size_t size, const char *format, ...) SMPI_PRINTF(3, 4);

/* Returns the status of expr when it is not SMP_OK. Only where nothing is held. */
#define SMPI_TRY(expr)                 \
    do {                               \
        smp_status smpi_try_ = (expr); \
        if (smpi_try_ != SMP_OK)       \
            return smpi_try_;          \
    } while (0)

/* Fails when a pointer that must not be NULL is. */
#define SMPI_NEED(pointer, diag)                                             \
    do {                                                                     \
        if (!(pointer))                                                      \
            return smpi_fail((diag), SMP_ERR_ARGUMENT, #pointer " is NULL"); \
    } while (0)

#endif
