/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp phantom: a synthetic head, and on request the truth about it. */
#include "job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char about[] =
    "Draws a synthetic bald head that looks like a photo, for trying things out and for tests.\n"
    "Prints the ellipse and pose that smp render wants for it.\n"
    "\n"
    "examples\n"
    "  smp phantom head.png\n"
    "  smp phantom dark.png --size 800x1000 --melanin 0.15 --fringe 0\n"
    "  smp phantom head.png --truth truth     (mask.png, maps as *.pfm, hairs.csv, plan.json with\n"
    "                                          its head)";

/* The maps of smp_phantom_map in their order, then the rest. */
static const char *const truth_files[SMP_PHANTOM_MAP_COUNT + 2] = {
    "mask.png",    "x_mm.pfm",  "y_mm.pfm", "z_mm.pfm", "shading.pfm", "shine.pfm",
    "melanin.pfm", "blood.pfm", "hair.pfm", "spot.pfm", "hairs.csv",   "plan.json",
};

/* A portable float map: a text head, rows from the bottom up, in the machine's byte order. */
static unsigned char *pfm(const smp_grid *map, size_t *size)
{
    char head[64];
    const uint16_t one = 1;
    unsigned char low;
    memcpy(&low, &one, 1);
    size_t row = (size_t)map->width * sizeof(float);
    size_t used = (size_t)snprintf(head, sizeof head, "Pf\n%u %u\n%s\n", map->width, map->height,
                                   low ? "-1.0" : "1.0");
    *size = used + row * map->height;
    unsigned char *bytes = malloc(*size);
    if (!bytes)
        return NULL;
    memcpy(bytes, head, used);
    for (uint32_t y = 0; y < map->height; y++)
        memcpy(bytes + used + row * (map->height - 1 - y), map->data + map->stride * y, row);
    return bytes;
}

static int write_mask(cli_job *job, const char *path, const smp_grid *map)
{
    unsigned char *pixels = malloc((size_t)map->width * map->height);
    if (!pixels)
        return cli_fail("phantom", CLI_FAILED, "%s: no memory", path);
    for (uint32_t y = 0; y < map->height; y++)
        for (uint32_t x = 0; x < map->width; x++) {
            float v = map->data[map->stride * y + x];
            pixels[(size_t)map->width * y + x] =
                (unsigned char)(v > 0.0f ? (v < 1.0f ? v * 255.0f + 0.5f : 255.0f) : 0.0f);
        }
    smp_image image;
    int code = CLI_FAILED;
    if (smp_image_wrap(&image, pixels, map->width, map->height, 0, SMP_FORMAT_GRAY8, &job->diag) !=
        SMP_OK)
        cli_job_fail(job, path);
    else
        code = cli_job_write(job, path, &image, 0, NULL);
    free(pixels);
    return code;
}

static int write_map(const char *path, const smp_grid *map)
{
    size_t size;
    const char *why = "no memory";
    unsigned char *bytes = pfm(map, &size);
    int done = bytes && cli_write(path, bytes, size, &why);
    free(bytes);
    return done ? CLI_OK : cli_fail("phantom", CLI_FAILED, "cannot write %s: %s", path, why);
}

static int write_hairs(const char *path, const smp_phantom *phantom)
{
    uint32_t count;
    const smp_phantom_hair *hairs = smp_phantom_hairs(phantom, &count);
    const char *why = "no memory";
    size_t held = 64 + 100 * (size_t)count, used;
    char *text = malloc(held);
    int done = 0;
    if (text) {
        used = (size_t)snprintf(text, held, "x_mm,y_mm,z_mm,length_mm,diameter_mm\n");
        for (uint32_t i = 0; i < count; i++)
            used += (size_t)snprintf(text + used, held - used, "%.9g,%.9g,%.9g,%.9g,%.9g\n",
                                     (double)hairs[i].x_mm, (double)hairs[i].y_mm,
                                     (double)hairs[i].z_mm, (double)hairs[i].length_mm,
                                     (double)hairs[i].diameter_mm);
        done = cli_write(path, text, used, &why);
    }
    free(text);
    return done ? CLI_OK : cli_fail("phantom", CLI_FAILED, "cannot write %s: %s", path, why);
}

/* The default plan for this very head: its height and its widest level, which an ellipse alone does
 * not tell. */
