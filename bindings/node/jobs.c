/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What can be done at once or as a promise: files, scalps, places, dots, previews, phantoms. */
#include <stdlib.h>
#include <string.h>

#include "addon.h"

/* Takes over a new object as a handle that needs the job's context and up to two others. */
static napi_value give(napi_env env, job *j, held_kind kind, void **object, held *first,
                       held *second)
{
    held *h = held_new(kind, j->context, first, second);
    if (!h) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    h->object = *object;
    *object = NULL;
    return held_wrap(env, h);
}

static const smp_context *ctx_of(const job *j)
{
    return j->context->object;
}

/* ---- decode(bytes, desc) ------------------------------------------------------------------ */

typedef struct decoding {
    void *bytes;
    size_t size;
    int owned;
    smp_decode_desc desc;
    smp_picture *picture;
} decoding;

static int copy_bytes(napi_env env, napi_value value, const char *name, int copy, void **out,
                      size_t *size)
{
    void *data;
    if (!get_bytes(env, value, name, &data, size))
        return 0;
    *out = data;
    if (!copy)
        return 1;
    *out = malloc(*size + 1);
    if (!*out) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return 0;
    }
    if (*size)
        memcpy(*out, data, *size);
    return 1;
}

static int decode_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    decoding *p = j->params;
    if (!copy_bytes(env, args[0], "bytes", copy, &p->bytes, &p->size))
        return 0;
    p->owned = copy;
    return desc_read(env, "DecodeDesc", args[1], &p->desc);
}

static smp_status decode_execute(job *j)
{
    decoding *p = j->params;
    return smp_decode(ctx_of(j), p->bytes, p->size, &p->desc, &p->picture, &j->diag);
}

static void release_picture(void *owner)
{
    smp_picture *picture = ((held *)owner)->object;
    ((held *)owner)->object = NULL;
    smp_picture_destroy(&picture);
    held_drop(owner);
}

static napi_value decode_finish(napi_env env, job *j)
{
    decoding *p = j->params;
    size_t exif_size = 0;
    const smp_image *image = smp_picture_image(p->picture);
    const smp_file_info *info = smp_picture_info(p->picture);
    const uint8_t *exif = smp_picture_exif(p->picture, &exif_size);
    napi_value object, list = NULL, buffer = NULL;
    void *copy = NULL;
    held *owner = held_new(HELD_OWNER, j->context, NULL, NULL);
    if (!owner) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    const smp_file_info known = *info;
    if (exif_size && napi_create_arraybuffer(env, exif_size, &copy, &buffer) == napi_ok) {
        memcpy(copy, exif, exif_size);
        napi_create_typedarray(env, napi_uint8_array, exif_size, buffer, 0, &list);
    }
    owner->object = p->picture;
    p->picture = NULL;
    object = image_make(env, image, owner, release_picture);
    if (object) {
        put(env, object, "kind", text_of(env, known.kind == SMP_FILE_JPEG ? "jpeg" : "png"));
        put(env, object, "orientation", number_of(env, known.orientation));
        put(env, object, "exif", list);
    }
    return object;
}

static void decode_clean(job *j)
{
    decoding *p = j->params;
    smp_picture_destroy(&p->picture);
    if (p->owned)
        free(p->bytes);
}

const job_kind job_decode = {"smp decode",   sizeof(decoding), 2,           decode_prepare,
                             decode_execute, decode_finish,    decode_clean};

/* ---- encode(image, desc, metadata) -------------------------------------------------------- */

typedef struct encoding {
    smp_image image;
    int owned;
    smp_encode_desc desc;
    smp_metadata metadata;
    void *exif;
    char *comment;
    smp_bytes *bytes;
} encoding;

static int encode_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    encoding *p = j->params;
    napi_value exif = property(env, args[2], "exif");
    napi_value comment = property(env, args[2], "comment");
    if (is_missing(env, args[0]))
        return bad(env, "image is missing");
    p->owned = copy;
    if (!(copy ? image_copy(env, args[0], "image", &p->image)
               : image_view(env, args[0], "image", &p->image)) ||
        !desc_read(env, "EncodeDesc", args[1], &p->desc))
        return 0;
    if (!is_missing(env, exif)) {
        if (!copy_bytes(env, exif, "exif", 1, &p->exif, &p->metadata.exif_size))
            return 0;
        p->metadata.exif = p->exif;
    }
    if (!is_missing(env, comment)) {
        if (!(p->comment = get_text(env, comment, "comment", NULL)))
            return 0;
        p->metadata.comment = p->comment;
    }
    return 1;
}

static smp_status encode_execute(job *j)
{
    encoding *p = j->params;
    return smp_encode(ctx_of(j), &p->image, &p->desc, &p->metadata, &p->bytes, &j->diag);
}

