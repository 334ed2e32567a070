/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Options of the command line: matching, reading values, and help printed from the tables. */
#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cli_fail(const char *command, int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "smp %s: ", command);
    vfprintf(stderr, format, args);
    va_end(args);
    if (code == CLI_USAGE)
        fprintf(stderr, " (smp %s --help shows how)", command);
    fputc('\n', stderr);
    return code;
}

int cli_number(const char *text, double *number)
{
    char *end;
    /* strtod also takes hexadecimal, "nan", "inf" and leading blanks. */
    if (!*text || text[strspn(text, "+-.0123456789eE")])
        return 0;
    *number = strtod(text, &end);
    return *end == 0 && end != text && *number - *number == 0.0;
}

static int wrong(const cli_spec *spec, const cli_option *option, const char *value)
{
    if (option->kind == CLI_COUNT || option->kind == CLI_NUMBER || option->kind == CLI_SIZE)
        return cli_fail(spec->command, CLI_USAGE, "--%s is \"%s\", want %s in [%.10g, %.10g]",
                        option->name, value, option->want, option->min, option->max);
    return cli_fail(spec->command, CLI_USAGE, "--%s is \"%s\", want %s", option->name, value,
                    option->want);
}

/* Numbers with commas between; how many were read, or 0 when the text is anything else. */
static uint32_t read_numbers(const char *text, double *out, uint32_t most)
{
    char part[64];
    for (uint32_t n = 0; n < most; n++) {
        size_t length = strcspn(text, ",");
        if (length >= sizeof part)
            return 0;
        memcpy(part, text, length);
        part[length] = 0;
        if (!cli_number(part, &out[n]))
            return 0;
        if (!text[length])
            return n + 1;
        text += length + 1;
    }
    return 0;
}

static int read_size(const char *text, const cli_option *option)
{
    uint32_t *size = option->out;
    double sides[2];
    char part[32];
    size_t length = strcspn(text, "xX");
    if (!text[length] || length >= sizeof part)
        return 0;
    memcpy(part, text, length);
    part[length] = 0;
    if (!cli_number(part, &sides[0]) || !cli_number(text + length + 1, &sides[1]))
        return 0;
    for (int i = 0; i < 2; i++) {
        if (!(sides[i] >= option->min && sides[i] <= option->max))
            return 0;
        size[i] = (uint32_t)sides[i];
        if ((double)size[i] != sides[i])
            return 0;
    }
    return 1;
}

static int set_option(const cli_spec *spec, const cli_option *option, const char *value)
{
    double numbers[8], number;
    uint32_t given = 1;
    switch (option->kind) {
    case CLI_FLAG:
        *(int *)option->out = 1;
        break;
    case CLI_TEXT:
        if (!*value)
            return wrong(spec, option, value);
        *(const char **)option->out = value;
        break;
    case CLI_COUNT:
    case CLI_NUMBER:
        if (!cli_number(value, &number) || !(number >= option->min && number <= option->max))
            return wrong(spec, option, value);
        if (option->kind == CLI_NUMBER)
            *(double *)option->out = number;
        else if ((double)(uint32_t)number != number)
            return wrong(spec, option, value);
        else
            *(uint32_t *)option->out = (uint32_t)number;
        break;
    case CLI_NUMBERS:
        given = read_numbers(value, numbers, option->most);
        if (given < option->least || !given)
            return wrong(spec, option, value);
        memcpy(option->out, numbers, given * sizeof *numbers);
        break;
    case CLI_SIZE:
        if (!read_size(value, option))
            return wrong(spec, option, value);
        break;
    }
    if (option->given)
        *option->given = given;
    return -1;
}

/* ---- fields of a struct as options ---- */

static void field_option_name(const cli_group *group, const smp_field *field, char name[96])
{
    snprintf(name, 96, "%s%s", group->prefix, field->name);
    for (char *c = name; *c; c++)
        if (*c == '_')
            *c = '-';
}

/* Fields that a person sets: one number, enum or bool. */
static int field_is_option(const smp_field *field)
{
    return field->count == 1 && field->type != SMP_FIELD_SIZE && field->type != SMP_FIELD_HANDLE &&
           strncmp(field->name, "reserved", 8) != 0;
}

static int field_by_name(const smp_field *field, const char *value, double *number)
{
    if (field->type == SMP_FIELD_ENUM && field->names)
        for (uint32_t i = 0; field->names[i]; i++)
            if (field->names[i][0] && strcmp(field->names[i], value) == 0) {
                *number = i;
                return 1;
            }
    return field->type != SMP_FIELD_ENUM && cli_number(value, number);
}

static void field_want(const smp_field *field, char *text, size_t size)
{
    if (field->type != SMP_FIELD_ENUM || !field->names) {
        snprintf(text, size, "[%.10g, %.10g]%s%s", field->min, field->max,
                 field->unit[0] ? " " : "", field->unit);
        return;
    }
    size_t used = 0;
    text[0] = 0;
    for (uint32_t i = 0; field->names[i] && used < size; i++)
        if (field->names[i][0])
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? "|" : "",
                                     field->names[i]);
}

