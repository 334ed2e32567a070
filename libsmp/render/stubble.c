/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Stubble: where hairs stand, which way they lean, and what they cover. They are drawn as thin
 * bumps into the same planes as dots. source: docs/model/render.md, "Stubble" */
#include "render/stubble.h"

#include <math.h>
#include <string.h>

#include "base/diag.h"
#include "base/math.h"
#include "base/random.h"
#include "geometry/camera.h"
#include "geometry/head.h"
#include "plan/plan.h"
#include "render/preview.h"
#include "scalp/rows.h"
#include "synthesis/prepared.h"

#define PURPOSE_LENGTH 0x52534c31u
#define PURPOSE_LEAN 0x52534e31u
#define PURPOSE_BACK 0x52534231u
#define HAIR_SEED 0x68616972u /* hairs stand elsewhere than dots */
#define LEAN_DEG 40.0         /* of a hair over the skin, and how much it varies (assumed) */
#define LEAN_SPREAD 0.35
#define TURN_SPREAD 0.5 /* rad, of its direction (assumed) */
#define SWIRL_MM 45.0   /* how far the whorl turns hairs (assumed) */
#define PIECE_MM 1.2
#define PIECES_MOST 8
#define LENGTH_MOST_MM 8.0
#define EXPONENT 1.5f /* of the bump along and across a hair */
#define REGROWN_DAYS 730.5
#define PIXEL_BOX (1.0 / 12.0)

typedef struct barber {
    smp_preview *preview;
    smp_camera camera;
    const smpi_plan_data *data;
    double length_mm; /* of an average hair */
    double whorl[3];
    float contrast[3]; /* 1 - hair over skin, per channel */
} barber;

static double unit(uint32_t id, uint32_t purpose)
{
    return smpi_unit_double(smpi_hash(HAIR_SEED, id, purpose));
}

static double dot3(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross3(const double a[3], const double b[3], double out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3];
}

static void to_unit(double v[3])
{
    const double length = sqrt(dot3(v, v));
    for (int k = 0; k < 3 && length > 1e-9; k++)
        v[k] /= length;
}

/* The way a hair goes from its root: away from the whorl, turned by it, leaning on the skin. */
static void hair_way(const barber *b, const double xyz[3], const double normal[3], uint32_t id,
                     double way[3])
{
    double along[3], side[3];
    const int flat = b->data->head.shape == SMP_SHAPE_FLAT;
    for (int k = 0; k < 3; k++)
        along[k] = flat ? (k == 0 ? 0.35 : k == 1 ? 1.0 : 0.0) : xyz[k] - b->whorl[k];
    const double away = sqrt(dot3(along, along)), up = dot3(along, normal);
    for (int k = 0; k < 3; k++)
        along[k] -= up * normal[k];
    to_unit(along);
    cross3(normal, along, side);
    double turn = (2.0 * unit(id, PURPOSE_LEAN) - 1.0) * TURN_SPREAD;
    if (!flat) {
        const double swirl = 1.2 * smpi_exp(-away / SWIRL_MM);
        turn += b->data->pattern.whorl == SMP_WHORL_CLOCKWISE ? -swirl : swirl;
    }
    const double wide = (double)smpi_unit2(smpi_hash(HAIR_SEED, id, PURPOSE_LEAN)) - 0.5;
    const double lean = LEAN_DEG * SMPI_PI / 180.0 * (1.0 + 2.0 * LEAN_SPREAD * wide);
    const double c = smpi_cos(turn) * smpi_cos(lean), s = smpi_sin(turn) * smpi_cos(lean);
    for (int k = 0; k < 3; k++)
        way[k] = c * along[k] + s * side[k] + smpi_sin(lean) * normal[k];
}

/* A piece between two points of the picture, as a bump that covers the same area. */
static void place(const barber *b, const double from[2], const double to[2], double wide_px,
                  smpi_hair_piece *piece)
{
    const double du = to[0] - from[0], dv = to[1] - from[1], length2 = du * du + dv * dv;
    const double blur =
        (double)smpi_scalp_blur_at(b->preview->scalp, (float)from[0], (float)from[1]);
    const double across = wide_px * wide_px / 16.0 + blur * blur + PIXEL_BOX;
    const double uu = du * du / 12.0 + across, vv = dv * dv / 12.0 + across, uv = du * dv / 12.0;
    const double det = uu * vv - uv * uv, r2 = 2.0 * ((double)EXPONENT + 2.0);
    *piece = (smpi_hair_piece){0};
    piece->bump.x = (float)(0.5 * (from[0] + to[0]));
    piece->bump.y = (float)(0.5 * (from[1] + to[1]));
    piece->bump.qxx = (float)(vv / (det * r2));
    piece->bump.qyy = (float)(uu / (det * r2));
    piece->bump.qxy = (float)(-uv / (det * r2));
    smpi_bump_shape(&piece->bump, EXPONENT);
    piece->reach_u = (float)sqrt(uu * r2);
    piece->reach_v = (float)sqrt(vv * r2);
    const double area = sqrt(length2) * wide_px, scale = area / (SMPI_PI * r2 * sqrt(det));
    for (int c = 0; c < 3; c++)
        piece->bump.amount[c] = b->contrast[c] * (float)scale;
}

