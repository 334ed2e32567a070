/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Long calls: the interpreter is released; from time to time it is taken back to call the user's
 * function and to notice Ctrl-C. */
#include "smp_py.h"

#include <time.h>

enum { EVERY_MS = 20 }; /* how often the interpreter is taken back, at most */

static double now_s(void)
{
    struct timespec t;
    return timespec_get(&t, TIME_UTC) ? (double)t.tv_sec + 1e-9 * (double)t.tv_nsec : 0.0;
}

/* With the interpreter: 1 to stop, with or without an exception set. */
static int ask(py_job *job, double done, const char *stage)
{
    if (PyErr_CheckSignals() < 0)
        return 1;
    if (!job->callback)
        return 0;
    PyObject *answer = PyObject_CallFunction(job->callback, "ds", done, stage);
    int stop = answer ? PyObject_IsTrue(answer) : 1;
    Py_XDECREF(answer);
    return stop != 0;
}

static int report(void *user, double done, const char *stage)
{
    py_job *job = user;
    double s = now_s();
    /* A clock that was set back counts as time gone by. */
    int soon = s >= job->last_s && s - job->last_s < 1e-3 * EVERY_MS;
    if (soon && !(job->callback && done >= 1.0 && job->last_done < 1.0))
        return 0;
    job->last_s = s;
    job->last_done = done;
    PyEval_RestoreThread(job->thread);
    int stop = ask(job, done, stage);
    job->thread = PyEval_SaveThread();
    return stop;
}

int py_job_open(py_job *job, PyObject *callback)
{
    int none = !callback || callback == Py_None;
    if (!none && !PyCallable_Check(callback)) {
        PyErr_SetString(PyExc_TypeError, "progress must be a function of (done, stage)");
        return 0;
    }
    *job = (py_job){.callback = none ? NULL : callback, .last_s = none ? now_s() : 0.0};
    job->progress = (smp_progress){.user = job, .report = report};
    return 1;
}

void py_job_leave(py_job *job)
{
    job->progress.user = job;
    job->thread = PyEval_SaveThread();
}

void py_job_enter(py_job *job)
{
    PyEval_RestoreThread(job->thread);
}
