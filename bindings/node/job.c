/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Long work: at once, or as a promise on the libuv pool, with progress and cancel. Inputs of a
 * promise are copied or counted before it starts, so that nothing JavaScript does can reach them.
 */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

#define STEP 0.01 /* of progress that is worth a call */

typedef struct note {
    double done;
    const char *stage;
} note;

static void call_note(napi_env env, napi_value function, void *context, void *data)
{
    note *n = data;
    (void)context;
    if (env && function) {
        napi_value args[2] = {number_of(env, n->done), text_of(env, n->stage)}, self, result;
        napi_get_undefined(env, &self);
        if (napi_call_function(env, self, function, 2, args, &result) == napi_pending_exception) {
            napi_value error; /* a callback's error must not end the process from in here */
            napi_get_and_clear_last_exception(env, &error);
        }
    }
    free(n);
}

static int is_cancelled(const job *j)
{
    return j->token && atomic_load(&j->token->flag) != 0;
}

/* On another thread. */
static int report_far(void *user, double done, const char *stage)
{
    job *j = user;
    if (j->told && (done - j->last >= STEP || done >= 1)) {
        note *n = malloc(sizeof *n);
        if (n) {
            *n = (note){done, stage};
            if (napi_call_threadsafe_function(j->told, n, napi_tsfn_nonblocking) != napi_ok)
                free(n);
        }
        j->last = done;
    }
    return is_cancelled(j);
}

/* On the JavaScript thread. */
static int report_near(void *user, double done, const char *stage)
{
    job *j = user;
    if (j->report && (done - j->last >= STEP || done >= 1)) {
        napi_value self, result;
        napi_value args[2] = {number_of(j->env, done), text_of(j->env, stage)};
        napi_get_undefined(j->env, &self);
        j->last = done;
        if (napi_call_function(j->env, self, j->report, 2, args, &result) != napi_ok)
            return 1; /* it threw: stop, and let that be the error */
    }
    return is_cancelled(j);
}

static void job_free(job *j)
{
    if (!j)
        return;
    if (j->params && j->kind->clean)
        j->kind->clean(j);
    free(j->params);
    for (int i = 0; i < 4; i++)
        held_drop(j->uses[i]);
    held_drop(j->token);
    held_drop(j->context);
    free(j);
}

/* args of start and now: kind, context, token, report, list of arguments. */
static job *job_make(napi_env env, napi_value *args, int copy)
{
    napi_value list[ARGS_MAX] = {0};
    uint32_t number = 0;
    if (!get_u32(env, args[0], "kind", &number))
        return NULL;
    if (number >= job_kind_count) {
        bad(env, "no such job");
        return NULL;
    }
    job *j = calloc(1, sizeof *j);
    if (j)
        j->params = calloc(1, job_kinds[number]->size);
    if (!j || !j->params) {
        free(j);
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    j->kind = job_kinds[number];
    j->last = -1;
    held *context = held_get(env, args[1], HELD_CONTEXT), *token = NULL;
    int ok = context && held_optional(env, args[2], HELD_TOKEN, &token);
    j->context = held_keep(context);
    j->token = held_keep(token);
    for (uint32_t i = 0; ok && i < j->kind->args; i++)
        ok = fine(env, napi_get_element(env, args[4], i, list + i));
    if (!ok || !j->kind->prepare(env, j, list, copy)) {
        job_free(j);
        return NULL;
    }
    return j;
}

static napi_value job_value(napi_env env, job *j)
{
    napi_value value = j->kind->finish(env, j);
    held_account(env, j->context);
    return value;
}

napi_value job_now(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], value = NULL;
    if (!get_args(env, info, args))
        return NULL;
    job *j = job_make(env, args, 0);
    if (!j)
        return NULL;
    j->env = env;
    j->report = is_missing(env, args[3]) ? NULL : args[3];
    j->progress = (smp_progress){j, report_near};
    j->status = j->kind->execute(j);
    if (j->status == SMP_OK)
        value = job_value(env, j);
    else
        error_throw(env, j->status, &j->diag);
    job_free(j);
    return value;
}

static void work_execute(napi_env env, void *data)
{
    job *j = data;
    (void)env;
    if (is_cancelled(j)) {
        j->status = SMP_ERR_CANCELLED;
        strcpy(j->diag.text, "cancelled before it began");
        return;
    }
    j->status = j->kind->execute(j);
}

static void work_complete(napi_env env, napi_status ran, void *data)
{
    job *j = data;
    napi_value value = NULL, error = NULL;
    bool pending = false;
    if (ran == napi_ok && j->status == SMP_OK)
        value = job_value(env, j);
    napi_is_exception_pending(env, &pending);
    if (pending)
        napi_get_and_clear_last_exception(env, &error);
    else if (!value)
        error = error_make(env, ran == napi_ok ? j->status : SMP_ERR_CANCELLED, &j->diag);
    if (error)
        napi_reject_deferred(env, j->deferred, error);
    else
        napi_resolve_deferred(env, j->deferred, value);
    if (j->told)
        napi_release_threadsafe_function(j->told, napi_tsfn_release);
    napi_delete_async_work(env, j->work);
    job_free(j);
}

static int job_queue(napi_env env, job *j, napi_value report, napi_value *promise)
{
    napi_value name = text_of(env, j->kind->name);
    if (!is_missing(env, report)) {
        if (!fine(env, napi_create_threadsafe_function(env, report, NULL, name, 0, 1, NULL, NULL,
                                                       NULL, call_note, &j->told)))
            return 0;
        napi_unref_threadsafe_function(env, j->told);
    }
    j->progress = (smp_progress){j, report_far};
    return fine(env, napi_create_promise(env, &j->deferred, promise)) &&
           fine(env, napi_create_async_work(env, NULL, name, work_execute, work_complete, j,
                                            &j->work)) &&
           fine(env, napi_queue_async_work(env, j->work));
}

napi_value job_start(napi_env env, napi_callback_info info)
{
    napi_value args[ARGS_MAX], promise = NULL;
    if (!get_args(env, info, args))
        return NULL;
    job *j = job_make(env, args, 1);
    if (!j)
        return NULL;
    if (job_queue(env, j, args[3], &promise))
        return promise;
    if (j->told)
        napi_release_threadsafe_function(j->told, napi_tsfn_abort);
    job_free(j);
    return NULL;
}