static smp_status room_for(const smp_context *ctx, smpi_stubble *s, uint32_t more, smp_diag *diag)
{
    if (s->count + more <= s->capacity)
        return SMP_OK;
    smpi_hair_piece *bigger;
    const uint32_t capacity = 2 * s->capacity + 4096;
    SMPI_TRY(smpi_new(ctx, &bigger, capacity, sizeof *bigger, "stubble", diag));
    if (s->count)
        memcpy(bigger, s->piece, (size_t)s->count * sizeof *bigger);
    smpi_free(ctx, s->piece, (size_t)s->capacity * sizeof *s->piece);
    s->piece = bigger;
    s->capacity = capacity;
    return SMP_OK;
}

/* Adds the pieces of one hair, if it is seen. */
static smp_status add_hair(const barber *b, const double xyz[3], uint32_t id, float from_day,
                           smp_diag *diag)
{
    smpi_stubble *s = &b->preview->stubble;
    double root[3], normal[3], way[3], uv[2], cov[3], facing;
    smpi_head_surface(&b->data->head, xyz, root, normal);
    if (!smpi_camera_footprint(&b->camera, root, normal, uv, cov, &facing) || !(facing > 0.03))
        return SMP_OK;
    smpi_scalp_bend(b->preview->scalp, uv);
    const smp_image *photo = &b->preview->photo;
    float mask;
    if (!(uv[0] > 0.0 && uv[1] > 0.0 && uv[0] < (double)photo->width &&
          uv[1] < (double)photo->height))
        return SMP_OK;
    smpi_scalp_mask_row(b->preview->scalp, (uint32_t)uv[1], (uint32_t)uv[0], 1, &mask);
    if (!(mask > 0.0f))
        return SMP_OK;
    hair_way(b, root, normal, id, way);
    const double own = 0.75 + 0.5 * unit(id, PURPOSE_LENGTH);
    const double length = fmin(b->length_mm * own, LENGTH_MOST_MM);
    const double wide = (double)b->preview->life.hair_mm * b->camera.px_per_mm;
    const uint32_t pieces = (uint32_t)fmin(ceil(length / PIECE_MM), PIECES_MOST);
    SMPI_TRY(room_for(b->preview->ctx, s, pieces, diag));
    for (uint32_t i = 1; i <= pieces; i++) {
        double end[3], to[2];
        for (int k = 0; k < 3; k++)
            end[k] = root[k] + way[k] * length * i / pieces;
        if (!smp_camera_project(&b->camera, end, to))
            return SMP_OK;
        smpi_scalp_bend(b->preview->scalp, to);
        smpi_hair_piece *piece = s->piece + s->count++;
        place(b, uv, to, wide, piece);
        piece->from_day = from_day;
        s->reach_px = fmaxf(s->reach_px, fmaxf(piece->reach_u, piece->reach_v));
        uv[0] = to[0];
        uv[1] = to[1];
    }
    return SMP_OK;
}

/* Hairs per cm2 that are left at a place, and those that come back there within two years. */
static void wanted(const barber *b, const double xyz[3], double *left, double *back)
{
    const smp_plan *plan = b->preview->plan;
    const double full = (double)b->data->pattern.hair_per_cm2;
    const double treated = smp_plan_density(plan, xyz) / (double)b->data->desc.density_per_cm2;
    *left = smp_plan_hair(plan, xyz);
    *back = (double)b->preview->life.regrowth * full * fmin(treated, 1.0) * (1.0 - *left / full);
}

static smp_status grow(const barber *b, const smpi_places *places, smp_diag *diag)
{
    const uint32_t tiles = places->tiles_x * places->tiles_y;
    const int flat = b->data->head.shape == SMP_SHAPE_FLAT;
    for (uint32_t tile = 0; tile < tiles; tile++)
        for (uint32_t rank = 0; rank < places->count; rank++) {
            const smpi_place *p = places->at + rank;
            const double xyz[3] = {
                (double)(p->x_mm + (float)(tile % places->tiles_x) * SMPI_TILE_MM),
                (double)(p->y_mm + (float)(tile / places->tiles_x) * SMPI_TILE_MM),
                (double)p->z_mm};
            if (flat && !(xyz[0] < (double)b->data->head.width_mm &&
                          xyz[1] < (double)b->data->head.height_mm))
                continue;
            double left, back;
            wanted(b, xyz, &left, &back);
            const double at = smpi_places_threshold(places, rank);
            const uint32_t id = rank + tile * SMPI_TILE_IDS;
            if (at < left + back)
                SMPI_TRY(add_hair(b, xyz, id,
                                  at < left ? 0.0f : (float)(REGROWN_DAYS * unit(id, PURPOSE_BACK)),
                                  diag));
        }
    return SMP_OK;
}

