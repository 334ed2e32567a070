/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The maps of a scalp as numbers and as pictures. */
#include "maps.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct map_range {
    double least, most, mean;
    size_t count;
} map_range;

/* The mask at the middle of a pixel of another map. */
static float mask_at(const smp_grid *mask, uint32_t mask_step, uint32_t step, uint32_t i,
                     uint32_t j)
{
    const uint32_t x = (i * step + step / 2) / mask_step, y = (j * step + step / 2) / mask_step;
    if (x >= mask->width || y >= mask->height)
        return 0.0f;
    return mask->data[(size_t)y * mask->stride + x];
}

static map_range range_of(const smp_scalp *scalp, smp_scalp_map kind, smp_grid *map, uint32_t *step)
{
    smp_grid mask;
    uint32_t mask_step = 1;
    map_range r = {INFINITY, -INFINITY, 0.0, 0};
    if (smp_scalp_get_map(scalp, SMP_SCALP_MASK, &mask, &mask_step, NULL) != SMP_OK ||
        smp_scalp_get_map(scalp, kind, map, step, NULL) != SMP_OK)
        return r;
    for (uint32_t j = 0; j < map->height; j++)
        for (uint32_t i = 0; i < map->width; i++) {
            const double v = (double)map->data[(size_t)j * map->stride + i];
            if (!(mask_at(&mask, mask_step, *step, i, j) > 0.5f))
                continue;
            r.least = v < r.least ? v : r.least;
            r.most = v > r.most ? v : r.most;
            r.mean += v;
            r.count++;
        }
    if (r.count)
        r.mean /= (double)r.count;
    else
        r.least = r.most = 0.0;
    return r;
}

void cli_maps_print(const smp_scalp *scalp)
{
    printf(" \"maps\": {");
    for (int kind = 0; kind < SMP_SCALP_MAP_COUNT; kind++) {
        smp_grid map = {0};
        uint32_t step = 1;
        const map_range r = range_of(scalp, (smp_scalp_map)kind, &map, &step);
        printf("%s\n  \"%s\": {\"width\": %u, \"height\": %u, \"step\": %u, \"least\": %.5g, "
               "\"mean\": %.5g, \"most\": %.5g}",
               kind ? "," : "", smp_scalp_map_name((smp_scalp_map)kind), map.width, map.height,
               step, r.least, r.mean, r.most);
    }
    printf("},\n");
}

static int write_gray(cli_job *job, const char *folder, const smp_scalp *scalp, smp_scalp_map kind)
{
    smp_grid map = {0};
    uint32_t step = 1;
    char name[64];
    map_range r = range_of(scalp, kind, &map, &step);
    if (kind == SMP_SCALP_MASK || kind == SMP_SCALP_HAIR) {
        r.least = 0.0;
        r.most = 1.0;
    }
    const double span = r.most > r.least ? r.most - r.least : 1.0;
    snprintf(name, sizeof name, "%s.png", smp_scalp_map_name(kind));
    char *path = cli_join(folder, name);
    uint8_t *gray = malloc((size_t)map.width * map.height);
    int code = CLI_FAILED;
    smp_image image;
    if (!path || !gray) {
        code = cli_fail(job->command, CLI_FAILED, "%s: no memory", name);
        goto done;
    }
    for (size_t k = 0; k < (size_t)map.width * map.height; k++) {
        const double v = ((double)map.data[k] - r.least) / span;
        gray[k] = (uint8_t)(255.0 * (v > 0.0 ? (v < 1.0 ? v : 1.0) : 0.0) + 0.5);
    }
    if (smp_image_wrap(&image, gray, map.width, map.height, 0, SMP_FORMAT_GRAY8, &job->diag) ==
        SMP_OK)
        code = cli_job_write(job, path, &image, 0, NULL);
    else
        code = cli_job_fail(job, name);
done:
    free(gray);
    free(path);
    return code;
}

