/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Making a scalp: checks, the order of the work, and what can be asked afterwards. */
#include <stddef.h>
#include <string.h>

#include "base/fields.h"
#include "base/guard.h"
#include "image/rows.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

static const smp_field scalp_fields[] = {
    SMPI_FIELD_HEAD(smp_scalp_desc),
    SMPI_FIELD_BOOL(smp_scalp_desc, find_skin, 1,
                    "Look for bare skin when there is no mask; 0 takes the whole head."),
    SMPI_FIELD(smp_scalp_desc, blur_px, "px", 0.0, 50.0, 0.0,
               "The photo's own blur, standard deviation; 0 measures it."),
    SMPI_FIELD(smp_scalp_desc, keep_shine, "", 0.0, 1.0, 1.0,
               "How much of the found shine stays on top of the pigment."),
    SMPI_FIELD_BOOL(smp_scalp_desc, find_hairs, 0, "Look for short hairs and stubble one by one."),
    SMPI_FIELD_BOOL(smp_scalp_desc, density_mode, 0,
                    "Pigment goes on the skin between strands of thinning hair."),
};
SMPI_DEFINE_FIELDS(smp_scalp_desc, scalp_fields)

/* Analysis pixels across a pixel of a map: what varies slowly needs fewer. */
static uint32_t pitch_of(smp_scalp_map kind, const smp_scalp_desc *desc)
{
    if (kind == SMP_SCALP_HAIR) /* it is 0 unless asked for */
        return desc->density_mode ? 1 : SMPI_SCALP_CELL;
    if (kind >= SMP_SCALP_MELANIN && kind <= SMP_SCALP_SHADE)
        return SMPI_SCALP_SKIN;
    return kind == SMP_SCALP_BLUR || kind == SMP_SCALP_GRAIN ? SMPI_SCALP_CELL : 1;
}

/* Everything that is known from the photo's head alone: grid, luminance weights, decoding table. */
static smp_status prepare(smp_scalp *scalp, const smp_scalp_desc *desc, smp_diag *diag)
{
    const smp_image *photo = &scalp->photo;
    const uint32_t side = photo->width > photo->height ? photo->width : photo->height;
    const smp_space space = (smp_space)photo->space;
    scalp->step = (side + SMPI_SCALP_SIDE - 1) / SMPI_SCALP_SIDE;
    const double fine = scalp->camera.px_per_mm / SMPI_SCALP_PX_PER_MM;
    if (fine > (double)scalp->step) /* a close look: more says nothing more about light and skin */
        scalp->step = fine < (double)SMPI_SCALP_STEP_MOST ? (uint32_t)fine : SMPI_SCALP_STEP_MOST;
    scalp->width = (photo->width + scalp->step - 1) / scalp->step;
    scalp->height = (photo->height + scalp->step - 1) / scalp->step;
    scalp->linear = space == SMP_SPACE_LINEAR_SRGB || space == SMP_SPACE_LINEAR_P3;
    for (int c = 0; c < 3; c++) {
        float rgb[3] = {0}, xyz[3];
        rgb[c] = 1.0f;
        SMPI_TRY(smp_rgb_to_xyz(space, rgb, xyz, diag));
        scalp->weight[c] = xyz[1];
    }
    for (uint32_t k = 0; k <= SMPI_SCALP_CURVE + 1; k++)
        scalp->curve[k] = smp_space_decode(space, (float)k / (float)SMPI_SCALP_CURVE);
    for (uint32_t k = 0; k < 256; k++)
        scalp->codes[k] = smpi_scalp_decode(scalp, (float)k / 255.0f);
    for (int k = 0; k < SMP_SCALP_MAP_COUNT; k++) {
        const uint32_t pitch = pitch_of((smp_scalp_map)k, desc);
        smpi_plane *map = &scalp->planes[k];
        map->step = scalp->step * pitch;
        map->width = (scalp->width + pitch - 1) / pitch;
        map->height = (scalp->height + pitch - 1) / pitch;
        const size_t size = (size_t)map->width * map->height;
        SMPI_TRY(smpi_new(scalp->ctx, &scalp->maps[k], size, sizeof(float), "map", diag));
        memset(scalp->maps[k], 0, size * sizeof(float));
    }
    const size_t count = (size_t)scalp->width * scalp->height;
    SMPI_TRY(smpi_new(scalp->ctx, &scalp->luma, count, sizeof(float), "map", diag));
    memset(scalp->luma, 0, count * sizeof(float));
    return SMP_OK;
}