void smpi_stubble_box(const smpi_stubble *s, double box[4])
{
    for (uint32_t i = 0; i < s->count; i++) {
        const smpi_hair_piece *p = s->piece + i;
        box[0] = fmin(box[0], (double)(p->bump.x - p->reach_u));
        box[1] = fmin(box[1], (double)(p->bump.y - p->reach_v));
        box[2] = fmax(box[2], (double)(p->bump.x + p->reach_u));
        box[3] = fmax(box[3], (double)(p->bump.y + p->reach_v));
    }
}

smp_status smpi_stubble_sort(smp_preview *preview, smp_diag *diag)
{
    smpi_stubble *s = &preview->stubble;
    smpi_hair_piece *sorted;
    if (!s->count)
        return SMP_OK;
    const size_t slots = preview->cell_slots;
    SMPI_TRY(smpi_new(preview->ctx, &s->cell_first, slots, sizeof *s->cell_first,
                      "cells of stubble", diag));
    s->cell_slots = slots;
    SMPI_TRY(smpi_new(preview->ctx, &sorted, s->count, sizeof *sorted, "stubble", diag));
    memset(s->cell_first, 0, slots * sizeof *s->cell_first);
    for (uint32_t i = 0; i < s->count; i++)
        s->cell_first[smpi_cell_of(preview, s->piece[i].bump.x, s->piece[i].bump.y) + 2]++;
    for (size_t k = 2; k < slots; k++)
        s->cell_first[k] += s->cell_first[k - 1];
    for (uint32_t i = 0; i < s->count; i++) {
        const smpk_dot *bump = &s->piece[i].bump;
        sorted[s->cell_first[smpi_cell_of(preview, bump->x, bump->y) + 1]++] = s->piece[i];
    }
    smpi_free(preview->ctx, s->piece, (size_t)s->capacity * sizeof *sorted);
    s->piece = sorted;
    s->capacity = s->count;
    return SMP_OK;
}

/* Where the whorl is, and how much darker than this skin a hair is. */
static smp_status look_around(barber *b, smp_diag *diag)
{
    const smp_pattern_desc *p = &b->data->pattern;
    const smp_skin skin = smp_scalp_skin(b->preview->scalp);
    const double back = (double)p->whorl_back_mm, left = (double)p->whorl_left_mm;
    float bare[3];
    smpi_head_unchart(&b->data->head, smpi_atan2(left, -back), sqrt(back * back + left * left),
                      b->whorl, NULL);
    SMPI_TRY(smp_skin_color(&skin, (smp_space)b->preview->photo.space, bare, diag));
    for (int c = 0; c < 3; c++) /* hair lighter than the skin hides nothing */
        b->contrast[c] = fmaxf(1.0f - b->preview->life.hair_light / fmaxf(bare[c], 1e-3f), 0.0f);
    return SMP_OK;
}

/* The places of hairs: those at hand, or new ones. */
static smp_status find_places(smp_preview *preview, const smp_progress *progress, smp_diag *diag)
{
    const smpi_plan_data *data = &preview->plan->data;
    smpi_hair_places *h = &preview->hairs;
    const smpi_places_desc want = {data->head, data->desc.seed ^ HAIR_SEED, 0.0f,
                                   data->pattern.hair_per_cm2};
    if (h->places.at && smpi_same_head(&h->desc.head, &want.head) && h->desc.seed == want.seed &&
        h->desc.density_per_cm2 == want.density_per_cm2)
        return SMP_OK;
    h->desc = want;
    h->places = (smpi_places){0};
    return smpi_places_create(preview->ctx, &want, progress, 1.0, &h->places, diag);
}

smp_status smpi_stubble_create(smp_preview *preview, const smp_progress *progress, smp_diag *diag)
{
    const smpi_plan_data *data = &preview->plan->data;
    const double length =
        (double)preview->life.hair_growth_mm_per_day * (double)preview->life.days_unshaved;
    const int any = data->pattern.pattern != SMP_PATTERN_NONE || preview->life.regrowth > 0.0f;
    preview->stubble = (smpi_stubble){0};
    if (!(length > 0.0) || !any)
        return SMP_OK;
    barber b = {.preview = preview,
                .camera = smp_scalp_camera(preview->scalp),
                .data = data,
                .length_mm = length};
    SMPI_TRY(look_around(&b, diag));
    SMPI_TRY(find_places(preview, progress, diag));
    return grow(&b, &preview->hairs.places, diag);
}

void smpi_stubble_drop(smp_preview *p, const smp_preview *kept)
{
    smpi_stubble *s = &p->stubble;
    if (s->piece != kept->stubble.piece)
        smpi_free(p->ctx, s->piece, (size_t)s->capacity * sizeof *s->piece);
    if (s->cell_first != kept->stubble.cell_first)
        smpi_free(p->ctx, s->cell_first, s->cell_slots * sizeof *s->cell_first);
    if (p->hairs.places.at && p->hairs.places.at != kept->hairs.places.at)
        smpi_places_free(&p->hairs.places);
}
