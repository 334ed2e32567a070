/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Files: JPEG to JPEG against libjpeg-turbo called directly with the same settings, PNG through
 * each of the ways that this build holds. Nothing happens to the pixels in between. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/stb.h"
#include "scene.h"
#ifdef SMPI_TURBOJPEG
#include <turbojpeg.h>
#endif

#define QUALITY 90

typedef struct files {
    smp_context *ctx, *tight; /* tight: a budget that holds no second copy of the picture */
    smp_image rgb, rgba;      /* the picture; rgba is the scene's own */
    smp_bytes *jpeg, *png;
    uint32_t effort;
    size_t written; /* bytes of the last PNG */
} files;

static smp_bytes *coded(const smp_context *ctx, const smp_image *image, uint32_t kind,
                        uint32_t effort)
{
    smp_encode_desc desc;
    smp_bytes *bytes;
    smp_diag diag;
    smp_encode_desc_init(&desc);
    desc.kind = kind;
    desc.quality = QUALITY;
    desc.effort = effort;
    bench_need(smp_encode(ctx, image, &desc, NULL, &bytes, &diag), &diag, "encode");
    return bytes;
}

static smp_picture *decoded(const smp_context *ctx, const smp_bytes *bytes)
{
    smp_picture *picture;
    smp_diag diag;
    size_t size;
    const uint8_t *data = smp_bytes_data(bytes, &size);
    bench_need(smp_decode(ctx, data, size, NULL, &picture, &diag), &diag, "decode");
    return picture;
}

static void ours_both(void *user)
{
    const files *f = user;
    smp_picture *picture = decoded(f->ctx, f->jpeg);
    smp_bytes *bytes = coded(f->ctx, smp_picture_image(picture), SMP_FILE_JPEG, 6);
    smp_bytes_destroy(&bytes);
    smp_picture_destroy(&picture);
}

static void ours_in(void *user)
{
    const files *f = user;
    smp_picture *picture = decoded(f->ctx, f->jpeg);
    smp_picture_destroy(&picture);
}

static void ours_out(void *user)
{
    const files *f = user;
    smp_bytes *bytes = coded(f->ctx, &f->rgb, SMP_FILE_JPEG, 6);
    smp_bytes_destroy(&bytes);
}

static void ours_out_rgba(void *user)
{
    const files *f = user;
    smp_bytes *bytes = coded(f->ctx, &f->rgba, SMP_FILE_JPEG, 6);
    smp_bytes_destroy(&bytes);
}

#ifdef SMPI_TURBOJPEG
static void must(int failed, const char *what)
{
    if (failed) {
        fprintf(stderr, "bench: libjpeg-turbo: %s\n", what);
        exit(1);
    }
}

static unsigned char *bare_decode(const files *f, int *width, int *height)
{
    size_t size;
    const uint8_t *data = smp_bytes_data(f->jpeg, &size);
    int sampling, model;
    tjhandle tj = tjInitDecompress();
    must(!tj ||
             tjDecompressHeader3(tj, data, (unsigned long)size, width, height, &sampling, &model),
         "header");
    unsigned char *pixels = malloc((size_t)*width * (size_t)*height * 3);
    must(!pixels || tjDecompress2(tj, data, (unsigned long)size, pixels, *width, 0, *height,
                                  TJPF_RGB, TJFLAG_ACCURATEDCT),
         "decode");
    tjDestroy(tj);
    return pixels;
}

static void bare_encode(const unsigned char *pixels, int width, int height)
{
    unsigned char *out = NULL;
    unsigned long size = 0;
    tjhandle tj = tjInitCompress();
    must(!tj || tjCompress2(tj, pixels, width, 0, height, TJPF_RGB, &out, &size, TJSAMP_420,
                            QUALITY, TJFLAG_ACCURATEDCT),
         "encode");
    tjFree(out);
    tjDestroy(tj);
}

static void bare_both(void *user)
{
    int width, height;
    unsigned char *pixels = bare_decode(user, &width, &height);
    bare_encode(pixels, width, height);
    free(pixels);
}

static void bare_in(void *user)
{
    int width, height;
    free(bare_decode(user, &width, &height));
}

static void bare_out(void *user)
{
    const files *f = user;
    bare_encode(f->rgb.data, (int)f->rgb.width, (int)f->rgb.height);
}
#endif

static void png_in(void *user)
{
    const files *f = user;
    smp_picture *picture = decoded(f->ctx, f->png);
    smp_picture_destroy(&picture);
}

static void png_in_stb(void *user)
{
    const files *f = user;
    const smpi_stb_wish wish = {f->rgb.width, f->rgb.height, 3, 0, UINT64_MAX};
    size_t size;
    void *pixels;
    smp_diag diag;
    const uint8_t *data = smp_bytes_data(f->png, &size);
    bench_need(smpi_stb_decode(f->ctx, data, size, &wish, &pixels, &diag), &diag, "stb");
    smpi_stb_free(f->ctx, pixels);
}

