/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The failure of a job of many tasks: always that of the task with the lowest index, as if they had
 * run one after the other. */
#ifndef SMPI_BASE_TASKS_H
#define SMPI_BASE_TASKS_H

#include <smp/base.h>

#include "base/threads.h"

/* Index and status of the lowest failure so far: index << 32 | status. */
typedef smpi_atomic smpi_failure;

void smpi_failure_clear(smpi_failure *failure);
/* Runs one task unless one before it has failed, and notes its failure. Every task below the lowest
 * failure does run, so the answer does not depend on the order. */
void smpi_failure_run(smpi_failure *failure, smp_task_fn *fn, void *task, uint32_t index);
smp_status smpi_failure_status(smpi_failure *failure);

/* The pool with another way to start threads, for tests. */
smp_status smpi_pool_create(smp_pool **pool, uint32_t threads, smpi_thread_start_fn *start,
                            smp_diag *diag);

#endif
