/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Reading JSON piece by piece. */
#include "json_in.h"

#include <string.h>

#include "options.h"

enum { DEEPEST = 64 };

static void skip_blanks(cli_json *json)
{
    while (json->at < json->end && strchr(" \t\r\n", *json->at))
        json->at++;
}

int cli_json_take(cli_json *json, char mark)
{
    skip_blanks(json);
    if (json->failed || json->at >= json->end || *json->at != mark)
        return 0;
    json->at++;
    return 1;
}

void cli_json_want(cli_json *json, char mark)
{
    if (!cli_json_take(json, mark))
        json->failed = 1;
}

double cli_json_number(cli_json *json)
{
    char text[64];
    double number = 0.0;
    size_t length = 0;
    skip_blanks(json);
    while (json->at + length < json->end && length < sizeof text - 1 && json->at[length] &&
           strchr("+-.0123456789eE", json->at[length]))
        length++;
    memcpy(text, json->at, length);
    text[length] = 0;
    if (json->failed || !cli_number(text, &number))
        json->failed = 1;
    else
        json->at += length;
    return json->failed ? 0.0 : number;
}

void cli_json_text(cli_json *json, char *text, size_t size)
{
    size_t used = 0;
    cli_json_want(json, '"');
    while (!json->failed && json->at < json->end && *json->at != '"') {
        if (*json->at == '\\' && json->at + 1 < json->end)
            json->at++;
        if (used + 1 < size)
            text[used++] = *json->at;
        json->at++;
    }
    if (size)
        text[used] = 0;
    if (json->failed || json->at >= json->end)
        json->failed = 1;
    else
        json->at++;
}

void cli_json_skip(cli_json *json)
{
    int depth = 0;
    do {
        skip_blanks(json);
        if (json->at >= json->end || depth > DEEPEST) {
            json->failed = 1;
        } else if (strchr("{[", *json->at)) {
            depth++;
            json->at++;
        } else if (strchr("}],:", *json->at)) {
            depth -= *json->at == '}' || *json->at == ']';
            json->failed |= depth < 0 || !depth == (*json->at == ',' || *json->at == ':');
            json->at++;
        } else if (*json->at == '"') {
            cli_json_text(json, NULL, 0);
        } else { /* a number or a word */
            const char *from = json->at;
            while (json->at < json->end && !strchr("{}[],:\" \t\r\n", *json->at))
                json->at++;
            json->failed |= json->at == from;
        }
    } while (!json->failed && depth > 0);
}

int cli_json_done(cli_json *json)
{
    skip_blanks(json);
    return !json->failed && json->at == json->end;
}