static void release_bytes(void *owner)
{
    smp_bytes *bytes = ((held *)owner)->object;
    ((held *)owner)->object = NULL;
    smp_bytes_destroy(&bytes);
    held_drop(owner);
}

static napi_value encode_finish(napi_env env, job *j)
{
    encoding *p = j->params;
    size_t size;
    const uint8_t *data = smp_bytes_data(p->bytes, &size);
    held *owner = held_new(HELD_OWNER, j->context, NULL, NULL);
    if (!owner) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    owner->object = p->bytes;
    p->bytes = NULL;
    return bytes_make(env, (void *)(uintptr_t)data, size, owner, release_bytes);
}

static void encode_clean(job *j)
{
    encoding *p = j->params;
    smp_bytes_destroy(&p->bytes);
    if (p->owned)
        image_free(&p->image);
    free(p->exif);
    free(p->comment);
}

const job_kind job_encode = {"smp encode",   sizeof(encoding), 3,           encode_prepare,
                             encode_execute, encode_finish,    encode_clean};

/* ---- scalp(photo, camera, head, mask, desc) ----------------------------------------------- */

typedef struct scalping {
    smp_image photo, mask;
    smp_camera camera;
    smp_head head;
    smp_scalp_desc desc;
    smp_scalp *scalp;
} scalping;

static int scalp_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    scalping *p = j->params;
    (void)copy; /* a scalp borrows its photo: always copied */
    if (is_missing(env, args[0]))
        return bad(env, "photo is missing");
    if (is_missing(env, args[1]))
        return bad(env, "camera is missing: cameraFromEllipse() and others make one");
    return image_copy(env, args[0], "photo", &p->photo) &&
           desc_read(env, "Camera", args[1], &p->camera) &&
           desc_read(env, "Head", args[2], &p->head) &&
           image_copy(env, args[3], "mask", &p->mask) &&
           desc_read(env, "ScalpDesc", args[4], &p->desc);
}

static smp_status scalp_execute(job *j)
{
    scalping *p = j->params;
    return smp_scalp_create(ctx_of(j), &p->photo, &p->camera, &p->head,
                            p->mask.data ? &p->mask : NULL, &p->desc, &j->progress, &p->scalp,
                            &j->diag);
}

static napi_value scalp_finish(napi_env env, job *j)
{
    scalping *p = j->params;
    held *h = held_new(HELD_SCALP, j->context, NULL, NULL);
    if (!h) {
        error_throw(env, SMP_ERR_MEMORY, NULL);
        return NULL;
    }
    h->object = p->scalp;
    p->scalp = NULL;
    h->image = p->photo;
    memset(&p->photo, 0, sizeof p->photo);
    return held_wrap(env, h);
}

static void scalp_clean(job *j)
{
    scalping *p = j->params;
    smp_scalp_destroy(&p->scalp);
    image_free(&p->photo);
    image_free(&p->mask);
}

const job_kind job_scalp = {"smp scalp",   sizeof(scalping), 5,          scalp_prepare,
                            scalp_execute, scalp_finish,     scalp_clean};

/* ---- dots, places and previews: on a copy of the plan -------------------------------------- */

typedef struct planning {
    void *made; /* smp_dots or smp_preview */
} planning;

/* A plan of its own, so that JavaScript may go on editing. */
held *plan_copy(napi_env env, job *j, const held *plan)
{
    smp_diag diag = {SMP_OK, {0}};
    smp_plan *made = NULL;
    held *copy = held_new(HELD_PLAN, j->context, NULL, NULL);
    const smp_status status =
        copy ? smp_plan_copy(ctx_of(j), plan->object, &made, &diag) : SMP_ERR_MEMORY;
    if (copy)
        copy->object = made;
    if (status == SMP_OK)
        return copy;
    error_throw(env, status, &diag);
    held_drop(copy);
    return NULL;
}

/* ---- places(plan, densityPerCm2) ---------------------------------------------------------- */

typedef struct placing {
    double density;
    void *made;
} placing;

static int places_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    placing *p = j->params;
    const held *plan = held_get(env, args[0], HELD_PLAN);
    (void)copy;
    if (!plan ||
        (!is_missing(env, args[1]) && !get_number(env, args[1], "densityPerCm2", &p->density)))
        return 0;
    return (j->uses[0] = plan_copy(env, j, plan)) != NULL;
}

static smp_status places_execute(job *j)
{
    placing *p = j->params;
    smp_places *places = NULL;
    const smp_status status = smp_places_create(ctx_of(j), j->uses[0]->object, (float)p->density,
                                                &j->progress, &places, &j->diag);
    p->made = places;
    return status;
}

static napi_value places_finish(napi_env env, job *j)
{
    return give(env, j, HELD_PLACES, &((placing *)j->params)->made, NULL, NULL);
}

