/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Options of the command line: tables in, typed values or an error with words out. */
#ifndef SMP_TOOLS_OPTIONS_H
#define SMP_TOOLS_OPTIONS_H

#include <smp/smp.h>

/* Exit codes of the program. */
enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

typedef enum cli_kind {
    CLI_FLAG,    /* int: set to 1 */
    CLI_TEXT,    /* const char * */
    CLI_COUNT,   /* uint32_t in [min, max] */
    CLI_NUMBER,  /* double in [min, max] */
    CLI_NUMBERS, /* double[]: least to most numbers with commas between */
    CLI_SIZE     /* uint32_t[2]: 640x480 */
} cli_kind;

typedef struct cli_option {
    const char *name; /* without the dashes */
    const char *want; /* what to give: "CX,CY,RX,RY[,DEG]"; NULL for a flag */
    const char *help;
    cli_kind kind;
    void *out;
    double min, max;      /* of a number, or of each side of a size */
    uint32_t least, most; /* CLI_NUMBERS: how many */
    uint32_t *given;      /* NULL, or receives how many numbers were given (1 for other kinds) */
} cli_option;

/* A growing struct whose fields are options: --prefix-field-name VALUE. */
typedef struct cli_group {
    const char *prefix; /* "" or "hairline-" */
    void *desc;
    const smp_field *fields;
    uint32_t count;
    const char *title;
    uint32_t *given; /* NULL, or counts the options of this group that were given */
} cli_group;

typedef struct cli_spec {
    const char *command; /* "render" */
    const char *usage;   /* one line after "smp" */
    const char *about;   /* what it does, and examples */
    const cli_option *options;
    uint32_t option_count;
    const cli_group *groups;
    uint32_t group_count;
    const char *const *names; /* of the words without dashes: "IN", "OUT" */
    uint32_t name_count, name_least;
} cli_spec;

/* Reads the arguments after the command. words receives spec->name_count entries, NULL where not
 * given. Returns -1 to go on; or the exit code: CLI_OK after --help, CLI_USAGE after an error was
 * printed. */
int cli_parse(const cli_spec *spec, int argc, char **argv, const char **words);

/* Prints "smp COMMAND: words" to stderr and returns code. */
int cli_fail(const char *command, int code, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

/* A number that is the whole text: 1, or 0. */
int cli_number(const char *text, double *number);

#endif