/* The box that is analysed: the head's, or that of the given mask with a cell around it. */
static void choose_box(smp_scalp *scalp)
{
    if (!scalp->given) {
        if (!smpi_scalp_find_box(scalp))
            scalp->box = (smpi_box){0, 0, 0, 0};
    } else if (scalp->law) {
        const smpi_box *law = &scalp->law_box;
        const uint32_t x0 = law->x0 / scalp->step, y0 = law->y0 / scalp->step;
        const uint32_t x1 = (law->x0 + law->width - 1) / scalp->step + 1 + SMPI_SCALP_CELL;
        const uint32_t y1 = (law->y0 + law->height - 1) / scalp->step + 1 + SMPI_SCALP_CELL;
        scalp->box.x0 = x0 > SMPI_SCALP_CELL ? x0 - SMPI_SCALP_CELL : 0;
        scalp->box.y0 = y0 > SMPI_SCALP_CELL ? y0 - SMPI_SCALP_CELL : 0;
        scalp->box.width = (x1 < scalp->width ? x1 : scalp->width) - scalp->box.x0;
        scalp->box.height = (y1 < scalp->height ? y1 : scalp->height) - scalp->box.y0;
    }
    scalp->nodes_x = (scalp->box.width + SMPI_SCALP_CELL - 1) / SMPI_SCALP_CELL;
    scalp->nodes_y = (scalp->box.height + SMPI_SCALP_CELL - 1) / SMPI_SCALP_CELL;
}

/* floats and bytes that a survey holds for each pixel of the box */
#define SURVEY_FLOATS 8
#define SURVEY_BYTES (SURVEY_FLOATS * sizeof(float) + 4)

static smp_status open_survey(smp_scalp *scalp, smpi_survey *survey, smp_diag *diag)
{
    const size_t cells = (size_t)scalp->nodes_x * scalp->nodes_y;
    survey->count = (size_t)scalp->box.width * scalp->box.height;
    survey->pitch = 1;
    SMPI_TRY(smpi_new(scalp->ctx, &scalp->diffuse, 3 * cells, sizeof(float), "light", diag));
    SMPI_TRY(smpi_new(scalp->ctx, &survey->rgb, survey->count, SURVEY_BYTES, "survey", diag));
    memset(survey->rgb, 0, survey->count * SURVEY_BYTES);
    survey->alpha = survey->rgb + 3 * survey->count;
    survey->facing = survey->alpha + survey->count;
    survey->clip = survey->facing + survey->count;
    survey->like = survey->clip + survey->count;
    survey->spare = survey->like + survey->count;
    survey->core = (uint8_t *)(survey->spare + survey->count);
    survey->flag = survey->core + survey->count;
    survey->gloss = survey->flag + survey->count;
    survey->above = survey->gloss + survey->count;
    return SMP_OK;
}

/* A given mask says where skin is learned. */
static void obey(const smp_scalp *scalp, smpi_survey *survey)
{
    for (uint32_t j = 0; j < scalp->box.height; j++)
        for (uint32_t i = 0; i < scalp->box.width; i++) {
            const float *mask = scalp->maps[SMP_SCALP_MASK];
            const float share =
                mask[(size_t)(scalp->box.y0 + j) * scalp->width + scalp->box.x0 + i];
            const size_t at = (size_t)j * scalp->box.width + i;
            survey->facing[at] = share > 0.0f ? 1.0f : 0.0f;
            survey->core[at] = share > 0.5f;
        }
}

/* Without looking for skin: the whole head, fading at its limb. */
static void whole_head(const smp_scalp *scalp, smpi_survey *survey)
{
    for (uint32_t j = 0; j < scalp->box.height; j++)
        for (uint32_t i = 0; i < scalp->box.width; i++) {
            const size_t at = (size_t)j * scalp->box.width + i;
            const float fade = smpi_scalp_ramp(survey->facing[at], 0.05f, 0.2f);
            scalp->maps[SMP_SCALP_MASK][(size_t)(scalp->box.y0 + j) * scalp->width + scalp->box.x0 +
                                        i] = fade < survey->alpha[at] ? fade : survey->alpha[at];
        }
}

static void copy_like(const smp_scalp *scalp, const smpi_survey *survey)
{
    for (uint32_t j = 0; j < scalp->box.height; j++)
        memcpy(scalp->maps[SMP_SCALP_MASK] + (size_t)(scalp->box.y0 + j) * scalp->width +
                   scalp->box.x0,
               survey->like + (size_t)j * scalp->box.width, scalp->box.width * sizeof(float));
}

