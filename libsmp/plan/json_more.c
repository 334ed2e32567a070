/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Parts of a plan as JSON: pigment, pattern, life, events, zones, painted density and hairs. */
#include <math.h>

#include "plan/json.h"

static void put_hex(smpi_sink *out, uint32_t value, uint32_t digits)
{
    char text[9];
    for (uint32_t i = 0; i < digits; i++)
        text[i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15u];
    text[digits] = '\0';
    smpi_put(out, text);
}

static void put_name(smpi_sink *out, const char *name)
{
    smpi_put(out, ",");
    smpi_put_indent(out, 1);
    smpi_put(out, "\"");
    smpi_put(out, name);
    smpi_put(out, "\": ");
}

static void put_zones(smpi_sink *out, const smpi_plan_data *data)
{
    put_name(out, "zones");
    smpi_put(out, "[");
    for (uint32_t i = 0; i < data->zone_count; i++) {
        const uint32_t from = data->zone_from[i];
        smpi_put(out, i ? "," : "");
        smpi_put_indent(out, 2);
        smpi_put(out, "{");
        smpi_put_members(out, &data->zone[i], smp_zone_desc_fields, 3);
        smpi_put_points(out, "points_mm", NULL, data->zone_mm + 3 * (size_t)from,
                        data->zone_from[i + 1] - from, 3);
        smpi_put_indent(out, 2);
        smpi_put(out, "}");
    }
    if (data->zone_count)
        smpi_put_indent(out, 1);
    smpi_put(out, "]");
}

static void put_events(smpi_sink *out, const smpi_plan_data *data)
{
    put_name(out, "events");
    smpi_put(out, "[");
    for (uint32_t i = 0; i < data->event_count; i++) {
        smpi_put(out, i ? "," : "");
        smpi_put_indent(out, 2);
        smpi_put(out, "{");
        smpi_put_members(out, &data->event[i], smp_event_desc_fields, 3);
        if (data->event_pigment[i].struct_size)
            smpi_put_part(out, "pigment", &data->event_pigment[i], smp_pigment_fields, 3);
        smpi_put_indent(out, 2);
        smpi_put(out, "}");
    }
    if (data->event_count)
        smpi_put_indent(out, 1);
    smpi_put(out, "]");
}

static void put_map(smpi_sink *out, const smpi_plan_data *data)
{
    put_name(out, "density_map");
    smpi_put(out, "{\"rows\": [");
    for (uint32_t y = 0; y < data->map_height; y++) {
        smpi_put(out, y ? "," : "");
        smpi_put_indent(out, 2);
        smpi_put(out, "\"");
        for (uint32_t x = 0; x < data->map_width; x++)
            put_hex(out, data->map[(size_t)y * data->map_width + x], 2);
        smpi_put(out, "\"");
    }
    smpi_put(out, "]}");
}

static void put_obstacles(smpi_sink *out, const smpi_plan_data *data)
{
    put_name(out, "obstacles");
    smpi_put(out, "{\"keep_mm\": ");
    smpi_put_number(out, (double)data->keep_mm, 1);
    smpi_put(out, ", \"points\": \"");
    for (size_t i = 0; i < 3 * (size_t)data->obstacle_count; i++) {
        const float steps = floorf(data->obstacle_mm[i] / SMPI_OBSTACLE_STEP + 0.5f);
        put_hex(out, (uint32_t)((int32_t)steps + 32768), 4);
    }
    smpi_put(out, "\"}");
}

void smpi_put_parts(smpi_sink *out, const smpi_plan_data *data)
{
    smpi_put_part(out, "pigment", &data->pigment, smp_pigment_fields, 1);
    smpi_put_part(out, "pattern", &data->pattern, smp_pattern_desc_fields, 1);
    put_zones(out, data);
    put_events(out, data);
    smpi_put_part(out, "life", &data->life, smp_life_desc_fields, 1);
    if (data->map)
        put_map(out, data);
    if (data->obstacle_count)
        put_obstacles(out, data);
}