static int write_plan(cli_job *job, const char *path, const smp_phantom *phantom)
{
    smp_plan *plan = NULL;
    smp_bytes *text = NULL;
    smp_head head = smp_phantom_head(phantom);
    int code = CLI_OK;
    if (smp_plan_create(job->ctx, &head, NULL, &plan, &job->diag) != SMP_OK ||
        smp_plan_to_json(job->ctx, plan, &text, &job->diag) != SMP_OK) {
        code = cli_job_fail(job, path);
    } else {
        size_t size;
        const char *why;
        const uint8_t *bytes = smp_bytes_data(text, &size);
        if (!cli_write(path, bytes, size, &why))
            code = cli_fail("phantom", CLI_FAILED, "cannot write %s: %s", path, why);
    }
    smp_bytes_destroy(&text);
    smp_plan_destroy(&plan);
    return code;
}

enum { TRUTH_HAIRS = SMP_PHANTOM_MAP_COUNT, TRUTH_PLAN, TRUTH_COUNT };

static int write_truth(cli_job *job, const smp_phantom *phantom, const char *folder)
{
    const char *why;
    if (!cli_make_folder(folder, &why))
        return cli_fail("phantom", CLI_FAILED, "--truth: cannot make the folder %s: %s", folder,
                        why);
    for (int kind = 0; kind < TRUTH_COUNT; kind++) {
        smp_grid map;
        int code;
        char *path = cli_join(folder, truth_files[kind]);
        if (!path)
            return cli_fail("phantom", CLI_FAILED, "--truth: no memory");
        if (kind == TRUTH_HAIRS)
            code = write_hairs(path, phantom);
        else if (kind == TRUTH_PLAN)
            code = write_plan(job, path, phantom);
        else if (smp_phantom_get_map(phantom, (smp_phantom_map)kind, &map, &job->diag) != SMP_OK)
            code = cli_job_fail(job, path);
        else
            code = kind == SMP_PHANTOM_MASK ? write_mask(job, path, &map) : write_map(path, &map);
        free(path);
        if (code)
            return code;
    }
    printf("%s: mask.png, plan.json, nine maps (.pfm), hairs.csv\n", folder);
    return CLI_OK;
}

static int draw(const smp_phantom_desc *desc, uint32_t threads, const char *out, const char *truth)
{
    cli_job job;
    smp_phantom *phantom = NULL;
    int code = cli_job_open(&job, "phantom", threads, 0);
    if (!code && smp_phantom_create(job.ctx, desc, &job.progress, &phantom, &job.diag) != SMP_OK)
        code = cli_job_fail(&job, out);
    if (!code)
        code = cli_job_write(&job, out, smp_phantom_image(phantom), 0, NULL);
    if (!code) {
        smp_ellipse e = smp_phantom_ellipse(phantom);
        printf("%s: %u x %u, --ellipse %.1f,%.1f,%.1f,%.1f,%.1f --pose %g,%g,%g\n", out,
               desc->width, desc->height, e.cx_px, e.cy_px, e.rx_px, e.ry_px, e.turn_deg,
               (double)desc->yaw_deg, (double)desc->pitch_deg, (double)desc->roll_deg - e.turn_deg);
    }
    if (!code && truth)
        code = write_truth(&job, phantom, truth);
    smp_phantom_destroy(&phantom);
    cli_job_close(&job);
    return code;
}

int cli_phantom(int argc, char **argv)
{
    smp_phantom_desc desc;
    uint32_t size[2] = {0, 0}, threads = 0;
    const char *truth = NULL, *out;
    smp_phantom_desc_init(&desc);
    const cli_option options[] = {
        {"size", "WxH", "Pixels, for example 800x1000.", CLI_SIZE, size, 16, 16384, 0, 0, NULL},
        {"truth", "DIR", "Also write what is known: mask, maps, hairs, head.", CLI_TEXT, &truth, 0,
         0, 0, 0, NULL},
        {"threads", "N", "0, the default, is one per processor.", CLI_COUNT, &threads, 0, 256, 0, 0,
         NULL},
    };
    cli_group group = {"", &desc, NULL, 0, "the head", NULL};
    group.fields = smp_phantom_desc_fields(&group.count);
    static const char *const names[] = {"OUT"};
    const cli_spec spec = {.command = "phantom",
                           .usage = "phantom OUT [options]",
                           .about = about,
                           .options = options,
                           .option_count = sizeof options / sizeof *options,
                           .groups = &group,
                           .group_count = 1,
                           .names = names,
                           .name_count = 1,
                           .name_least = 1};
    int code = cli_parse(&spec, argc, argv, &out);
    if (code >= 0)
        return code;
    if (cli_kind_of(out) == SMP_FILE_UNKNOWN)
        return cli_fail("phantom", CLI_USAGE, "OUT is \"%s\", want a name ending in .png or .jpg",
                        out);
    if (size[0]) {
        desc.width = size[0];
        desc.height = size[1];
    }
    return draw(&desc, threads, out, truth);
}