static int set_field(const cli_spec *spec, const cli_group *group, const smp_field *field,
                     const char *value)
{
    char name[96], want[200];
    double number = 0.0;
    unsigned char *at = (unsigned char *)group->desc + field->offset;
    int whole = field->type != SMP_FIELD_F32 && field->type != SMP_FIELD_F64;
    field_option_name(group, field, name);
    field_want(field, want, sizeof want);
    /* Whole numbers below 2^53 convert exactly; the range keeps the cast defined. */
    if (!field_by_name(field, value, &number) || !(number >= field->min && number <= field->max) ||
        (whole && !(number > -9e15 && number < 9e15 && (double)(int64_t)number == number)))
        return cli_fail(spec->command, CLI_USAGE, "--%s is \"%s\", want %s", name, value, want);
    if (field->type == SMP_FIELD_F32)
        memcpy(at, &(float){(float)number}, sizeof(float));
    else if (field->type == SMP_FIELD_F64)
        memcpy(at, &number, sizeof number);
    else if (field->type == SMP_FIELD_U64)
        memcpy(at, &(uint64_t){(uint64_t)number}, sizeof(uint64_t));
    else if (field->type == SMP_FIELD_I32)
        memcpy(at, &(int32_t){(int32_t)number}, sizeof(int32_t));
    else
        memcpy(at, &(uint32_t){(uint32_t)number}, sizeof(uint32_t));
    if (group->given)
        ++*group->given;
    return -1;
}

/* ---- help ---- */

static void print_groups(const cli_spec *spec)
{
    char name[96], want[200];
    for (uint32_t g = 0; g < spec->group_count; g++) {
        const cli_group *group = &spec->groups[g];
        printf("\n%s\n", group->title);
        for (uint32_t i = 0; i < group->count; i++) {
            const smp_field *field = &group->fields[i];
            if (!field_is_option(field))
                continue;
            field_option_name(group, field, name);
            field_want(field, want, sizeof want);
            printf("  --%s %s\n      %s", name, want, field->help);
            if (field->type == SMP_FIELD_ENUM && field->names)
                printf(" Default %s.\n", field->names[(uint32_t)field->initial]);
            else
                printf(" Default %.9g.\n", field->initial);
        }
    }
}

static int print_help(const cli_spec *spec)
{
    printf("usage: smp %s\n\n%s\n\noptions\n", spec->usage, spec->about);
    for (uint32_t i = 0; i < spec->option_count; i++) {
        const cli_option *option = &spec->options[i];
        printf("  --%s%s%s\n      %s\n", option->name, option->want ? " " : "",
               option->want ? option->want : "", option->help);
    }
    printf("  --help\n      This text.\n");
    print_groups(spec);
    return CLI_OK;
}

/* ---- the walk over the arguments ---- */

static int same_name(const char *argument, const char *name, size_t length)
{
    return strlen(name) == length && memcmp(argument, name, length) == 0;
}

/* One option; *at moves past its value. */
static int take_option(const cli_spec *spec, int argc, char **argv, int *at)
{
    const char *name = argv[*at] + 2;
    size_t length = strcspn(name, "=");
    const char *value = name[length] ? name + length + 1 : NULL;
    const cli_option *option = NULL;
    for (uint32_t i = 0; i < spec->option_count && !option; i++)
        if (same_name(name, spec->options[i].name, length))
            option = &spec->options[i];
    if (option && option->kind == CLI_FLAG) {
        if (value)
            return cli_fail(spec->command, CLI_USAGE, "--%s takes no value, got \"%s\"",
                            option->name, value);
        return set_option(spec, option, "");
    }
    const cli_group *group = NULL;
    const smp_field *field = NULL;
    for (uint32_t g = 0; g < spec->group_count && !option && !field; g++)
        for (uint32_t i = 0; i < spec->groups[g].count && !field; i++) {
            char known[96];
            group = &spec->groups[g];
            field_option_name(group, &group->fields[i], known);
            if (field_is_option(&group->fields[i]) && same_name(name, known, length))
                field = &group->fields[i];
        }
    if (!option && !field)
        return cli_fail(spec->command, CLI_USAGE, "there is no option --%.*s", (int)length, name);
    if (!value && *at + 1 >= argc)
        return cli_fail(spec->command, CLI_USAGE, "--%.*s needs a value", (int)length, name);
    if (!value)
        value = argv[++*at];
    return option ? set_option(spec, option, value) : set_field(spec, group, field, value);
}

int cli_parse(const cli_spec *spec, int argc, char **argv, const char **words)
{
    uint32_t count = 0;
    int only_words = 0;
    for (uint32_t i = 0; i < spec->name_count; i++)
        words[i] = NULL;
    for (int i = 0; i < argc; i++) {
        const char *argument = argv[i];
        if (!only_words && strcmp(argument, "--") == 0) {
            only_words = 1;
        } else if (!only_words && (!strcmp(argument, "--help") || !strcmp(argument, "-h"))) {
            return print_help(spec);
        } else if (!only_words && strncmp(argument, "--", 2) == 0) {
            int code = take_option(spec, argc, argv, &i);
            if (code >= 0)
                return code;
        } else if (!only_words && argument[0] == '-') {
            return cli_fail(spec->command, CLI_USAGE, "there is no option %s", argument);
        } else if (count == spec->name_count) {
            return cli_fail(spec->command, CLI_USAGE, "\"%s\" is one word too many", argument);
        } else {
            words[count++] = argument;
        }
    }
    if (count < spec->name_least)
        return cli_fail(spec->command, CLI_USAGE, "%s is missing", spec->names[count]);
    return -1;
}
