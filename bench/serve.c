/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Our side of bench/peers: `bench serve WIDTH HEIGHT FOLDER` writes the photo (photo.jpg,
 * photo.rgba) and the dots that are seen (dots.f32: x and y in pixels) into the folder for the
 * others, says "ready" and the names of its jobs, then does one job per line that it reads and
 * answers with its milliseconds, by the clock and by the processor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "scene.h"

#define DOTS 20000

typedef struct server {
    frame f;
    setting one, two; /* threads */
    smp_bytes *jpeg;
    smp_places *places;
} server;

static smp_bytes *to_jpeg(const smp_context *ctx, const smp_image *image)
{
    smp_encode_desc desc;
    smp_bytes *bytes;
    smp_diag diag;
    smp_encode_desc_init(&desc);
    desc.kind = SMP_FILE_JPEG;
    desc.quality = 90;
    bench_need(smp_encode(ctx, image, &desc, NULL, &bytes, &diag), &diag, "encode");
    return bytes;
}

static void render(void *user)
{
    scene_whole(&((server *)user)->one);
}

static void render_two(void *user)
{
    scene_whole(&((server *)user)->two);
}

static void again(void *user)
{
    scene_again(&((server *)user)->one);
}

static void again_two(void *user)
{
    scene_again(&((server *)user)->two);
}

static void copy(void *user)
{
    scene_copy(&((server *)user)->one);
}

static void places(void *user)
{
    server *s = user;
    smp_diag diag;
    smp_places_destroy(&s->places);
    bench_need(smp_places_create(s->one.ctx, s->one.plan, 0, NULL, &s->places, &diag), &diag,
               "places");
}

static void dots(void *user)
{
    const server *s = user;
    smp_dots *made;
    smp_diag diag;
    bench_need(smp_dots_create_from(s->one.ctx, s->places, s->one.plan, NULL, &made, &diag), &diag,
               "dots");
    smp_dots_destroy(&made);
}

/* JPEG to JPEG around a render of a scalp that was analysed before. The decoded photo has three
 * channels; the preview's four: the file's pixels are decoded, the preview's coded. */
static void transcode(void *user)
{
    const server *s = user;
    size_t size;
    smp_picture *picture;
    smp_diag diag;
    const uint8_t *data = smp_bytes_data(s->jpeg, &size);
    bench_need(smp_decode(s->one.ctx, data, size, NULL, &picture, &diag), &diag, "decode");
    smp_bytes *bytes = to_jpeg(s->one.ctx, smp_picture_image(picture));
    smp_bytes_destroy(&bytes);
    smp_picture_destroy(&picture);
}

static void file_to_file(void *user)
{
    server *s = user;
    transcode(user);
    scene_whole(&s->one);
}

static void analyse(void *user)
{
    scene_analyse(&((server *)user)->one);
}

static const struct job {
    const char *name;
    void (*run)(void *);
} jobs[] = {{"memcpy", copy},
            {"render", render},
            {"render-2-threads", render_two},
            {"again", again},
            {"again-2-threads", again_two},
            {"places", places},
            {"dots", dots},
            {"transcode", transcode},
            {"file-to-file", file_to_file},
            {"analyse", analyse}};

static void save(const char *folder, const char *name, const void *bytes, size_t size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, size, f) != size || fclose(f) != 0) {
        fprintf(stderr, "bench: cannot write %s\n", path);
        exit(1);
    }
}

static void hand_out(server *s, const char *folder)
{
    const smp_image *photo = &s->f.photo;
    size_t size;
    s->jpeg = to_jpeg(s->one.ctx, photo);
    const uint8_t *data = smp_bytes_data(s->jpeg, &size);
    save(folder, "photo.jpg", data, size);
    save(folder, "photo.rgba", photo->data, (size_t)photo->stride * photo->height);
    const uint32_t most = smp_dots_arrays(smp_preview_dots(s->one.preview)).count;
    float *xy = malloc(((size_t)most + 1) * 2 * sizeof *xy);
    if (!xy)
        exit(1);
    const uint32_t seen = scene_seen(&s->one, xy);
    save(folder, "dots.f32", xy, 2 * sizeof *xy * seen);
    printf("# %ux%u, %u dots seen of %u\n", photo->width, photo->height, seen, most);
    free(xy);
}

static void answer(server *s, const char *name)
{
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        if (!strcmp(name, jobs[i].name)) {
            const double begin = bench_now();
            const clock_t start = clock();
            jobs[i].run(s);
            const double work = (double)(clock() - start) / CLOCKS_PER_SEC;
            printf("%.4f %.4f\n", 1e3 * (bench_now() - begin), 1e3 * work);
            fflush(stdout);
            return;
        }
    fprintf(stderr, "bench: no job %s\n", name);
    exit(1);
}

void bench_serve(uint32_t width, uint32_t height, const char *folder)
{
    server s;
    char line[128];
    memset(&s, 0, sizeof s);
    scene_make_frame(&s.f, width, height);
    const float density = scene_fit_density(&s.f, DOTS);
    scene_make_setting(&s.one, &s.f, 1, SMP_ISA_BEST, density);
    scene_make_setting(&s.two, &s.f, 2, SMP_ISA_BEST, density);
    s.one.day = s.two.day = 59;
    hand_out(&s, folder);
    places(&s);
    printf("ready");
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        printf(" %s", jobs[i].name);
    printf("\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        answer(&s, line);
    }
}
