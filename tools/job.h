/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the commands share: a context with threads, progress, pictures read and written. */
#ifndef SMP_TOOLS_JOB_H
#define SMP_TOOLS_JOB_H

#include "files.h"
#include "options.h"

typedef struct cli_job {
    const char *command;
    smp_pool *pool;
    smp_context *ctx;
    smp_progress progress; /* pass &job->progress to the library */
    int show;              /* 0 silent, 1 one line that is rewritten, 2 lines of their own */
    int shown;             /* the per cent shown last; -1 nothing */
    smp_diag diag;
    char *mark;  /* the comment of all pictures that are written, or NULL */
    int no_mark; /* cli_job_mark() does nothing */
} cli_job;

/* Starts threads (0: one per processor) and makes the context. progress: show it even when stderr
 * is no terminal. Returns CLI_OK, or CLI_FAILED after printing why. */
int cli_job_open(cli_job *job, const char *command, uint32_t threads, int progress);
void cli_job_close(cli_job *job);

/* Prints "smp COMMAND: what: the library's words" and returns CLI_FAILED. */
int cli_job_fail(cli_job *job, const char *what);
/* Wipes the progress line. */
void cli_job_quiet(cli_job *job);

/* Reads and decodes a picture, with its Exif when asked for; prints why not. */
int cli_job_read(cli_job *job, const char *path, int keep_exif, smp_picture **picture);
/* Encodes by the path's extension (which must be known) and writes. quality 0: the default; the
 * Exif that `from` (or NULL) kept goes along. */
int cli_job_write(cli_job *job, const char *path, const smp_image *image, uint32_t quality,
                  const smp_picture *from);
/* From now on pictures say that they are simulated: version, look, day (NaN: several) and plan. */
int cli_job_mark(cli_job *job, const smp_plan *plan, double day);
#define CLI_MARK_OPTION(flag)                                                                    \
    {                                                                                            \
        "no-mark", NULL, "Write no comment that the picture is simulated, and from which plan.", \
            CLI_FLAG, (flag), 0, 0, 0, 0, NULL                                                   \
    }
/* A plan from a JSON file. */
int cli_job_plan(cli_job *job, const char *path, smp_plan **plan);

/* Seconds on a clock, for saying how long things took. */
double cli_seconds(void);

int cli_render(int argc, char **argv);
int cli_plan(int argc, char **argv);
int cli_phantom(int argc, char **argv);
int cli_info(int argc, char **argv);
int cli_analyze(int argc, char **argv);
int cli_demo(int argc, char **argv);
int cli_shades(int argc, char **argv);
int cli_timelapse(int argc, char **argv);

#endif
