/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Parts of a plan from JSON: pigment, pattern, life, events, zones, painted density and hairs. */
#include <math.h>
#include <string.h>

#include <smp/shades.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/fields.h"
#include "optics/pigment.h"
#include "plan/json.h"

#define OBSTACLE_DIGITS 12 /* hexadecimal: four each for x, y, z in steps from -32768 */

static const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

smp_status smpi_json_pigment(const smpi_json_place *at, const cJSON *item, smp_pigment *pigment)
{
    smpi_json_place in = {.diag = at->diag};
    smp_pigment read;
    smp_pigment_init(&read);
    if (!cJSON_IsObject(item))
        return smpi_json_wrong(at, item, "pigment", "an object");
    smpi_format(in.path, sizeof in.path, "%spigment.", at->path);
    SMPI_TRY(smpi_json_members(&in, item, smp_pigment_fields, NULL, &read));
    *pigment = read;
    return SMP_OK;
}

smp_status smpi_json_shade(const smpi_json_place *at, const cJSON *object, smp_pigment *pigment,
                           float *dose)
{
    const cJSON *name = member(object, "shade");
    if (!name)
        return SMP_OK;
    if (!cJSON_IsString(name))
        return smpi_json_wrong(at, name, "shade", "the name of a shade");
    if (member(object, "pigment"))
        return smpi_fail(at->diag, SMP_ERR_FORMAT, "%sshade and pigment exclude each other",
                         at->path);
    const uint32_t shade = smp_shade_find(name->valuestring);
    if (shade == SMP_SHADE_NONE)
        return smpi_json_wrong(at, name, "shade", "the name of a shade such as neutral-07");
    smp_pigment_init(pigment);
    return smp_shade_get(shade, pigment, dose, at->diag);
}

smp_status smpi_json_own_pigment(const smpi_json_place *at, const cJSON *object, float plan_dose,
                                 smp_pigment *pigment, float *dose_scale)
{
    const cJSON *own = member(object, "pigment");
    if (member(object, "shade")) {
        float dose = 0.0f;
        SMPI_TRY(smpi_json_shade(at, object, pigment, &dose));
        *dose_scale = plan_dose > 0.0f ? dose / plan_dose : 0.0f;
        return SMP_OK;
    }
    return own ? smpi_json_pigment(at, own, pigment) : SMP_OK;
}

/* A part that is an object of fields alone, or absent. */
static smp_status read_part(const cJSON *root, const char *name, smpi_fields_fn *table, void *desc,
                            smp_diag *diag)
{
    const smpi_json_place top = {.path = "", .diag = diag};
    smpi_json_place in = {.diag = diag};
    const cJSON *item = member(root, name);
    if (!item)
        return SMP_OK;
    if (!cJSON_IsObject(item))
        return smpi_json_wrong(&top, item, name, "an object");
    smpi_format(in.path, sizeof in.path, "%s.", name);
    return smpi_json_members(&in, item, table, NULL, desc);
}

static smp_status read_event(void *user, const smpi_json_place *at, const cJSON *item,
                             uint32_t index)
{
    static const char *const others[] = {"pigment", "shade", NULL};
    smpi_plan_data *data = user;
    smp_event_desc *event = &data->event[index];
    smp_event_desc_init(event);
    data->event_count = index + 1;
    SMPI_TRY(smpi_json_members(at, item, smp_event_desc_fields, others, event));
    return smpi_json_own_pigment(at, item, data->desc.dose, &data->event_pigment[index],
                                 &event->dose_scale);
}

/* ---- zones -------------------------------------------------------------------------------- */

typedef struct zone_reader {
    const smp_context *ctx;
    smpi_plan_data *data;
    double *scratch; /* x y z of SMP_ZONE_POINTS_MAX points */
    float *all;      /* of SMPI_ZONE_POINTS_ALL */
} zone_reader;

