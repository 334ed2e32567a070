/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What the benches measure on, and the jobs that several of them time. */
#ifndef SMP_BENCH_SCENE_H
#define SMP_BENCH_SCENE_H

#include "bench.h"

/* A photo of a phantom, enlarged so that it is quick to make, and its mask. */
typedef struct frame {
    smp_image photo, mask;
    smp_camera camera;
    smp_head head;
} frame;

/* One setting of threads and vector width, with everything that a render needs. */
typedef struct setting {
    smp_pool *pool;
    smp_context *ctx;
    smp_scalp *scalp;
    smp_plan *plan;
    smp_preview *preview;
    const frame *f;
    smp_image out, kept;
    double day;
} setting;

/* Pixels of zeros that free() releases. */
smp_image scene_picture(uint32_t width, uint32_t height, smp_format format);

void scene_make_frame(frame *f, uint32_t width, uint32_t height);
void scene_drop_frame(frame *f);
void scene_make_setting(setting *s, const frame *f, uint32_t threads, smp_isa isa, float density);
void scene_drop_setting(setting *s);
/* How many dots are seen; where, in pixels, x and y of each, when xy is not NULL. */
uint32_t scene_seen(const setting *s, float *xy);
/* The density at which about so many dots are seen, as far as density goes. */
float scene_fit_density(const frame *f, uint32_t dots);

/* Jobs; user is a setting. */
void scene_copy(void *user);    /* memcpy of the frame */
void scene_whole(void *user);   /* the next day, the whole frame written */
void scene_again(void *user);   /* the next day, into a picture that holds an earlier one */
void scene_analyse(void *user); /* a new scalp from the photo */

#endif
