/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Status names, the version, and error words that read the same in every locale. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

const char *smp_version(void)
{
    return TEXT(SMP_VERSION_MAJOR) "." TEXT(SMP_VERSION_MINOR) "." TEXT(SMP_VERSION_PATCH);
}

const char *smp_status_name(smp_status status)
{
    static const char *const names[] = {
        "SMP_OK",         "SMP_ERR_ARGUMENT",    "SMP_ERR_RANGE",
        "SMP_ERR_MEMORY", "SMP_ERR_UNSUPPORTED", "SMP_ERR_RUNNER",
        "SMP_ERR_FORMAT", "SMP_ERR_LIMIT",       "SMP_ERR_CANCELLED",
    };
    const unsigned i = (unsigned)status;
    return i < sizeof names / sizeof *names ? names[i] : "unknown status";
}

/* ---- printf without the locale ----------------------------------------------------------------
 */

/* Where the text goes; used may pass size, as with snprintf. */
typedef struct sink {
    char *text;
    size_t size, used;
} sink;

static void put(sink *out, const char *bytes, size_t n)
{
    if (out->used < out->size) {
        const size_t room = out->size - out->used;
        memcpy(out->text + out->used, bytes, n < room ? n : room);
    }
    out->used += n;
}

/* The host's LC_NUMERIC may write 0,5 or use a separator of several bytes: a run of bytes that no
 * number in the C locale holds becomes one point. */
static void put_number(sink *out, const char *text)
{
    static const char plain[] = "0123456789+-.eEinfaNIFAxXpPbcdBCD ";
    int foreign = 0;
    for (; *text; text++) {
        const int own = strchr(plain, *text) != NULL;
        if (own)
            put(out, text, 1);
        else if (!foreign)
            put(out, ".", 1);
        foreign = !own;
    }
}

typedef enum length { LEN_INT, LEN_LONG, LEN_LONG_LONG, LEN_SIZE, LEN_MAX, LEN_DIFF } length;

/* One conversion: its own text, to be handed to snprintf. */
typedef struct spec {
    char text[24];
    size_t used;
    length len;
    char kind;
} spec;

static void spec_add(spec *s, char c)
{
    if (s->used + 1 < sizeof s->text)
        s->text[s->used++] = c;
}

static void spec_digits(spec *s, int value)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", value);
    for (const char *c = digits; *c; c++)
        spec_add(s, *c);
}

/* Reads a conversion from after its %; returns where the text goes on. */
static const char *spec_read(spec *s, const char *at, va_list *args)
{
    memset(s, 0, sizeof *s);
    spec_add(s, '%');
    for (; *at && strchr("+-# 0123456789.*", *at); at++) {
        if (*at == '*')
            spec_digits(s, va_arg(*args, int));
        else
            spec_add(s, *at);
    }
    for (; *at && strchr("hlzjtL", *at); at++) {
        spec_add(s, *at);
        if (*at == 'l')
            s->len = s->len == LEN_LONG ? LEN_LONG_LONG : LEN_LONG;
        else if (*at != 'h')
            s->len = *at == 'z' ? LEN_SIZE : *at == 'j' ? LEN_MAX : LEN_DIFF;
    }
    s->kind = *at;
    spec_add(s, *at);
    return *at ? at + 1 : at;
}

static void put_integer(sink *out, const spec *s, va_list *args)
{
    char text[96];
    switch (s->len) {
    case LEN_LONG: /* NOLINT: the branches differ in the type that is fetched */
        snprintf(text, sizeof text, s->text, va_arg(*args, long));
        break;
    case LEN_LONG_LONG:
        snprintf(text, sizeof text, s->text, va_arg(*args, long long));
        break;
    case LEN_SIZE:
        snprintf(text, sizeof text, s->text, va_arg(*args, size_t));
        break;
    case LEN_MAX:
        snprintf(text, sizeof text, s->text, va_arg(*args, intmax_t));
        break;
    case LEN_DIFF:
        snprintf(text, sizeof text, s->text, va_arg(*args, ptrdiff_t));
        break;
    default:
        snprintf(text, sizeof text, s->text, va_arg(*args, int));
        break;
    }
    put(out, text, strlen(text));
}

static void put_string(sink *out, const spec *s, const char *string)
{
    int limit = -1;
    const char *point = strchr(s->text, '.');
    if (point)
        for (limit = 0, point++; *point >= '0' && *point <= '9' && limit < 100000; point++)
            limit = limit * 10 + (*point - '0');
    size_t n = 0;
    if (!string)
        string = "(null)";
    while ((limit < 0 || n < (size_t)limit) && string[n])
        n++;
    put(out, string, n);
}

static void put_spec(sink *out, const spec *s, va_list *args)
{
    char text[400]; /* %f of the largest double has 317 characters */
    switch (s->kind) {
    case '%':
        put(out, "%", 1);
        break;
    case 's':
        put_string(out, s, va_arg(*args, const char *));
        break;
    case 'p':
        snprintf(text, sizeof text, "%p", va_arg(*args, void *));
        put(out, text, strlen(text));
        break;
    case 'e':
    case 'f':
    case 'g':
    case 'a':
    case 'E':
    case 'F':
    case 'G':
    case 'A':
        snprintf(text, sizeof text, s->text, va_arg(*args, double));
        put_number(out, text);
        break;
    default:
        put_integer(out, s, args);
        break;
    }
}

static size_t format_list(char *text, size_t size, const char *format, va_list *args)
{
    sink out = {text, size, 0};
    while (*format) {
        const size_t n = strcspn(format, "%");
        put(&out, format, n);
        format += n;
        if (*format == '%') {
            spec s;
            format = spec_read(&s, format + 1, args);
            put_spec(&out, &s, args);
        }
    }
    if (size)
        text[out.used < size ? out.used : size - 1] = '\0';
    return out.used;
}

size_t smpi_format(char *text, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const size_t used = format_list(text, size, format, &args);
    va_end(args);
    return used;
}

/* ---- diagnostics ------------------------------------------------------------------------------
 */

void smpi_diag_clear(smp_diag *diag)
{
    if (diag)
        memset(diag, 0, sizeof *diag);
}

/* A text that was cut must not end inside a UTF-8 character. */
static void trim_utf8(char *text)
{
    size_t n = strlen(text), tail = 0;
    while (tail < n && tail < 3 && ((unsigned char)text[n - 1 - tail] & 0xc0) == 0x80)
        tail++;
    if (tail == n)
        return;
    const unsigned char lead = (unsigned char)text[n - 1 - tail];
    const size_t want = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    if (tail < want)
        text[n - 1 - tail] = '\0';
}

void smpi_note(smp_diag *diag, smp_status status, const char *format, ...)
{
    if (diag && diag->status == SMP_OK) {
        va_list args;
        va_start(args, format);
        const size_t used = format_list(diag->text, sizeof diag->text, format, &args);
        va_end(args);
        diag->status = status;
        if (used >= sizeof diag->text)
            trim_utf8(diag->text);
    }
}
