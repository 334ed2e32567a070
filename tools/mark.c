/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The comment that says of a picture that it is simulated, by what and from which plan. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"

#define PLAN_MAX 60000u /* bytes: a longer one is named by its hash; a JPEG comment holds 65533 */

/* Without the blanks outside of strings; returns the length. */
static size_t tighten(char *text, size_t size)
{
    size_t n = 0;
    int quoted = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"' && !(quoted && text[i - 1] == '\\'))
            quoted = !quoted;
        if (quoted || !isspace((unsigned char)text[i]))
            text[n++] = text[i];
    }
    text[n] = 0;
    return n;
}

/* FNV-1a, 64 bits. */
static unsigned long long hash(const char *text, size_t size)
{
    unsigned long long h = 14695981039346656037u;
    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)text[i]) * 1099511628211u;
    return h;
}

int cli_job_mark(cli_job *job, const smp_plan *plan, double day)
{
    smp_bytes *json = NULL;
    smp_plan_desc desc;
    size_t size;
    char when[40] = "several days";
    smp_plan_desc_init(&desc);
    if (job->no_mark)
        return CLI_OK;
    if (smp_plan_get(plan, &desc, &job->diag) != SMP_OK ||
        smp_plan_to_json(job->ctx, plan, &json, &job->diag) != SMP_OK)
        return cli_job_fail(job, "plan");
    const char *text = (const char *)smp_bytes_data(json, &size);
    char *tight = malloc(size + 1);
    free(job->mark);
    job->mark = malloc(size + 256);
    if (tight && job->mark) {
        memcpy(tight, text, size);
        size = tighten(tight, size);
        if (!isnan(day))
            snprintf(when, sizeof when, "day %g", day);
        const int n = snprintf(job->mark, 256,
                               "Simulated, not a photograph: scalp micropigmentation by libsmp %s, "
                               "look %u, %s. Plan: ",
                               smp_version(), desc.look, when);
        if (size <= PLAN_MAX)
            memcpy(job->mark + n, tight, size + 1);
        else
            snprintf(job->mark + n, 60, "FNV-1a %016llx", hash(tight, size));
    }
    const int good = tight && job->mark;
    free(tight);
    smp_bytes_destroy(&json);
    return good ? CLI_OK : cli_fail(job->command, CLI_FAILED, "no memory");
}
