/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Renders and layers, at once or as promises: into memory of our own, or into the caller's. */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

/* ---- render(preview, day, region, out) and layer(preview, day, region, format) -------------- */

typedef struct rendering {
    double day;
    smp_rect region;
    int has_region, busy;
    smp_image out;     /* of the photo's size */
    napi_value target; /* of a synchronous call into the caller's own picture */
    void *memory;
} rendering;

static int get_region(napi_env env, napi_value value, const smp_image *photo, rendering *p)
{
    smp_rect *r = &p->region;
    if (is_missing(env, value)) {
        *r = (smp_rect){0, 0, photo->width, photo->height};
        return 1;
    }
    p->has_region = 1;
    if (!get_u32(env, property(env, value, "x"), "region.x", &r->x) ||
        !get_u32(env, property(env, value, "y"), "region.y", &r->y) ||
        !get_u32(env, property(env, value, "width"), "region.width", &r->width) ||
        !get_u32(env, property(env, value, "height"), "region.height", &r->height))
        return 0;
    if (r->width == 0 || r->height == 0 || r->x > photo->width || r->y > photo->height ||
        r->width > photo->width - r->x || r->height > photo->height - r->y)
        return bad(env, "region %u, %u, %u x %u does not lie inside the photo's %u x %u", r->x,
                   r->y, r->width, r->height, photo->width, photo->height);
    return 1;
}

/* Memory for a whole picture, of which only the region is ever touched. */
static int make_out(napi_env env, rendering *p, const smp_image *like)
{
    p->out = *like;
    p->out.stride = (ptrdiff_t)(like->width * (size_t)format_size_of(&p->out));
    p->out.icc = NULL;
    p->out.icc_size = 0;
    p->memory = malloc((size_t)p->out.stride * like->height);
    p->out.data = p->memory;
    if (!p->memory)
        error_throw(env, SMP_ERR_MEMORY, NULL);
    return p->memory != NULL;
}

/* Keeps what was rendered of memory of our own, without the rest of the picture. */
static smp_status cut_out(rendering *p)
{
    const size_t pixel = (size_t)format_size_of(&p->out), row = p->region.width * pixel;
    const char *from = p->memory;
    char *cut;
    if (!p->memory || !p->has_region)
        return SMP_OK;
    cut = malloc(row * p->region.height);
    if (!cut)
        return SMP_ERR_MEMORY;
    from += p->region.y * (size_t)p->out.stride + p->region.x * pixel;
    for (uint32_t y = 0; y < p->region.height; y++)
        memcpy(cut + y * row, from + y * (size_t)p->out.stride, row);
    free(p->memory);
    p->memory = cut;
    p->out.stride = (ptrdiff_t)row;
    return SMP_OK;
}

static int take_preview(napi_env env, job *j, napi_value value)
{
    rendering *p = j->params;
    held *preview = held_get(env, value, HELD_PREVIEW);
    if (!preview)
        return 0;
    if (atomic_exchange(&preview->flag, 1))
        return bad(env, "this preview is rendering already: wait for it, or make a second one");
    p->busy = 1;
    j->uses[0] = held_keep(preview);
    return 1;
}

static int render_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    rendering *p = j->params;
    if (!take_preview(env, j, args[0]) || !get_number(env, args[1], "day", &p->day))
        return 0;
    const smp_image *photo = &j->uses[0]->uses[1]->image;
    if (!get_region(env, args[2], photo, p))
        return 0;
    if (is_missing(env, args[3]))
        return make_out(env, p, photo);
    if (copy)
        return bad(env, "out is for renderSync: a promise writes into memory of its own");
    p->target = args[3];
    return image_view(env, args[3], "out", &p->out);
}

static smp_status render_execute(job *j)
{
    rendering *p = j->params;
    const smp_rect *region = p->has_region ? &p->region : NULL;
    smp_status status =
        smp_preview_render(j->uses[0]->object, p->day, region, &p->out, &j->progress, &j->diag);
    return status == SMP_OK ? cut_out(p) : status;
}

static napi_value render_finish(napi_env env, job *j)
{
    rendering *p = j->params;
    if (p->target)
        return p->target;
    smp_image image = p->out;
    const smp_image *photo = &j->uses[0]->uses[1]->image;
    image.data = p->memory;
    image.width = p->region.width;
    image.height = p->region.height;
    image.icc = photo->icc;
    image.icc_size = photo->icc_size;
    p->memory = NULL;
    return image_make(env, &image, image.data, free);
}

static void render_clean(job *j)
{
    rendering *p = j->params;
    free(p->memory);
    if (p->busy)
        atomic_store(&j->uses[0]->flag, 0);
}

const job_kind job_render = {"smp render",   sizeof(rendering), 4,           render_prepare,
                             render_execute, render_finish,     render_clean};

static int layer_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    rendering *p = j->params;
    (void)copy;
    if (!take_preview(env, j, args[0]) || !get_number(env, args[1], "day", &p->day))
        return 0;
    smp_image like = j->uses[0]->uses[1]->image;
    if (!get_region(env, args[2], &like, p))
        return 0;
    like.format = SMP_FORMAT_RGBF32;
    if (!is_missing(env, args[3])) {
        char *text = get_text(env, args[3], "format", NULL);
        if (!text)
            return 0;
        like.format = !strcmp(text, "rgb16") ? SMP_FORMAT_RGB16 : SMP_FORMAT_RGBF32;
        const int known = like.format == SMP_FORMAT_RGB16 || !strcmp(text, "rgbf32");
        free(text);
        if (!known)
            return bad(env, "a layer's format is rgb16 or rgbf32");
    }
    return make_out(env, p, &like);
}

static smp_status layer_execute(job *j)
{
    rendering *p = j->params;
    const smp_rect *region = p->has_region ? &p->region : NULL;
    smp_status status =
        smp_preview_layer(j->uses[0]->object, p->day, region, &p->out, &j->progress, &j->diag);
    return status == SMP_OK ? cut_out(p) : status;
}

const job_kind job_layer = {"smp layer",   sizeof(rendering), 4,           layer_prepare,
                            layer_execute, render_finish,     render_clean};

/* ---- edit(preview, plan) ------------------------------------------------------------------ */

static int edit_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    const held *plan = held_get(env, args[1], HELD_PLAN);
    (void)copy;
    if (!plan || !take_preview(env, j, args[0]))
        return 0;
    atomic_store(&j->uses[0]->flag, EDITING);
    return (j->uses[1] = plan_copy(env, j, plan)) != NULL;
}

static smp_status edit_execute(job *j)
{
    return smp_preview_set_plan(j->uses[0]->object, j->uses[1]->object, &j->progress, &j->diag);
}

static napi_value edit_finish(napi_env env, job *j)
{
    napi_value nothing = NULL;
    (void)j;
    napi_get_undefined(env, &nothing);
    return nothing;
}

const job_kind job_edit = {"smp edit",   sizeof(rendering), 2,           edit_prepare,
                           edit_execute, edit_finish,       render_clean};