static void places_clean(job *j)
{
    smp_places *places = ((placing *)j->params)->made;
    smp_places_destroy(&places);
}

const job_kind job_places = {"smp places",   sizeof(placing), 2,           places_prepare,
                             places_execute, places_finish,   places_clean};

/* ---- dots(plan, places or nothing) -------------------------------------------------------- */

static int dots_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    held *places;
    const held *plan = held_get(env, args[0], HELD_PLAN);
    (void)copy;
    if (!plan || !held_optional(env, args[1], HELD_PLACES, &places))
        return 0;
    j->uses[1] = held_keep(places);
    return (j->uses[0] = plan_copy(env, j, plan)) != NULL;
}

static smp_status dots_execute(job *j)
{
    planning *p = j->params;
    smp_dots *dots = NULL;
    const smp_plan *plan = j->uses[0]->object;
    smp_status status;
    if (j->uses[1])
        status = smp_dots_create_from(ctx_of(j), j->uses[1]->object, plan, &j->progress, &dots,
                                      &j->diag);
    else
        status = smp_dots_create(ctx_of(j), plan, &j->progress, &dots, &j->diag);
    p->made = dots;
    return status;
}

static napi_value dots_finish(napi_env env, job *j)
{
    planning *p = j->params;
    return give(env, j, HELD_DOTS, &p->made, j->uses[0], NULL);
}

static void dots_clean(job *j)
{
    smp_dots *dots = ((planning *)j->params)->made;
    smp_dots_destroy(&dots);
}

const job_kind job_dots = {"smp dots",   sizeof(planning), 2,         dots_prepare,
                           dots_execute, dots_finish,      dots_clean};

static int preview_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    held *scalp = held_get(env, args[0], HELD_SCALP);
    const held *plan = scalp ? held_get(env, args[1], HELD_PLAN) : NULL;
    held *places;
    (void)copy;
    if (!plan || !held_optional(env, args[2], HELD_PLACES, &places))
        return 0;
    j->uses[0] = held_keep(scalp);
    j->uses[2] = held_keep(places);
    return (j->uses[1] = plan_copy(env, j, plan)) != NULL;
}

static smp_status preview_execute(job *j)
{
    planning *p = j->params;
    smp_preview *preview = NULL;
    const smp_scalp *scalp = j->uses[0]->object;
    const smp_plan *plan = j->uses[1]->object;
    smp_status status;
    if (j->uses[2])
        status = smp_preview_create_from(ctx_of(j), scalp, j->uses[2]->object, plan, &j->progress,
                                         &preview, &j->diag);
    else
        status = smp_preview_create(ctx_of(j), scalp, plan, &j->progress, &preview, &j->diag);
    p->made = preview;
    return status;
}

static napi_value preview_finish(napi_env env, job *j)
{
    planning *p = j->params;
    /* the places need the context that they were made with */
    return give(env, j, HELD_PREVIEW, &p->made, j->uses[0], j->uses[2]);
}

static void preview_clean(job *j)
{
    smp_preview *preview = ((planning *)j->params)->made;
    smp_preview_destroy(&preview);
}

const job_kind job_preview = {"smp preview",  sizeof(planning), 3, preview_prepare, preview_execute,
                              preview_finish, preview_clean};

/* ---- phantom(desc) ------------------------------------------------------------------------ */

typedef struct phantoming {
    smp_phantom_desc desc;
    void *made;
} phantoming;

static int phantom_prepare(napi_env env, job *j, napi_value *args, int copy)
{
    (void)copy;
    return desc_read(env, "PhantomDesc", args[0], &((phantoming *)j->params)->desc);
}

static smp_status phantom_execute(job *j)
{
    phantoming *p = j->params;
    smp_phantom *phantom = NULL;
    smp_status status = smp_phantom_create(ctx_of(j), &p->desc, &j->progress, &phantom, &j->diag);
    p->made = phantom;
    return status;
}

static napi_value phantom_finish(napi_env env, job *j)
{
    return give(env, j, HELD_PHANTOM, &((phantoming *)j->params)->made, NULL, NULL);
}

static void phantom_clean(job *j)
{
    smp_phantom *phantom = ((phantoming *)j->params)->made;
    smp_phantom_destroy(&phantom);
}

const job_kind job_phantom = {"smp phantom",   sizeof(phantoming), 1,
                              phantom_prepare, phantom_execute,    phantom_finish,
                              phantom_clean};

const job_kind *const job_kinds[] = {&job_decode,  &job_encode, &job_scalp, &job_dots,
                                     &job_preview, &job_render, &job_layer, &job_phantom,
                                     &job_places,  &job_edit};
const uint32_t job_kind_count = sizeof job_kinds / sizeof *job_kinds;