static smp_status analyse(smp_scalp *scalp, smpi_survey *survey, const smp_scalp_desc *desc,
                          const smp_progress *progress, smp_diag *diag)
{
    SMPI_TRY(open_survey(scalp, survey, diag));
    SMPI_TRY(smpi_scalp_survey(scalp, survey, progress, diag));
    if (scalp->given)
        obey(scalp, survey);
    SMPI_TRY(smpi_scalp_tone(scalp, survey, diag));
    SMPI_TRY(smpi_scalp_learn(scalp, survey, progress, diag));
    if (!scalp->given && desc->find_skin && smpi_scalp_find_skyline(scalp, survey))
        SMPI_TRY(smpi_scalp_place(scalp, survey, diag));
    if (!scalp->given && desc->find_skin && desc->density_mode) {
        scalp->dense = scalp->guarded = 1;
        SMPI_TRY(smpi_scalp_between(scalp, survey, diag));
    } else if (!scalp->given && desc->find_skin) {
        SMPI_TRY(smpi_scalp_find(scalp, survey, diag));
        copy_like(scalp, survey);
        scalp->guarded = 1;
        SMPI_TRY(smpi_scalp_diffuse(scalp, survey, diag));
    } else if (!scalp->given) {
        whole_head(scalp, survey);
    }
    SMPI_TRY(smpi_scalp_light_maps(scalp, survey, diag));
    SMPI_TRY(smpi_scalp_skin_maps(scalp, survey, diag));
    return smpi_report(progress, 0.95, "sharpness", diag);
}

static smp_status build(smp_scalp *scalp, const smp_image *mask, const smp_scalp_desc *desc,
                        const smp_progress *progress, smp_diag *diag)
{
    SMPI_TRY(smpi_report(progress, 0.0, "photo", diag));
    SMPI_TRY(prepare(scalp, desc, diag));
    if (mask) {
        scalp->given = 1;
        SMPI_TRY(smpi_scalp_law(scalp, mask, diag));
        SMPI_TRY(smpi_scalp_law_map(scalp, diag));
    }
    scalp->whole = !desc->find_skin;
    choose_box(scalp);
    if (scalp->box.width > 0) {
        smpi_survey survey = {0};
        smp_status status = analyse(scalp, &survey, desc, progress, diag);
        smpi_free(scalp->ctx, survey.rgb, survey.count * SURVEY_BYTES);
        SMPI_TRY(status);
    }
    scalp->set_blur_px = (double)desc->blur_px;
    SMPI_TRY(smpi_scalp_measure_blur(scalp, diag));
    if (desc->find_hairs)
        SMPI_TRY(smpi_scalp_find_hairs(scalp, diag));
    return smpi_report(progress, 1.0, "scalp", diag);
}

/* The photo and the mask can be used; the camera is one. */
static smp_status check(smp_scalp *scalp, const smp_camera *camera, const smp_head *head,
                        const smp_image *mask, smp_diag *diag)
{
    const smp_image *photo = &scalp->photo;
    uint32_t count;
    const smp_field *fields = smp_camera_fields(&count);
    SMPI_TRY(smpi_desc_read(&scalp->camera, sizeof scalp->camera, camera, fields, count, diag));
    fields = smp_head_fields(&count);
    SMPI_TRY(smpi_desc_read(&scalp->head, sizeof scalp->head, head, fields, count, diag));
    scalp->ellipsoid = smpi_head_ellipsoid(&scalp->head);
    SMPI_TRY(smpi_image_check(photo, "photo", diag));
    if (smpi_format_has_alpha(photo->format) && photo->alpha != SMP_ALPHA_STRAIGHT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "photo: alpha must be straight");
    if (!mask)
        return SMP_OK;
    SMPI_TRY(smpi_image_check(mask, "mask", diag));
    if (mask->width != photo->width || mask->height != photo->height)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "mask is %ux%u, want the photo's %ux%u",
                         (unsigned)mask->width, (unsigned)mask->height, (unsigned)photo->width,
                         (unsigned)photo->height);
    if (smpi_format_has_alpha(mask->format) && mask->alpha != SMP_ALPHA_STRAIGHT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "mask: alpha must be straight");
    return SMP_OK;
}

