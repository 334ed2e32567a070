/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The thin layer over POSIX and Win32 threads. The Win32 half is written to the manual and has not
 * been run. */
#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L /* pthread.h, unistd.h under plain C11 */
#if defined(__APPLE__)
#define _DARWIN_C_SOURCE /* _SC_NPROCESSORS_ONLN */
#endif
#endif

#include "base/threads.h"

#include <stddef.h>
#include <stdlib.h>

#if defined(_WIN32)
#include <process.h>
#else
#include <unistd.h>
#endif

/* Enough for every task, and the same everywhere: musl's default is 128 KB, macOS's 512 KB. */
#define STACK_BYTES ((size_t)4 << 20)

/* What a new thread is told; the thread frees it. */
typedef struct start {
    void (*fn)(void *arg);
    void *arg;
} start;

static void begin(void *given)
{
    const start s = *(start *)given;
    free(given);
    s.fn(s.arg);
}

#if defined(_WIN32)

static unsigned __stdcall enter(void *given)
{
    begin(given);
    return 0;
}

static int start_platform(smpi_thread *thread, start *s)
{
    const uintptr_t handle = _beginthreadex(NULL, (unsigned)STACK_BYTES, enter, s, 0, NULL);
    *thread = (HANDLE)handle;
    return handle == 0;
}

void smpi_thread_join(smpi_thread thread)
{
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

int smpi_lock_init(smpi_lock *lock)
{
    InitializeSRWLock(lock);
    return 0;
}

void smpi_lock_destroy(smpi_lock *lock)
{
    (void)lock;
}

void smpi_lock_take(smpi_lock *lock)
{
    AcquireSRWLockExclusive(lock);
}

void smpi_lock_give(smpi_lock *lock)
{
    ReleaseSRWLockExclusive(lock);
}

int smpi_signal_init(smpi_signal *signal)
{
    InitializeConditionVariable(signal);
    return 0;
}

void smpi_signal_destroy(smpi_signal *signal)
{
    (void)signal;
}

void smpi_signal_wait(smpi_signal *signal, smpi_lock *lock)
{
    SleepConditionVariableSRW(signal, lock, INFINITE, 0);
}

void smpi_signal_all(smpi_signal *signal)
{
    WakeAllConditionVariable(signal);
}

uint32_t smpi_processors(void)
{
    SYSTEM_INFO info;
    GetSystemInfo(&info);
    return info.dwNumberOfProcessors ? (uint32_t)info.dwNumberOfProcessors : 1;
}

uint64_t smpi_process_id(void)
{
    return GetCurrentProcessId();
}

#else

static void *enter(void *given)
{
    begin(given);
    return NULL;
}

static int start_platform(smpi_thread *thread, start *s)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes))
        return 1;
    int failed = pthread_attr_setstacksize(&attributes, STACK_BYTES);
    if (!failed)
        failed = pthread_create(thread, &attributes, enter, s);
    pthread_attr_destroy(&attributes);
    return failed != 0;
}

void smpi_thread_join(smpi_thread thread)
{
    pthread_join(thread, NULL);
}

int smpi_lock_init(smpi_lock *lock)
{
    return pthread_mutex_init(lock, NULL);
}

void smpi_lock_destroy(smpi_lock *lock)
{
    pthread_mutex_destroy(lock);
}

void smpi_lock_take(smpi_lock *lock)
{
    pthread_mutex_lock(lock);
}

void smpi_lock_give(smpi_lock *lock)
{
    pthread_mutex_unlock(lock);
}

int smpi_signal_init(smpi_signal *signal)
{
    return pthread_cond_init(signal, NULL);
}

void smpi_signal_destroy(smpi_signal *signal)
{
    pthread_cond_destroy(signal);
}

void smpi_signal_wait(smpi_signal *signal, smpi_lock *lock)
{
    pthread_cond_wait(signal, lock);
}

void smpi_signal_all(smpi_signal *signal)
{
    pthread_cond_broadcast(signal);
}

uint32_t smpi_processors(void)
{
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (uint32_t)n : 1;
}

uint64_t smpi_process_id(void)
{
    return (uint64_t)getpid();
}

#endif

int smpi_thread_start(smpi_thread *thread, void (*fn)(void *arg), void *arg)
{
    start *s = malloc(sizeof *s);
    if (!s)
        return 1;
    *s = (start){fn, arg};
    const int failed = start_platform(thread, s);
    if (failed)
        free(s);
    return failed;
}

void smpi_pause(void)
{
#if defined(__GNUC__) && (defined(__x86_64__) || defined(__i386__))
    __builtin_ia32_pause();
#elif defined(__GNUC__) && defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}
