/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Gives each file named on the command line to the fuzz target that it is linked with, and each
 * file cut in half, and nothing at all. */
#include "fuzz.h"

/* Bytes in a block of their own exact size, so that a sanitizer sees a read past the end. */
static void run(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = calloc(1, size ? size : 1);
    FUZZ_NEED(copy);
    memcpy(copy, bytes, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

int main(int argc, char **argv)
{
    static uint8_t bytes[1 << 20];
    run(bytes, 0);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return 2;
        }
        const size_t size = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        run(bytes, size);
        run(bytes, size / 2);
    }
    printf("%d inputs\n", argc - 1);
    return argc < 2;
}