SMPI_APART smp_status scalp_create_guarded(const smp_context *ctx, const smp_image *photo,
                                           const smp_camera *camera, const smp_head *head,
                                           const smp_image *mask, const smp_scalp_desc *desc,
                                           const smp_progress *progress, smp_scalp **scalp,
                                           smp_diag *diag)
{
    smp_scalp_desc how;
    smp_scalp *made = NULL;
    smpi_diag_clear(diag);
    SMPI_NEED(scalp, diag);
    *scalp = NULL;
    SMPI_NEED(ctx, diag);
    SMPI_NEED(photo, diag);
    SMPI_NEED(camera, diag);
    SMPI_TRY(smpi_desc_read(&how, sizeof how, desc, scalp_fields, SMPI_COUNT(scalp_fields), diag));
    SMPI_TRY(smpi_new(ctx, &made, 1, sizeof *made, "scalp", diag));
    memset(made, 0, sizeof *made);
    made->ctx = ctx;
    made->photo = *photo;
    made->keep_shine = how.keep_shine;
    smp_skin_init(&made->skin);
    smp_status status = check(made, camera, head, mask, diag);
    if (status == SMP_OK)
        status = build(made, mask, &how, progress, diag);
    if (status != SMP_OK) {
        smp_scalp_destroy(&made);
        return smpi_run_end(diag, status, "scalp");
    }
    *scalp = made;
    return SMP_OK;
}

smp_status smp_scalp_create(const smp_context *ctx, const smp_image *photo,
                            const smp_camera *camera, const smp_head *head, const smp_image *mask,
                            const smp_scalp_desc *desc, const smp_progress *progress,
                            smp_scalp **scalp, smp_diag *diag)
{
    SMPI_GUARD(smp_status,
               scalp_create_guarded(ctx, photo, camera, head, mask, desc, progress, scalp, diag));
}

void smp_scalp_destroy(smp_scalp **scalp)
{
    if (!scalp || !*scalp)
        return;
    smp_scalp *s = *scalp;
    const size_t count = (size_t)s->width * s->height;
    for (int k = 0; k < SMP_SCALP_MAP_COUNT; k++)
        smpi_free(s->ctx, s->maps[k],
                  (size_t)s->planes[k].width * s->planes[k].height * sizeof(float));
    smpi_free(s->ctx, s->luma, count * sizeof(float));
    smpi_free(s->ctx, s->law, (size_t)s->law_box.width * s->law_box.height * sizeof *s->law);
    smpi_scalp_free_hairs(s);
    smpi_free(s->ctx, s->diffuse, 3 * (size_t)s->nodes_x * s->nodes_y * sizeof(float));
    smpi_free(s->ctx, s, sizeof *s);
    *scalp = NULL;
}

SMPI_APART smp_status scalp_get_map_guarded(const smp_scalp *scalp, smp_scalp_map kind,
                                            smp_grid *map, uint32_t *step, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(scalp, diag);
    SMPI_NEED(map, diag);
    if ((unsigned)kind >= SMP_SCALP_MAP_COUNT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "kind is %u, want 0 to %d", (unsigned)kind,
                         SMP_SCALP_MAP_COUNT - 1);
    const smpi_plane *plane = &scalp->planes[kind];
    *map = (smp_grid){scalp->maps[kind], plane->width, plane->height, plane->width};
    if (step)
        *step = plane->step;
    return SMP_OK;
}

smp_status smp_scalp_get_map(const smp_scalp *scalp, smp_scalp_map kind, smp_grid *map,
                             uint32_t *step, smp_diag *diag)
{
    SMPI_GUARD(smp_status, scalp_get_map_guarded(scalp, kind, map, step, diag));
}

smp_skin smp_scalp_skin(const smp_scalp *scalp)
{
    smp_skin none;
    smp_skin_init(&none);
    return scalp ? scalp->skin : none;
}

double smp_scalp_blur_px(const smp_scalp *scalp)
{
    return scalp ? scalp->blur_px : 0.0;
}

smp_camera smp_scalp_camera(const smp_scalp *scalp)
{
    smp_camera none;
    smp_camera_init(&none);
    return scalp ? scalp->camera : none;
}

double smp_scalp_grain(const smp_scalp *scalp)
{
    return scalp ? scalp->grain : 0.0;
}

void smp_scalp_light(const smp_scalp *scalp, float rgb_lin[3])
{
    for (int c = 0; c < 3; c++)
        rgb_lin[c] = scalp ? scalp->white[c] : 0.0f;
}

const char *smp_scalp_map_name(smp_scalp_map kind)
{
    static const char *const names[SMP_SCALP_MAP_COUNT] = {
        "mask", "shine", "light", "melanin", "blood", "yellow", "shade", "blur", "grain", "hair"};
    return (unsigned)kind < SMP_SCALP_MAP_COUNT ? names[kind] : NULL;
}

smp_hairs_view smp_scalp_hairs(const smp_scalp *scalp)
{
    return scalp ? scalp->hairs : (smp_hairs_view){.count = 0};
}
