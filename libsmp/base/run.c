/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Running tasks on the context's runner, with progress and cancel between batches. */
#include "base/context.h"
#include "base/context_inside.h"
#include "base/diag.h"
#include "base/guard.h"
#include "base/tasks.h"

void smpi_failure_clear(smpi_failure *failure)
{
    smpi_atomic_set(failure, UINT64_MAX);
}

void smpi_failure_run(smpi_failure *failure, smp_task_fn *fn, void *task, uint32_t index)
{
    if (index > smpi_atomic_get(failure) >> 32)
        return;
    const smp_status status = fn(task, index);
    if (status == SMP_OK)
        return;
    const uint64_t mine = (uint64_t)index << 32 | (uint32_t)status;
    uint64_t seen = smpi_atomic_get(failure);
    while (mine < seen && !smpi_atomic_swap(failure, &seen, mine))
        continue;
}

smp_status smpi_failure_status(smpi_failure *failure)
{
    const uint64_t lowest = smpi_atomic_get(failure);
    return lowest == UINT64_MAX ? SMP_OK : (smp_status)(uint32_t)lowest;
}

/* What goes to the caller's runner instead of the task: it counts, so that a runner which leaves
 * tasks out is noticed. */
typedef struct guarded {
    smp_task_fn *fn;
    void *task;
    uint32_t first, count;
    smpi_failure failure;
    smpi_atomic called;
} guarded;

static smp_status run_guarded(void *task, uint32_t index)
{
    guarded *g = task;
    if (index >= g->count)
        return SMP_ERR_RUNNER;
    smpi_atomic_add(&g->called, 1);
    const smpi_float host = smpi_float_enter();
    smpi_failure_run(&g->failure, g->fn, g->task, g->first + index);
    smpi_float_leave(&host);
    return SMP_OK; /* a runner that stops early would leave out a task before this one */
}

static smp_status run_range(const smp_context *ctx, smp_task_fn *fn, void *task, uint32_t first,
                            uint32_t count)
{
    if (!ctx->runner.run || count == 1) {
        for (uint32_t i = 0; i < count; i++)
            SMPI_TRY(fn(task, first + i));
        return SMP_OK;
    }
    guarded g = {.fn = fn, .task = task, .first = first, .count = count};
    smpi_failure_clear(&g.failure);
    smpi_atomic_set(&g.called, 0);
    const smp_status ran = ctx->runner.run(ctx->runner.user, run_guarded, &g, count);
    (void)smpi_float_enter(); /* whatever the runner left; the host gets its own back at the end */
    const smp_status failed = smpi_failure_status(&g.failure);
    if (failed != SMP_OK)
        return failed;
    return ran == SMP_OK && smpi_atomic_get(&g.called) == count ? SMP_OK : SMP_ERR_RUNNER;
}

smp_status smpi_run(const smp_context *ctx, smp_task_fn *fn, void *task, uint32_t count)
{
    return count ? run_range(ctx, fn, task, 0, count) : SMP_OK;
}

smp_status smpi_report(const smp_progress *progress, double done, const char *stage, smp_diag *diag)
{
    if (!progress || !progress->report)
        return SMP_OK;
    const double share = done >= 0.0 ? (done <= 1.0 ? done : 1.0) : 0.0; /* NaN: 0 */
    const int stop = progress->report(progress->user, share, stage);
    (void)smpi_float_enter(); /* as after a runner */
    if (stop)
        return smpi_fail(diag, SMP_ERR_CANCELLED, "cancelled during %s, %d %% done", stage,
                         (int)(share * 100.0));
    return SMP_OK;
}

smp_status smpi_run_end(smp_diag *diag, smp_status status, const char *stage)
{
    if (status == SMP_OK)
        return SMP_OK;
    if (status == SMP_ERR_RUNNER)
        return smpi_fail(diag, status, "%s: the runner failed or left tasks out", stage);
    if (status == SMP_ERR_MEMORY)
        return smpi_fail(diag, status, "%s: out of memory", stage);
    return smpi_fail(diag, status, "%s: failed with %s", stage, smp_status_name(status));
}

/* Tasks between two reports: about 64 reports on one thread; with a runner fewer and larger ones,
 * so that many threads stay busy. */
static uint32_t batch_size(const smp_context *ctx, uint32_t count)
{
    const uint32_t share = count / 64 + 1;
    if (!ctx->runner.run)
        return share;
    return share < 8 ? 16 : 2 * share;
}

/* NOLINTNEXTLINE(readability-function-size): callers read better with all of it in one line */
smp_status smpi_run_progress(const smp_context *ctx, smp_task_fn *fn, void *task, uint32_t count,
                             const smp_progress *progress, double from, double to,
                             const char *stage, smp_diag *diag)
{
    if (!progress || !progress->report)
        return smpi_run_end(diag, smpi_run(ctx, fn, task, count), stage);
    const uint32_t batch = batch_size(ctx, count);
    SMPI_TRY(smpi_report(progress, from, stage, diag));
    for (uint32_t first = 0; first < count;) {
        const uint32_t n = count - first < batch ? count - first : batch;
        SMPI_TRY(smpi_run_end(diag, run_range(ctx, fn, task, first, n), stage));
        first += n;
        const double share = (double)first / (double)count;
        SMPI_TRY(smpi_report(progress, from + (to - from) * share, stage, diag));
    }
    return count ? SMP_OK : smpi_report(progress, to, stage, diag);
}
