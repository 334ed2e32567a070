/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a binding is compared with: renders a synthetic head of 1920 x 1080 into one buffer, over
 * and over, and prints the milliseconds of each render, a line each.
 * usage: smp_overhead RENDERS */
#include <smp/smp.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    const long renders = argc > 1 ? strtol(argv[1], NULL, 10) : 30;
    smp_diag diag = {0};
    smp_context *ctx = NULL;
    smp_phantom *phantom = NULL;
    smp_plan *plan = NULL;
    smp_scalp *scalp = NULL;
    smp_preview *preview = NULL;
    smp_phantom_desc desc;
    smp_phantom_desc_init(&desc);
    desc.width = 1920;
    desc.height = 1080;
    void *pixels = calloc(1920 * 3, 1080);
    int failed = !pixels || smp_context_create(&ctx, NULL, &diag) ||
                 smp_phantom_create(ctx, &desc, NULL, &phantom, &diag);
    if (!failed) {
        const smp_image *photo = smp_phantom_image(phantom);
        const smp_camera camera = smp_phantom_camera(phantom);
        const smp_head head = smp_phantom_head(phantom);
        smp_image out = *photo;
        out.data = pixels;
        out.stride = 1920 * 3;
        failed = smp_plan_create(ctx, &head, NULL, &plan, &diag) ||
                 smp_scalp_create(ctx, photo, &camera, &head, NULL, NULL, NULL, &scalp, &diag) ||
                 smp_preview_create(ctx, scalp, plan, NULL, &preview, &diag);
        for (long i = 0; !failed && i < renders; i++) {
            const double start = now_ms();
            const clock_t before = clock();
            failed =
                smp_preview_render(preview, 60.0 + (double)i, NULL, &out, NULL, &diag) != SMP_OK;
            const double used = 1e3 * (double)(clock() - before) / CLOCKS_PER_SEC;
            printf("%.4f %.4f\n", now_ms() - start, used);
        }
    }
    if (failed)
        fprintf(stderr, "smp_overhead: %s\n", diag.text);
    smp_preview_destroy(&preview);
    smp_scalp_destroy(&scalp);
    smp_plan_destroy(&plan);
    smp_phantom_destroy(&phantom);
    smp_context_destroy(&ctx);
    free(pixels);
    return failed;
}
