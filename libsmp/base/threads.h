/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the platforms do differently: threads, locks, processor count, process id, atomic numbers.
 * POSIX threads (macOS has no <threads.h>) or Win32; C11 atomics or Win32's. */
#ifndef SMPI_BASE_THREADS_H
#define SMPI_BASE_THREADS_H

#include <stdint.h>

#if defined(_WIN32)
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
typedef HANDLE smpi_thread;
typedef SRWLOCK smpi_lock;
typedef CONDITION_VARIABLE smpi_signal;
#else
#include <pthread.h>
typedef pthread_t smpi_thread;
typedef pthread_mutex_t smpi_lock;
typedef pthread_cond_t smpi_signal;
#endif

/* Starts fn(arg) on a new thread; 0 when it runs. */
typedef int smpi_thread_start_fn(smpi_thread *thread, void (*fn)(void *arg), void *arg);
int smpi_thread_start(smpi_thread *thread, void (*fn)(void *arg), void *arg);
void smpi_thread_join(smpi_thread thread);

/* 0 when it worked. */
int smpi_lock_init(smpi_lock *lock);
void smpi_lock_destroy(smpi_lock *lock);
void smpi_lock_take(smpi_lock *lock);
void smpi_lock_give(smpi_lock *lock);

int smpi_signal_init(smpi_signal *signal);
void smpi_signal_destroy(smpi_signal *signal);
/* Gives the lock back while it waits; may return for no reason. */
void smpi_signal_wait(smpi_signal *signal, smpi_lock *lock);
void smpi_signal_all(smpi_signal *signal);

/* Processors that this machine has running, at least 1. */
uint32_t smpi_processors(void);
/* Differs in a forked child. */
uint64_t smpi_process_id(void);
/* A moment's rest inside a loop that spins. */
void smpi_pause(void);

/* ---- atomic numbers, sequentially consistent ---------------------------------------------------
 */

#if !defined(__STDC_NO_ATOMICS__) && !(defined(_MSC_VER) && !defined(__clang__))
#include <stdatomic.h>
typedef struct smpi_atomic {
    _Atomic uint64_t value;
} smpi_atomic;

static inline void smpi_atomic_set(smpi_atomic *a, uint64_t value)
{
    atomic_store(&a->value, value);
}
static inline uint64_t smpi_atomic_get(smpi_atomic *a)
{
    return atomic_load(&a->value);
}
/* Returns what was there before. */
static inline uint64_t smpi_atomic_add(smpi_atomic *a, uint64_t more)
{
    return atomic_fetch_add(&a->value, more);
}
/* Stores want where *seen is; 1 when it did, else *seen is what is there. */
static inline int smpi_atomic_swap(smpi_atomic *a, uint64_t *seen, uint64_t want)
{
    return atomic_compare_exchange_strong(&a->value, seen, want);
}
#elif defined(_WIN32)
typedef struct smpi_atomic {
    volatile LONG64 value;
} smpi_atomic;

static inline void smpi_atomic_set(smpi_atomic *a, uint64_t value)
{
    InterlockedExchange64(&a->value, (LONG64)value);
}
static inline uint64_t smpi_atomic_get(smpi_atomic *a)
{
    return (uint64_t)InterlockedCompareExchange64(&a->value, 0, 0);
}
static inline uint64_t smpi_atomic_add(smpi_atomic *a, uint64_t more)
{
    return (uint64_t)InterlockedExchangeAdd64(&a->value, (LONG64)more);
}
static inline int smpi_atomic_swap(smpi_atomic *a, uint64_t *seen, uint64_t want)
{
    const uint64_t found =
        (uint64_t)InterlockedCompareExchange64(&a->value, (LONG64)want, (LONG64)*seen);
    const int same = found == *seen;
    *seen = found;
    return same;
}
#else
#error "libsmp needs C11 atomics"
#endif

#endif
