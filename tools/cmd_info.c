/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp info: what this program is, or what a picture's header says. */
#include "job.h"

#include <stdio.h>
#include <stdlib.h>

static const char about[] =
    "Without FILE: the version, the model revision and the vector kernels in use. With FILE: what\n"
    "its header says, without decoding it.\n"
    "\n"
    "examples\n"
    "  smp info\n"
    "  smp info photo.jpg\n"
    "  smp info photo.jpg --json";

static int about_program(int json)
{
    static const char *const isa[] = {"best", "scalar", "v128", "v256", "v512"};
    cli_job job;
    int code = cli_job_open(&job, "info", 1, 0);
    if (code)
        return code;
    const char *name = isa[smp_context_isa(job.ctx)];
    if (json)
        printf("{\"version\": \"%s\", \"look\": %d, \"isa\": \"%s\", \"codecs\": [\"jpeg\", "
               "\"png\"]}\n",
               smp_version(), SMP_LOOK_NEWEST, name);
    else
        printf("libsmp %s\nlook    %d (model revision)\nkernels %s\ncodecs  jpeg, png\n",
               smp_version(), SMP_LOOK_NEWEST, name);
    cli_job_close(&job);
    return CLI_OK;
}

static void print_info(const smp_file_info *info, int json)
{
    static const char *const kinds[] = {"unknown", "jpeg", "png"};
    static const char *const formats[] = {"gray8", "rgb8",   "rgba8",  "bgra8",
                                          "rgb16", "rgba16", "rgbf32", "rgbaf32"};
    static const char *const origins[] = {"not tagged, taken as sRGB", "from its ICC profile",
                                          "from its tags",
                                          "assumed: the profile or tag is not known"};
    static const char *const origin_names[] = {"untagged", "icc", "tags", "assumed"};
    const char *space = smp_space_name((smp_space)info->space);
    const char *kind = info->kind < 3 ? kinds[info->kind] : "unknown";
    const char *format = info->format < 8 ? formats[info->format] : "unknown";
    uint32_t origin = info->space_origin < 4 ? info->space_origin : 3;
    if (json)
        printf("{\"kind\": \"%s\", \"width\": %u, \"height\": %u, \"format\": \"%s\", \"space\": "
               "\"%s\", \"space_origin\": \"%s\", \"orientation\": %u, \"progressive\": %s, "
               "\"decode_bytes\": %llu}\n",
               kind, info->width, info->height, format, space ? space : "unknown",
               origin_names[origin], info->orientation, info->progressive ? "true" : "false",
               (unsigned long long)info->decode_bytes);
    else
        printf("kind        %s%s\nsize        %u x %u pixels, upright\nformat      %s\n"
               "space       %s (%s)\norientation %u as stored\nmemory      %.1f MB to decode\n",
               kind, info->progressive ? ", progressive" : "", info->width, info->height, format,
               space ? space : "unknown", origins[origin], info->orientation,
               (double)info->decode_bytes / 1e6);
}

static int about_file(const char *path, int json)
{
    unsigned char *bytes;
    size_t size;
    const char *why;
    smp_file_info info;
    smp_diag diag;
    if (!cli_read(path, &bytes, &size, &why))
        return cli_fail("info", CLI_FAILED, "cannot read %s: %s", path, why);
    smp_status status = smp_read_info(bytes, size, &info, &diag);
    free(bytes);
    if (status != SMP_OK)
        return cli_fail("info", CLI_FAILED, "%s: %s", path, diag.text);
    print_info(&info, json);
    return CLI_OK;
}

int cli_info(int argc, char **argv)
{
    int json = 0;
    const cli_option options[] = {
        {"json", NULL, "Print it as JSON.", CLI_FLAG, &json, 0, 0, 0, 0, NULL},
    };
    static const char *const names[] = {"FILE"};
    const char *file;
    const cli_spec spec = {.command = "info",
                           .usage = "info [FILE] [--json]",
                           .about = about,
                           .options = options,
                           .option_count = 1,
                           .names = names,
                           .name_count = 1};
    int code = cli_parse(&spec, argc, argv, &file);
    if (code >= 0)
        return code;
    return file ? about_file(file, json) : about_program(json);
}
