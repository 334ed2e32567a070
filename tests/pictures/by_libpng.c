/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Decodes PNG files with libpng into the format that libsmp has for them, for check_pictures.py:
 * nothing of the colour space is applied, the background neither.
 * usage: by_libpng FILE... > OUT */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>

static void quiet(png_structp png, png_const_charp words)
{
    (void)png;
    (void)words;
}

/* What libsmp documents: gray stays gray only with 8 bits and no alpha. */
static void ask(png_structp png, png_infop info)
{
    const png_byte type = png_get_color_type(png, info), depth = png_get_bit_depth(png, info);
    const int keyed = png_get_valid(png, info, PNG_INFO_tRNS) != 0;
    png_set_expand(png);
    if (depth == 16)
        png_set_swap(png);
    if (!(type & PNG_COLOR_MASK_COLOR) &&
        (depth == 16 || keyed || type == PNG_COLOR_TYPE_GRAY_ALPHA))
        png_set_gray_to_rgb(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

static void write_out(png_structp png, png_infop info, png_bytep pixels, png_bytepp rows)
{
    const png_uint_32 height = png_get_image_height(png, info);
    const size_t row = png_get_rowbytes(png, info), width = png_get_image_width(png, info);
    for (png_uint_32 y = 0; y < height; y++)
        rows[y] = pixels + y * row;
    png_read_image(png, rows);
    png_read_end(png, NULL);
    printf("SMP_OK %u %u %u 0 0 0 0\n", (unsigned)width, (unsigned)height, (unsigned)(row / width));
    fwrite(pixels, row, height, stdout);
}

static void decode(FILE *file)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, quiet);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    png_bytep volatile pixels = NULL;
    png_bytepp volatile rows = NULL;
    if (!info)
        exit(2);
    if (setjmp(png_jmpbuf(png))) {
        printf("SMP_ERR_FORMAT 0 0 0 0 0 0 0 refused by libpng\n");
    } else {
        png_init_io(png, file);
        png_read_info(png, info);
        ask(png, info);
        pixels = malloc(png_get_rowbytes(png, info) * png_get_image_height(png, info));
        rows = malloc(png_get_image_height(png, info) * sizeof *rows);
        if (!pixels || !rows)
            exit(2);
        write_out(png, info, pixels, rows);
    }
    free(pixels);
    free(rows);
    png_destroy_read_struct(&png, &info, NULL);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file)
            return 2;
        decode(file);
        fclose(file);
    }
    return 0;
}
