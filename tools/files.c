/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Whole files in and out. The only part of the program that knows the operating system. */
#if !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L
#endif
#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <direct.h>
#include <io.h>
#include <process.h>
#define getpid _getpid
#else
#include <sys/stat.h>
#include <unistd.h>
#endif

int cli_read(const char *path, unsigned char **bytes, size_t *size, const char **why)
{
    size_t held = 1 << 16, used = 0;
    unsigned char *data = malloc(held);
    FILE *file = fopen(path, "rb");
    if (!file || !data)
        goto fail;
    for (;;) {
        used += fread(data + used, 1, held - used, file);
        if (used < held)
            break;
        unsigned char *more = held > SIZE_MAX / 2 ? NULL : realloc(data, held * 2);
        if (!more)
            goto fail;
        data = more;
        held *= 2;
    }
    if (ferror(file))
        goto fail;
    fclose(file);
    *bytes = data;
    *size = used;
    return 1;
fail:
    *why = strerror(errno ? errno : EIO);
    if (file)
        fclose(file);
    free(data);
    return 0;
}

int cli_write(const char *path, const void *bytes, size_t size, const char **why)
{
    size_t length = strlen(path) + 32;
    char *part = malloc(length);
    if (!part) {
        *why = strerror(ENOMEM);
        return 0;
    }
    snprintf(part, length, "%s.%ld.part", path, (long)getpid());
    errno = 0;
    FILE *file = fopen(part, "wb");
    int done = file && fwrite(bytes, 1, size, file) == size;
    if (file && fclose(file) != 0)
        done = 0;
#if defined(_WIN32)
    if (done)
        remove(path); /* rename() does not replace there */
#endif
    if (done && rename(part, path) != 0)
        done = 0;
    if (!done) {
        *why = strerror(errno ? errno : EIO);
        if (file)
            remove(part);
    }
    free(part);
    return done;
}

int cli_same_file(const char *a, const char *b)
{
#if defined(_WIN32)
    return strcmp(a, b) == 0;
#else
    struct stat one, two;
    return stat(a, &one) == 0 && stat(b, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
#endif
}

int cli_make_folder(const char *path, const char **why)
{
#if defined(_WIN32)
    int made = _mkdir(path) == 0 || errno == EEXIST;
#else
    struct stat found;
    int made = mkdir(path, 0777) == 0;
    if (!made && errno == EEXIST && stat(path, &found) == 0) {
        made = S_ISDIR(found.st_mode);
        errno = ENOTDIR;
    }
#endif
    if (!made)
        *why = strerror(errno);
    return made;
}

char *cli_join(const char *folder, const char *name)
{
    size_t length = strlen(folder) + strlen(name) + 2;
    char *path = malloc(length);
    if (path)
        snprintf(path, length, "%s/%s", folder, name);
    return path;
}

static int ends_with(const char *path, const char *end)
{
    size_t length = strlen(path), n = strlen(end);
    if (length <= n)
        return 0;
    for (size_t i = 0; i < n; i++) {
        char c = path[length - n + i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != end[i])
            return 0;
    }
    return 1;
}

smp_file_kind cli_kind_of(const char *path)
{
    if (ends_with(path, ".png"))
        return SMP_FILE_PNG;
    if (ends_with(path, ".jpg") || ends_with(path, ".jpeg"))
        return SMP_FILE_JPEG;
    return SMP_FILE_UNKNOWN;
}

int cli_is_terminal(void)
{
#if defined(_WIN32)
    return _isatty(2);
#else
    return isatty(2);
#endif
}

void cli_print_json_text(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}