static void png_out_in(files *f, const smp_context *ctx, uint32_t effort)
{
    smp_bytes *bytes = coded(ctx, &f->rgb, SMP_FILE_PNG, effort);
    (void)smp_bytes_data(bytes, &f->written);
    smp_bytes_destroy(&bytes);
}

static void png_out(void *user)
{
    files *f = user;
    png_out_in(f, f->ctx, f->effort);
}

static void png_out_zlib(void *user)
{
    files *f = user;
    png_out_in(f, f->tight, f->effort);
}

static void make_files(files *f, const frame *scene)
{
    const uint32_t w = scene->photo.width, h = scene->photo.height;
    smp_context_desc desc;
    smp_diag diag;
    memset(f, 0, sizeof *f);
    smp_context_desc_init(&desc);
    bench_need(smp_context_create(&f->ctx, &desc, &diag), &diag, "context");
    desc.memory_budget = (uint64_t)w * h * 3;
    bench_need(smp_context_create(&f->tight, &desc, &diag), &diag, "context");
    f->rgba = scene->photo;
    f->rgb = scene_picture(w, h, SMP_FORMAT_RGB8);
    for (size_t i = 0; i < (size_t)w * h; i++)
        memcpy((uint8_t *)f->rgb.data + 3 * i, (const uint8_t *)scene->photo.data + 4 * i, 3);
    f->jpeg = coded(f->ctx, &f->rgb, SMP_FILE_JPEG, 6);
    f->png = coded(f->ctx, &f->rgb, SMP_FILE_PNG, 6);
}

/* What is timed must give back the picture. */
static void check_png(const files *f, const smp_context *ctx, uint32_t effort)
{
    smp_bytes *bytes = coded(ctx, &f->rgb, SMP_FILE_PNG, effort);
    smp_picture *picture = decoded(f->ctx, bytes);
    if (bench_hash(smp_picture_image(picture)) != bench_hash(&f->rgb)) {
        fprintf(stderr, "bench: a PNG gives other pixels\n");
        exit(1);
    }
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&bytes);
}

static void time_png(files *f, double pixels, int rounds)
{
    static const uint32_t efforts[] = {1, 6};
    bench_entry in[] = {{"png decode, stb alone", png_in_stb, f, pixels, {0}, {0}},
                        {"png decode", png_in, f, pixels, {0}, {0}}};
    bench_run(in, 2, rounds);
    for (size_t i = 0; i < sizeof efforts / sizeof *efforts; i++) {
        bench_entry out[] = {{"", png_out_zlib, f, pixels, {0}, {0}},
                             {"", png_out, f, pixels, {0}, {0}}};
        size_t sizes[2];
        f->effort = efforts[i];
        check_png(f, f->tight, f->effort);
        check_png(f, f->ctx, f->effort);
        png_out_zlib(f);
        sizes[0] = f->written;
        png_out(f);
        sizes[1] = f->written;
        snprintf(out[0].name, 64, "png encode effort %u zlib (%zu kB)", f->effort, sizes[0] / 1000);
        snprintf(out[1].name, 64, "png encode effort %u (%zu kB)", f->effort, sizes[1] / 1000);
        bench_run(out, 2, rounds);
    }
}

static void drop_files(files *f)
{
    smp_bytes_destroy(&f->jpeg);
    smp_bytes_destroy(&f->png);
    free(f->rgb.data);
    smp_context_destroy(&f->tight);
    smp_context_destroy(&f->ctx);
}

void bench_codec(uint32_t width, uint32_t height)
{
    frame scene;
    files f;
    const double pixels = (double)width * height;
    scene_make_frame(&scene, width, height);
    make_files(&f, &scene);
    bench_entry entries[] = {
#ifdef SMPI_TURBOJPEG
        {"jpeg to jpeg, bare libjpeg-turbo", bare_both, &f, pixels, {0}, {0}},
        {"jpeg decode, bare libjpeg-turbo", bare_in, &f, pixels, {0}, {0}},
        {"jpeg encode, bare libjpeg-turbo", bare_out, &f, pixels, {0}, {0}},
#endif
        {"jpeg to jpeg", ours_both, &f, pixels, {0}, {0}},
        {"jpeg decode", ours_in, &f, pixels, {0}, {0}},
        {"jpeg encode", ours_out, &f, pixels, {0}, {0}},
        {"jpeg encode from rgba8", ours_out_rgba, &f, pixels, {0}, {0}}};
    bench_run(entries, sizeof entries / sizeof *entries, BENCH_PAIRS);
    drop_files(&f);
    scene_drop_frame(&scene);
}

void bench_png(uint32_t width, uint32_t height)
{
    frame scene;
    files f;
    scene_make_frame(&scene, width, height);
    make_files(&f, &scene);
    time_png(&f, (double)width * height, 9);
    drop_files(&f);
    scene_drop_frame(&scene);
}
