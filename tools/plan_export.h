/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What smp plan writes besides JSON. */
#ifndef SMP_TOOLS_PLAN_EXPORT_H
#define SMP_TOOLS_PLAN_EXPORT_H

#include "job.h"

typedef struct plan_export {
    const char *csv, *dots, *svg; /* files, or NULL */
    double melanin;               /* of the skin, for the warnings */
    int summary;                  /* print words instead of JSON */
} plan_export;

/* Areas, dots, hours and warnings, in words, to stdout. */
int cli_plan_summary(cli_job *job, const smp_plan *plan, double melanin);
/* Writes the files that are asked for. */
int cli_plan_export(cli_job *job, const smp_plan *plan, const plan_export *what);

#endif
