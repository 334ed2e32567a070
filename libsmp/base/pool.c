/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A persistent pool of threads. Workers sleep on a condition variable after a short spin; a job's
 * tasks are claimed one by one through an atomic index; the caller works too. */
#include <stdlib.h>

#include "base/diag.h"
#include "base/tasks.h"
#include "base/threads.h"

#define MAX_THREADS 256
#define SPINS 2000 /* some 20 to 60 microseconds, longer than the gap between two stages */

/* One call of run, on the caller's stack. */
typedef struct job {
    smp_task_fn *fn;
    void *task;
    uint32_t count;
    smpi_atomic next;
    smpi_failure failure;
} job;

struct smp_pool {
    uint64_t process;     /* where the threads live */
    uint32_t started;     /* workers that run */
    smpi_atomic busy;     /* 1 while a job runs */
    smpi_atomic sequence; /* grows with each job and at the end: what workers wait for */
    smpi_atomic active;   /* workers inside the job; changes under the lock */
    smpi_lock lock;
    smpi_signal wake, idle;
    job *job; /* under the lock; NULL between jobs */
    int stop; /* under the lock */
    smpi_thread threads[MAX_THREADS];
};

static void work(job *j)
{
    for (;;) {
        const uint64_t i = smpi_atomic_add(&j->next, 1);
        if (i >= j->count)
            return;
        smpi_failure_run(&j->failure, j->fn, j->task, (uint32_t)i);
    }
}

/* Waits for a sequence number other than seen; returns it, with the lock taken. */
static uint64_t await_news(smp_pool *pool, uint64_t seen)
{
    for (int i = 0; i < SPINS && smpi_atomic_get(&pool->sequence) == seen; i++)
        smpi_pause();
    smpi_lock_take(&pool->lock);
    while (smpi_atomic_get(&pool->sequence) == seen)
        smpi_signal_wait(&pool->wake, &pool->lock);
    return smpi_atomic_get(&pool->sequence);
}

static void worker(void *arg)
{
    smp_pool *pool = arg;
    uint64_t seen = 0;
    for (;;) {
        seen = await_news(pool, seen);
        job *j = pool->job;
        const int stop = pool->stop;
        if (j)
            smpi_atomic_add(&pool->active, 1);
        smpi_lock_give(&pool->lock);
        if (stop)
            return;
        if (!j)
            continue; /* woken after the job was done */
        work(j);
        smpi_lock_take(&pool->lock);
        if (smpi_atomic_add(&pool->active, (uint64_t)0 - 1) == 1)
            smpi_signal_all(&pool->idle);
        smpi_lock_give(&pool->lock);
    }
}

static void announce(smp_pool *pool, job *j, int stop)
{
    smpi_lock_take(&pool->lock);
    pool->job = j;
    pool->stop = stop;
    smpi_atomic_add(&pool->sequence, 1);
    smpi_signal_all(&pool->wake);
    smpi_lock_give(&pool->lock);
}

/* No worker enters the job any more; those inside are waited for. */
static void finish(smp_pool *pool)
{
    smpi_lock_take(&pool->lock);
    pool->job = NULL;
    smpi_lock_give(&pool->lock);
    for (int i = 0; i < SPINS && smpi_atomic_get(&pool->active); i++)
        smpi_pause();
    smpi_lock_take(&pool->lock);
    while (smpi_atomic_get(&pool->active))
        smpi_signal_wait(&pool->idle, &pool->lock);
    smpi_lock_give(&pool->lock);
}

static smp_status pool_run(void *user, smp_task_fn *fn, void *task, uint32_t count)
{
    smp_pool *pool = user;
    job j = {.fn = fn, .task = task, .count = count};
    uint64_t free_now = 0;
    smpi_atomic_set(&j.next, 0);
    smpi_failure_clear(&j.failure);
    if (pool->started == 0 || count < 2 || smpi_process_id() != pool->process ||
        !smpi_atomic_swap(&pool->busy, &free_now, 1)) {
        work(&j);
        return smpi_failure_status(&j.failure);
    }
    announce(pool, &j, 0);
    work(&j);
    finish(pool);
    smpi_atomic_set(&pool->busy, 0);
    return smpi_failure_status(&j.failure);
}

static int init_locks(smp_pool *pool)
{
    if (smpi_lock_init(&pool->lock))
        return 1;
    if (smpi_signal_init(&pool->wake)) {
        smpi_lock_destroy(&pool->lock);
        return 1;
    }
    if (smpi_signal_init(&pool->idle)) {
        smpi_signal_destroy(&pool->wake);
        smpi_lock_destroy(&pool->lock);
        return 1;
    }
    return 0;
}

smp_status smpi_pool_create(smp_pool **pool, uint32_t threads, smpi_thread_start_fn *start_thread,
                            smp_diag *diag)
{
    if (threads > MAX_THREADS)
        return smpi_fail(diag, SMP_ERR_RANGE, "threads is %lu, want [0, %d]",
                         (unsigned long)threads, MAX_THREADS);
    if (threads == 0)
        threads = smpi_processors() < MAX_THREADS ? smpi_processors() : MAX_THREADS;
    smp_pool *p = calloc(1, sizeof *p);
    if (!p)
        return smpi_fail(diag, SMP_ERR_MEMORY, "pool: %zu bytes", sizeof *p);
    if (init_locks(p)) {
        free(p);
        return smpi_fail(diag, SMP_ERR_RUNNER, "the pool's lock could not be made");
    }
    p->process = smpi_process_id();
    while (p->started + 1 < threads) {
        if (start_thread(&p->threads[p->started], worker, p)) {
            const uint32_t started = p->started;
            smp_pool_destroy(&p);
            return smpi_fail(diag, SMP_ERR_RUNNER, "thread %lu of %lu could not be started",
                             (unsigned long)started + 1, (unsigned long)threads - 1);
        }
        p->started++;
    }
    *pool = p;
    return SMP_OK;
}

smp_status smp_pool_create(smp_pool **pool, uint32_t threads, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(pool, diag);
    *pool = NULL;
    return smpi_pool_create(pool, threads, smpi_thread_start, diag);
}

/* In a forked child the threads do not exist, and the lock may be held by one of them for ever:
 * only the memory is given back there. */
void smp_pool_destroy(smp_pool **pool)
{
    if (!pool || !*pool)
        return;
    smp_pool *p = *pool;
    if (smpi_process_id() == p->process) {
        announce(p, NULL, 1);
        for (uint32_t i = 0; i < p->started; i++)
            smpi_thread_join(p->threads[i]);
        smpi_signal_destroy(&p->idle);
        smpi_signal_destroy(&p->wake);
        smpi_lock_destroy(&p->lock);
    }
    free(p);
    *pool = NULL;
}

smp_runner smp_pool_runner(smp_pool *pool)
{
    smp_runner runner = {NULL, NULL};
    if (pool)
        runner = (smp_runner){pool, pool_run};
    return runner;
}
