/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The course of a plan as a chart. */
#ifndef SMP_TOOLS_CHART_H
#define SMP_TOOLS_CHART_H

#include "canvas.h"

/* What a chart is of. */
typedef struct cli_charted {
    const smp_context *ctx;
    const smp_plan *plan;
    const smp_skin *skin;
} cli_charted;

/* Draws contrast over the years with its range, the first weeks, what is left, and the colours of
 * the treated skin. years: how far. due receives when a touch-up is due, days, for each case. */
smp_status cli_chart(cli_canvas *canvas, const cli_charted *of, double years,
                     double due[SMP_COURSE_CASES], smp_diag *diag);

#endif
