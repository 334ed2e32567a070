/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Runners that fail at one of their calls, in four ways, and a job with each of its runs failing.
 */
#ifndef SMP_TEST_BROKEN_H
#define SMP_TEST_BROKEN_H

#include "support.h"

typedef enum broken_way {
    BROKEN_NOTHING = 0, /* does nothing and says that it failed */
    BROKEN_HALF = 1,    /* does half and says that it failed */
    BROKEN_LIES = 2,    /* does half and says that all is well */
    BROKEN_OTHER = 3,   /* does all and says something that no task said */
    BROKEN_WAYS = 4
} broken_way;

typedef struct broken {
    uint32_t calls, fail_at;
    broken_way way;
} broken;

static inline smp_status run_broken(void *user, smp_task_fn *fn, void *task, uint32_t count)
{
    static const smp_status says[BROKEN_WAYS] = {SMP_ERR_RUNNER, SMP_ERR_RUNNER, SMP_OK,
                                                 SMP_ERR_FORMAT};
    broken *b = user;
    const int fail = ++b->calls == b->fail_at;
    const uint32_t share[BROKEN_WAYS] = {0, count / 2, count / 2, count};
    smp_status status = SMP_OK;
    for (uint32_t i = 0; i < (fail ? share[b->way] : count); i++) {
        const smp_status one = fn(task, i);
        status = one != SMP_OK ? one : status;
    }
    return fail ? says[b->way] : status;
}

/* Runs job with its n-th run failing, n = 1, 2, ... until it succeeds: each time a clean
 * SMP_ERR_RUNNER with words, and nothing left. The ways take turns, `ways` of them for each n.
 * Returns how many runs the whole job has. */
static inline uint32_t test_runs_from(test_job *job, void *user, uint32_t ways)
{
    for (uint32_t n = 1, step = 0;; step++, n += step % ways == 0) {
        test_memory memory = {0};
        smp_diag diag = {0};
        broken b = {0, n, (broken_way)((step + step / BROKEN_WAYS) % BROKEN_WAYS)};
        const smp_runner runner = {&b, run_broken};
        smp_context *ctx = test_context(&memory, &runner, SMP_ISA_BEST);
        const smp_status status = job(ctx, user, &diag);
        if (smp_context_memory(ctx, NULL))
            TEST_DIE("run %u failing (way %d): the context still books memory", n, (int)b.way);
        smp_context_destroy(&ctx);
        if (memory.live)
            TEST_DIE("run %u failing (way %d): memory is left", n, (int)b.way);
        if (b.calls < n && status == SMP_OK)
            return b.calls;
        if (status != SMP_ERR_RUNNER || diag.status != SMP_ERR_RUNNER || !diag.text[0])
            TEST_DIE("run %u failing (way %d): %s, words \"%s\"", n, (int)b.way,
                     smp_status_name(status), diag.text);
    }
}

#endif