static smp_status read_zone(void *user, const smpi_json_place *at, const cJSON *item,
                            uint32_t index)
{
    static const char *const others[] = {"points_mm", NULL};
    const zone_reader *r = user;
    smpi_plan_data *data = r->data;
    const cJSON *points = member(item, "points_mm");
    uint32_t count = 0;
    const uint32_t from = data->zone_from[index];
    smp_zone_desc_init(&data->zone[index]);
    SMPI_TRY(smpi_json_members(at, item, smp_zone_desc_fields, others, &data->zone[index]));
    if (!points)
        return smpi_fail(at->diag, SMP_ERR_FORMAT, "%spoints_mm is missing", at->path);
    SMPI_TRY(smpi_json_points(at, points, "points_mm", SMP_ZONE_POINTS_MAX, r->scratch, &count));
    if (from + count > SMPI_ZONE_POINTS_ALL)
        return smpi_fail(at->diag, SMP_ERR_FORMAT, "over %d points in all zones",
                         SMPI_ZONE_POINTS_ALL);
    for (size_t i = 0; i < 3 * (size_t)count; i++) {
        const double value = r->scratch[i];
        r->all[3 * (size_t)from + i] = fabs(value) <= 1e6 ? (float)value : INFINITY;
    }
    data->zone_from[index + 1] = from + count;
    data->zone_count = index + 1;
    return SMP_OK;
}

static smp_status read_zones(const smp_context *ctx, const cJSON *root, smpi_plan_data *data,
                             smp_diag *diag)
{
    const cJSON *zones = member(root, "zones");
    const size_t scratch = 3 * SMP_ZONE_POINTS_MAX, all = 3 * SMPI_ZONE_POINTS_ALL;
    zone_reader r = {.ctx = ctx, .data = data};
    smp_status status = SMP_OK;
    if (!zones)
        return SMP_OK;
    status = smpi_new(ctx, &r.scratch, scratch, sizeof *r.scratch, "zones", diag);
    if (status == SMP_OK)
        status = smpi_new(ctx, &r.all, all, sizeof *r.all, "zones", diag);
    if (status == SMP_OK)
        status = smpi_json_list(zones, "zones", SMP_ZONES_MAX, read_zone, &r, diag);
    const size_t used = 3 * (size_t)data->zone_from[data->zone_count];
    if (status == SMP_OK)
        status = smpi_new(ctx, &data->zone_mm, used, sizeof *data->zone_mm, "zones", diag);
    if (status == SMP_OK && used)
        memcpy(data->zone_mm, r.all, used * sizeof *r.all);
    if (status != SMP_OK)
        data->zone_count = data->zone_from[0] = 0;
    smpi_free(ctx, r.all, all * sizeof *r.all);
    smpi_free(ctx, r.scratch, scratch * sizeof *r.scratch);
    return status;
}

