/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Reading JSON piece by piece, as much of it as files of landmarks need: no tree, no memory. */
#ifndef SMP_TOOLS_JSON_IN_H
#define SMP_TOOLS_JSON_IN_H

#include <stddef.h>

typedef struct cli_json {
    const char *at, *end;
    int failed;
} cli_json;

/* 1 and past it, when the next thing is this character: { [ ] } , : */
int cli_json_take(cli_json *json, char mark);
/* The same, but fails when it is not there. */
void cli_json_want(cli_json *json, char mark);
/* A number or a short string (cut at size - 1; no escapes but plain ones). Fails when it is not
 * there. */
double cli_json_number(cli_json *json);
void cli_json_text(cli_json *json, char *text, size_t size);
/* Past any value. */
void cli_json_skip(cli_json *json);
/* 1 when only blanks are left. */
int cli_json_done(cli_json *json);

#endif
