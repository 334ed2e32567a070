/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Decodes files and writes what came out, for check_pictures.py: a line of facts, then the pixels.
 *
 * usage: picture_dump smp|stb|srgb FILE... > OUT
 * smp   as smp_decode gives them
 * stb   by the portable decoder alone, as stored, where a file has 8 bits
 * srgb  as smp_decode gives them, then turned into sRGB by the colour functions */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <smp/smp.h>

#include "image/stb.h"

static uint8_t *load(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        exit(2);
    const long n = ftell(f);
    uint8_t *bytes = malloc((size_t)n + 1);
    rewind(f);
    if (n < 0 || !bytes || fread(bytes, 1, (size_t)n, f) != (size_t)n)
        exit(2);
    fclose(f);
    *size = (size_t)n;
    return bytes;
}

/* One 8-bit pixel of a space in sRGB. Out of its range is cut off. */
static void to_srgb(uint8_t rgb[3], smp_space space)
{
    float in[3], xyz[3], out[3];
    for (int c = 0; c < 3; c++)
        in[c] = smp_space_decode(space, (float)rgb[c] / 255.0f);
    if (smp_rgb_to_xyz(space, in, xyz, NULL) != SMP_OK ||
        smp_xyz_to_rgb(SMP_SPACE_SRGB, xyz, out, NULL) != SMP_OK)
        exit(2);
    for (int c = 0; c < 3; c++) {
        const float cut = out[c] < 0.0f ? 0.0f : out[c] > 1.0f ? 1.0f : out[c];
        rgb[c] = (uint8_t)(smp_space_encode(SMP_SPACE_SRGB, cut) * 255.0f + 0.5f);
    }
}

static void refuse(smp_status status, const smp_diag *diag)
{
    printf("%s 0 0 0 0 0 0 0 %s\n", smp_status_name(status), diag->text);
}

static void facts(const smp_file_info *info, uint32_t width, uint32_t height, uint32_t pixel_size)
{
    printf("SMP_OK %u %u %u %u %u %u %u\n", width, height, pixel_size, info->format, info->space,
           info->space_origin, info->orientation);
}

static void by_smp(const smp_context *ctx, const uint8_t *bytes, size_t size, int srgb)
{
    smp_picture *picture;
    smp_diag diag;
    const smp_status status = smp_decode(ctx, bytes, size, NULL, &picture, &diag);
    if (status != SMP_OK) {
        refuse(status, &diag);
        return;
    }
    const smp_image *image = smp_picture_image(picture);
    const uint32_t pixel = smp_format_pixel_size((smp_format)image->format);
    facts(smp_picture_info(picture), image->width, image->height, pixel);
    for (uint32_t y = 0; y < image->height; y++) {
        uint8_t *row = (uint8_t *)image->data + (ptrdiff_t)y * image->stride;
        for (uint32_t x = 0; srgb && (pixel == 3 || pixel == 4) && x < image->width; x++)
            to_srgb(row + pixel * (size_t)x, (smp_space)image->space);
        fwrite(row, pixel, image->width, stdout);
    }
    smp_picture_destroy(&picture);
}

static void by_stb(const smp_context *ctx, const uint8_t *bytes, size_t size)
{
    smp_file_info info;
    smp_diag diag;
    smp_status status = smp_read_info(bytes, size, &info, &diag);
    const int turned = status == SMP_OK && info.orientation >= 5;
    const uint32_t pixel = status == SMP_OK ? smp_format_pixel_size((smp_format)info.format) : 0;
    const smpi_stb_wish wish = {.width = turned ? info.height : info.width,
                                .height = turned ? info.width : info.height,
                                .channels = pixel,
                                .limit = 1u << 30};
    void *pixels = NULL;
    if (status == SMP_OK && info.format <= SMP_FORMAT_RGBA8)
        status = smpi_stb_decode(ctx, bytes, size, &wish, &pixels, &diag);
    if (!pixels) {
        refuse(status == SMP_OK ? SMP_ERR_UNSUPPORTED : status, &diag);
        return;
    }
    facts(&info, wish.width, wish.height, pixel);
    fwrite(pixels, pixel, (size_t)wish.width * wish.height, stdout);
    smpi_stb_free(ctx, pixels);
}

int main(int argc, char **argv)
{
    smp_context *ctx;
    if (argc < 3 || smp_context_create(&ctx, NULL, NULL) != SMP_OK)
        return 2;
    for (int i = 2; i < argc; i++) {
        size_t size;
        uint8_t *bytes = load(argv[i], &size);
        if (strcmp(argv[1], "stb") == 0)
            by_stb(ctx, bytes, size);
        else
            by_smp(ctx, bytes, size, strcmp(argv[1], "srgb") == 0);
        free(bytes);
    }
    const int held = smp_context_memory(ctx, NULL) != 0;
    smp_context_destroy(&ctx);
    return held;
}