/* ---- painted density and hairs ------------------------------------------------------------ */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `digits` hexadecimal digits, or -1. */
static int32_t hex_number(const char *text, int digits)
{
    int32_t value = 0;
    for (int i = 0; i < digits; i++) {
        const int digit = hex_digit(text[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static const smp_field map_fields[] = {{0}};

static const smp_field *no_fields(uint32_t *count)
{
    *count = 0;
    return map_fields;
}

static smp_status read_row(const smpi_json_place *at, const cJSON *row, uint32_t width,
                           uint8_t *out)
{
    if (!cJSON_IsString(row) || strlen(row->valuestring) != 2 * (size_t)width)
        return smpi_json_wrong(at, row, "rows[]", "strings of one length, two digits a pixel");
    for (uint32_t i = 0; i < width; i++) {
        const int32_t value = hex_number(row->valuestring + 2 * (size_t)i, 2);
        if (value < 0)
            return smpi_json_wrong(at, row, "rows[]", "hexadecimal digits, 0-9 and a-f");
        out[i] = (uint8_t)value;
    }
    return SMP_OK;
}

static smp_status read_map(const smp_context *ctx, const cJSON *root, smpi_plan_data *data,
                           smp_diag *diag)
{
    static const char *const others[] = {"rows", NULL};
    const smpi_json_place top = {.path = "", .diag = diag};
    const smpi_json_place at = {.path = "density_map.", .diag = diag};
    const cJSON *map = member(root, "density_map");
    if (!map)
        return SMP_OK;
    if (!cJSON_IsObject(map))
        return smpi_json_wrong(&top, map, "density_map", "an object");
    SMPI_TRY(smpi_json_members(&at, map, no_fields, others, NULL));
    const cJSON *rows = member(map, "rows");
    const cJSON *first = cJSON_IsArray(rows) ? rows->child : NULL;
    const size_t digits = first && cJSON_IsString(first) ? strlen(first->valuestring) : 0;
    uint32_t height = 0, y = 0;
    for (const cJSON *row = first; row; row = row->next)
        height++;
    if (!(digits >= 2 && digits <= 2 * SMPI_MAP_MAX && height <= SMPI_MAP_MAX))
        return smpi_fail(diag, SMP_ERR_FORMAT,
                         "density_map.rows: want 1 to %d strings of 2 to %d digits", SMPI_MAP_MAX,
                         2 * SMPI_MAP_MAX);
    const uint32_t width = (uint32_t)(digits / 2);
    SMPI_TRY(smpi_new(ctx, &data->map, (size_t)width * height, 1, "density", diag));
    data->map_width = width;
    data->map_height = height;
    for (const cJSON *row = first; row; row = row->next)
        SMPI_TRY(read_row(&at, row, width, data->map + (size_t)width * y++));
    return SMP_OK;
}

static smp_status read_obstacles(const smp_context *ctx, const cJSON *root, smpi_plan_data *data,
                                 smp_diag *diag)
{
    static const char *const others[] = {"keep_mm", "points", NULL};
    const smpi_json_place top = {.path = "", .diag = diag};
    const smpi_json_place at = {.path = "obstacles.", .diag = diag};
    const cJSON *item = member(root, "obstacles");
    if (!item)
        return SMP_OK;
    if (!cJSON_IsObject(item))
        return smpi_json_wrong(&top, item, "obstacles", "an object");
    SMPI_TRY(smpi_json_members(&at, item, no_fields, others, NULL));
    const cJSON *keep = member(item, "keep_mm"), *points = member(item, "points");
    if (!cJSON_IsNumber(keep) || !(keep->valuedouble >= 0.0 && keep->valuedouble <= 5.0))
        return smpi_fail(diag, SMP_ERR_FORMAT, "obstacles.keep_mm: want a number in [0, 5]");
    const size_t digits = cJSON_IsString(points) ? strlen(points->valuestring) : 1;
    if (digits % OBSTACLE_DIGITS || digits / OBSTACLE_DIGITS > SMPI_OBSTACLES_MAX)
        return smpi_fail(diag, SMP_ERR_FORMAT,
                         "obstacles.points: want a string of %d digits a hair, at most %d hairs",
                         OBSTACLE_DIGITS, SMPI_OBSTACLES_MAX);
    const uint32_t count = (uint32_t)(digits / OBSTACLE_DIGITS);
    SMPI_TRY(
        smpi_new(ctx, &data->obstacle_mm, 3 * (size_t)count, sizeof(float), "obstacles", diag));
    data->obstacle_count = count;
    data->keep_mm = count ? (float)keep->valuedouble : 0.0f;
    for (size_t i = 0; i < 3 * (size_t)count; i++) {
        const int32_t value = hex_number(points->valuestring + 4 * i, 4);
        if (!(value >= 768 && value <= 64768)) /* +-1600 mm */
            return smpi_fail(diag, SMP_ERR_FORMAT, "obstacles.points: wrong at digit %zu", 4 * i);
        data->obstacle_mm[i] = (float)(value - 32768) * SMPI_OBSTACLE_STEP;
    }
    return SMP_OK;
}

smp_status smpi_json_parts(const smp_context *ctx, const cJSON *root, smpi_plan_data *data,
                           smp_diag *diag)
{
    const smpi_json_place top = {.path = "", .diag = diag};
    const cJSON *pigment = member(root, "pigment"), *events = member(root, "events");
    if (pigment)
        SMPI_TRY(smpi_json_pigment(&top, pigment, &data->pigment));
    SMPI_TRY(read_part(root, "pattern", smp_pattern_desc_fields, &data->pattern, diag));
    SMPI_TRY(read_part(root, "life", smp_life_desc_fields, &data->life, diag));
    if (events)
        SMPI_TRY(smpi_json_list(events, "events", SMP_EVENTS_MAX, read_event, data, diag));
    SMPI_TRY(read_zones(ctx, root, data, diag));
    SMPI_TRY(read_map(ctx, root, data, diag));
    return read_obstacles(ctx, root, data, diag);
}
