/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a context is made of; for base alone. */
#ifndef SMPI_BASE_CONTEXT_INSIDE_H
#define SMPI_BASE_CONTEXT_INSIDE_H

#include "base/context.h"
#include "base/threads.h"

/* Bytes held now and the most ever held: the only part of a context that changes. */
typedef struct smpi_account {
    smpi_atomic held, peak;
} smpi_account;

struct smp_context {
    const smpk_table *kernels;
    smp_allocator allocator;
    smp_runner runner;
    uint64_t budget;       /* bytes, UINT64_MAX for none */
    smpi_account *account; /* its own, below: reached through a const context */
    smpi_account own;
};

#endif
