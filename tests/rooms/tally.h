/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Tasks that count how often each index came, and fail where they are told to. */
#ifndef SMP_TEST_TALLY_H
#define SMP_TEST_TALLY_H

#include <check.h>

#include "base/context.h"
#include "base/diag.h"
#include "support.h"

#define TASKS 1000

/* Counts how often each index came; fails where it is told to. */
typedef struct tally {
    _Atomic uint32_t seen[TASKS];
    uint32_t fail_a, fail_b; /* from fail_b on with another status; UINT32_MAX: never */
    const smp_context *nested;
    _Atomic uint64_t inner;
} tally;

static inline smp_status count_inner(void *task, uint32_t index)
{
    (void)index;
    atomic_fetch_add(&((tally *)task)->inner, 1);
    return SMP_OK;
}

static inline smp_status count_one(void *task, uint32_t index)
{
    tally *t = task;
    atomic_fetch_add(&t->seen[index], 1);
    if (t->nested)
        SMPI_TRY(smpi_run(t->nested, count_inner, t, 3));
    if (index >= t->fail_b)
        return SMP_ERR_LIMIT;
    return index == t->fail_a ? SMP_ERR_FORMAT : SMP_OK;
}

static inline void tally_clear(tally *t)
{
    memset(t, 0, sizeof *t);
    t->fail_a = t->fail_b = UINT32_MAX;
}

static inline void each_once(const tally *t, uint32_t count)
{
    for (uint32_t i = 0; i < TASKS; i++)
        if (t->seen[i] != (i < count))
            ck_abort_msg("task %u of %u ran %u times", i, count, t->seen[i]);
}

#endif