/* One pixel of any 8- or 16-bit or float photo as three bytes. */
static void byte_pixel(const smp_image *photo, uint32_t x, uint32_t y, uint8_t rgb[3])
{
    const size_t size = smp_format_pixel_size((smp_format)photo->format);
    const uint32_t channels = smp_format_channels((smp_format)photo->format);
    const uint8_t *at = (const uint8_t *)photo->data + (ptrdiff_t)y * photo->stride + x * size;
    for (uint32_t c = 0; c < 3; c++) {
        uint32_t k = channels < 3 ? 0 : c;
        if (photo->format == SMP_FORMAT_BGRA8)
            k = 2 - c;
        if (size / channels == 1) {
            rgb[c] = at[k];
        } else if (size / channels == 2) {
            rgb[c] = at[2 * k + 1]; /* the high byte of what the decoder gives */
        } else {
            float v;
            memcpy(&v, at + 4 * k, sizeof v);
            rgb[c] = (uint8_t)(255.0f * (v > 0.0f ? (v < 1.0f ? v : 1.0f) : 0.0f));
        }
    }
}

static void draw_hairs(const smp_scalp *scalp, const smp_image *photo, uint8_t *rgb)
{
    const smp_hairs_view hairs = smp_scalp_hairs(scalp);
    for (uint32_t k = 0; k < hairs.count; k++) {
        const double turn = (double)hairs.angle_deg[k] * 0.017453292519943295;
        const double half = 0.5 * (double)hairs.length_px[k];
        for (double s = -half; s <= half; s += 0.5) {
            const double x = (double)hairs.u_px[k] + s * cos(turn);
            const double y = (double)hairs.v_px[k] + s * sin(turn);
            if (!(x >= 0.0 && y >= 0.0 && x < photo->width && y < photo->height))
                continue;
            uint8_t *at = rgb + 3 * ((size_t)y * photo->width + (size_t)x);
            at[0] = 255;
            at[1] = at[2] = 0;
        }
    }
}

static int write_overlay(cli_job *job, const char *folder, const smp_scalp *scalp,
                         const smp_image *photo)
{
    smp_grid mask;
    uint32_t step = 1;
    smp_image image;
    int code = CLI_FAILED;
    char *path = cli_join(folder, "overlay.png");
    uint8_t *rgb = malloc(3 * (size_t)photo->width * photo->height);
    if (!path || !rgb) {
        code = cli_fail(job->command, CLI_FAILED, "overlay.png: no memory");
        goto done;
    }
    if (smp_scalp_get_map(scalp, SMP_SCALP_MASK, &mask, &step, &job->diag) != SMP_OK ||
        smp_image_wrap(&image, rgb, photo->width, photo->height, 0, SMP_FORMAT_RGB8, &job->diag) !=
            SMP_OK) {
        code = cli_job_fail(job, "overlay.png");
        goto done;
    }
    for (uint32_t y = 0; y < photo->height; y++)
        for (uint32_t x = 0; x < photo->width; x++) {
            uint8_t *at = rgb + 3 * ((size_t)y * photo->width + x);
            byte_pixel(photo, x, y, at);
            const float share = mask_at(&mask, step, 1, x, y);
            at[1] = (uint8_t)((float)at[1] + 0.4f * share * (float)(255 - at[1]));
        }
    draw_hairs(scalp, photo, rgb);
    code = cli_job_write(job, path, &image, 0, NULL);
done:
    free(rgb);
    free(path);
    return code;
}

int cli_maps_write(cli_job *job, const char *folder, const smp_scalp *scalp, const smp_image *photo)
{
    const char *why;
    if (!cli_make_folder(folder, &why))
        return cli_fail(job->command, CLI_FAILED, "cannot make %s: %s", folder, why);
    for (int kind = 0; kind < SMP_SCALP_MAP_COUNT; kind++) {
        const int code = write_gray(job, folder, scalp, (smp_scalp_map)kind);
        if (code)
            return code;
    }
    return write_overlay(job, folder, scalp, photo);
}
