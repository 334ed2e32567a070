/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the commands share: a context with threads, progress, pictures read and written. */
#include "job.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int report(void *user, double done, const char *stage)
{
    cli_job *job = user;
    int percent = (int)(done * 100.0);
    if (job->show == 1 && percent != job->shown)
        fprintf(stderr, "\r\033[K%s: %s %d %%", job->command, stage, percent);
    else if (job->show == 2 && percent / 10 != (job->shown < 0 ? -1 : job->shown / 10))
        fprintf(stderr, "%s: %s %d %%\n", job->command, stage, percent);
    job->shown = percent;
    return 0;
}

void cli_job_quiet(cli_job *job)
{
    if (job->show == 1 && job->shown >= 0)
        fprintf(stderr, "\r\033[K");
    job->shown = -1;
}

int cli_job_open(cli_job *job, const char *command, uint32_t threads, int progress)
{
    *job = (cli_job){.command = command, .shown = -1};
    job->show = cli_is_terminal() ? 1 : progress ? 2 : 0;
    job->progress = (smp_progress){.user = job, .report = report};
    smp_context_desc desc;
    smp_context_desc_init(&desc);
    if (threads != 1) {
        if (smp_pool_create(&job->pool, threads, &job->diag) != SMP_OK)
            return cli_job_fail(job, "threads");
        desc.runner = smp_pool_runner(job->pool);
    }
    if (smp_context_create(&job->ctx, &desc, &job->diag) != SMP_OK)
        return cli_job_fail(job, "context");
    return CLI_OK;
}

void cli_job_close(cli_job *job)
{
    cli_job_quiet(job);
    free(job->mark);
    smp_context_destroy(&job->ctx);
    smp_pool_destroy(&job->pool);
}

int cli_job_fail(cli_job *job, const char *what)
{
    cli_job_quiet(job);
    return cli_fail(job->command, CLI_FAILED, "%s: %s", what,
                    job->diag.text[0] ? job->diag.text : smp_status_name(job->diag.status));
}

int cli_job_read(cli_job *job, const char *path, int keep_exif, smp_picture **picture)
{
    smp_decode_desc desc;
    smp_decode_desc_init(&desc);
    desc.keep_exif = (uint32_t)keep_exif;
    unsigned char *bytes;
    size_t size;
    const char *why;
    if (!cli_read(path, &bytes, &size, &why))
        return cli_fail(job->command, CLI_FAILED, "cannot read %s: %s", path, why);
    smp_status status = smp_decode(job->ctx, bytes, size, &desc, picture, &job->diag);
    free(bytes);
    return status == SMP_OK ? CLI_OK : cli_job_fail(job, path);
}

int cli_job_write(cli_job *job, const char *path, const smp_image *image, uint32_t quality,
                  const smp_picture *from)
{
    smp_metadata metadata = {.comment = job->mark};
    smp_bytes *file = NULL;
    smp_encode_desc desc;
    smp_encode_desc_init(&desc);
    if (from)
        metadata.exif = smp_picture_exif(from, &metadata.exif_size);
    desc.kind = (uint32_t)cli_kind_of(path);
    if (quality)
        desc.quality = quality;
    if (smp_encode(job->ctx, image, &desc, &metadata, &file, &job->diag) != SMP_OK)
        return cli_job_fail(job, path);
    size_t size;
    const char *why;
    const uint8_t *bytes = smp_bytes_data(file, &size);
    int done = cli_write(path, bytes, size, &why);
    smp_bytes_destroy(&file);
    cli_job_quiet(job);
    return done ? CLI_OK : cli_fail(job->command, CLI_FAILED, "cannot write %s: %s", path, why);
}

int cli_job_plan(cli_job *job, const char *path, smp_plan **plan)
{
    unsigned char *bytes;
    size_t size;
    const char *why;
    if (!cli_read(path, &bytes, &size, &why))
        return cli_fail(job->command, CLI_FAILED, "cannot read %s: %s", path, why);
    smp_status status = smp_plan_from_json(job->ctx, (const char *)bytes, size, plan, &job->diag);
    free(bytes);
    return status == SMP_OK ? CLI_OK : cli_job_fail(job, path);
}

double cli_seconds(void)
{
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
