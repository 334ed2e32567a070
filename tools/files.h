/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Whole files in and out; a file that is written appears complete or not at all. */
#ifndef SMP_TOOLS_FILES_H
#define SMP_TOOLS_FILES_H

#include <smp/smp.h>

/* Reads a file into *bytes (to be freed). Returns 1, or 0 with the reason in *why. */
int cli_read(const char *path, unsigned char **bytes, size_t *size, const char **why);

/* Writes beside the target under another name, then renames. Returns 1, or 0 with the reason. */
int cli_write(const char *path, const void *bytes, size_t size, const char **why);

/* 1 when both paths name one existing file. */
int cli_same_file(const char *a, const char *b);

/* Makes a folder (not its parents) unless it is there. Returns 1, or 0 with the reason. */
int cli_make_folder(const char *path, const char **why);

/* "folder/name" to be freed; NULL when memory is short. */
char *cli_join(const char *folder, const char *name);

/* JPEG or PNG by the extension of a path, SMP_FILE_UNKNOWN for any other. */
smp_file_kind cli_kind_of(const char *path);

/* 1 when stderr is a terminal. */
int cli_is_terminal(void);

/* Prints a text as a JSON string, quotes included. */
void cli_print_json_text(const char *text);

#endif
