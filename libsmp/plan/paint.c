/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Painted density and the hairs that are there. */
#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/camera.h"
#include "geometry/head.h"
#include "plan/paint.h"
#include "plan/plan.h"

#define OBSTACLE_FAR_MM 1600.0f

/* ---- painted density ---------------------------------------------------------------------- */

static smp_status check_grid(const smp_grid *grid, uint32_t most, smp_diag *diag)
{
    SMPI_NEED(grid->data, diag);
    if (!(grid->width >= 1 && grid->width <= most && grid->height >= 1 && grid->height <= most &&
          grid->stride >= grid->width))
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "the grid is %u x %u, stride %zu, want 1 to %u",
                         grid->width, grid->height, grid->stride, most);
    for (uint32_t y = 0; y < grid->height; y++)
        for (uint32_t x = 0; x < grid->width; x++) {
            const double value = (double)grid->data[y * grid->stride + x];
            if (!(value >= 0.0 && value <= 1.0))
                return smpi_fail(diag, SMP_ERR_RANGE, "grid[%u][%u] is %g, want [0, 1]", y, x,
                                 value);
        }
    return SMP_OK;
}

static smp_status take_map(smp_plan *plan, uint8_t *map, uint32_t width, uint32_t height,
                           smp_diag *diag)
{
    smpi_plan_data next = plan->data;
    next.map = map;
    next.map_width = width;
    next.map_height = height;
    const smp_status status = smpi_plan_change(plan, &next, diag);
    if (status != SMP_OK)
        smpi_free(plan->ctx, map, (size_t)width * height);
    return status;
}

static uint8_t level(double share)
{
    return (uint8_t)floor(share * 255.0 + 0.5);
}

SMPI_APART smp_status plan_set_density_map_guarded(smp_plan *plan, const smp_grid *grid,
                                                   smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    if (!grid)
        return take_map(plan, NULL, 0, 0, diag);
    SMPI_TRY(check_grid(grid, SMPI_MAP_MAX, diag));
    uint8_t *map;
    SMPI_TRY(smpi_new(plan->ctx, &map, (size_t)grid->width * grid->height, 1, "density", diag));
    for (uint32_t y = 0; y < grid->height; y++)
        for (uint32_t x = 0; x < grid->width; x++)
            map[(size_t)y * grid->width + x] = level((double)grid->data[y * grid->stride + x]);
    return take_map(plan, map, grid->width, grid->height, diag);
}

smp_status smp_plan_set_density_map(smp_plan *plan, const smp_grid *grid, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_density_map_guarded(plan, grid, diag));
}

/* The surface at a node of the map. 0 in the corners of a head's map, where there is none. */
static int map_node(const smp_head *head, uint32_t x, uint32_t y, uint32_t size, double xyz[3])
{
    const double s = (x + 0.5) / size, t = (y + 0.5) / size;
    if (head->shape == SMP_SHAPE_FLAT) {
        xyz[0] = s * (double)head->width_mm;
        xyz[1] = t * (double)head->height_mm;
        xyz[2] = 0.0;
        return 1;
    }
    const double right = (2.0 * s - 1.0) * SMPI_MAP_POLAR, down = (2.0 * t - 1.0) * SMPI_MAP_POLAR;
    const double polar = sqrt(right * right + down * down);
    smpi_head_unpolar(head, polar > 0.0 ? smpi_atan2(right, down) : 0.0, polar, xyz);
    return polar <= SMPI_MAP_POLAR;
}

/* Linear between pixel centres. */
static double grid_at(const smp_grid *grid, double u, double v)
{
    const double x = fmin(fmax(u - 0.5, 0.0), grid->width - 1.0);
    const double y = fmin(fmax(v - 0.5, 0.0), grid->height - 1.0);
    const uint32_t i = (uint32_t)x, j = (uint32_t)y;
    const uint32_t right = i + 1 < grid->width ? i + 1 : i, down = j + 1 < grid->height ? j + 1 : j;
    const float *row = grid->data + j * grid->stride, *next = grid->data + down * grid->stride;
    const double a = (double)row[i], b = (double)row[right];
    const double c = (double)next[i], d = (double)next[right];
    const double above = a + (b - a) * (x - i), below = c + (d - c) * (x - i);
    return above + (below - above) * (y - j);
}

static double seen_at(const smp_head *head, const smp_camera *camera, const smp_grid *grid,
                      const double xyz[3], double elsewhere)
{
    double normal[3], at[2], to_eye = 0.0;
    smpi_head_normal(head, xyz, normal);
    /* The third row of the rotation points to the viewer. */
    for (int j = 0; j < 3; j++)
        to_eye += normal[j] * camera->rotation[6 + j];
    if (head->shape != SMP_SHAPE_FLAT && !(to_eye > 0.05))
        return elsewhere;
    if (!smp_camera_project(camera, xyz, at))
        return elsewhere;
    if (!(at[0] >= 0.0 && at[0] <= grid->width && at[1] >= 0.0 && at[1] <= grid->height))
        return elsewhere;
    return grid_at(grid, at[0], at[1]);
}

SMPI_APART smp_status plan_set_density_photo_guarded(smp_plan *plan, const smp_grid *grid,
                                                     const smp_camera *camera, float elsewhere,
                                                     smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(grid, diag);
    smp_camera own;
    SMPI_TRY(smpi_camera_read(&own, camera, diag));
    SMPI_TRY(check_grid(grid, 1u << 20, diag));
    if (!(elsewhere >= 0.0f && elsewhere <= 1.0f))
        return smpi_fail(diag, SMP_ERR_RANGE, "elsewhere is %g, want [0, 1]", (double)elsewhere);
    const uint32_t size = SMPI_MAP_MAX;
    uint8_t *map;
    SMPI_TRY(smpi_new(plan->ctx, &map, (size_t)size * size, 1, "density", diag));
    for (uint32_t y = 0; y < size; y++)
        for (uint32_t x = 0; x < size; x++) {
            double xyz[3], share = (double)elsewhere;
            if (map_node(&plan->data.head, x, y, size, xyz))
                share = seen_at(&plan->data.head, &own, grid, xyz, share);
            map[(size_t)y * size + x] = level(share);
        }
    return take_map(plan, map, size, size, diag);
}

smp_status smp_plan_set_density_photo(smp_plan *plan, const smp_grid *grid,
                                      const smp_camera *camera, float elsewhere, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_density_photo_guarded(plan, grid, camera, elsewhere, diag));
}

double smpi_map_at(const smpi_plan_data *data, double u, double v)
{
    double s, t;
    if (data->head.shape == SMP_SHAPE_FLAT) {
        s = u / (double)data->head.width_mm;
        t = v / (double)data->head.height_mm;
    } else {
        s = 0.5 + 0.5 * v * smpi_sin(u) / SMPI_MAP_POLAR;
        t = 0.5 + 0.5 * v * smpi_cos(u) / SMPI_MAP_POLAR;
    }
    const uint32_t w = data->map_width, h = data->map_height;
    const double x = fmin(fmax(s * w - 0.5, 0.0), w - 1.0);
    const double y = fmin(fmax(t * h - 0.5, 0.0), h - 1.0);
    const uint32_t i = (uint32_t)x, j = (uint32_t)y;
    const uint32_t right = i + 1 < w ? i + 1 : i, down = j + 1 < h ? j + 1 : j;
    const uint8_t *row = data->map + (size_t)j * w, *next = data->map + (size_t)down * w;
    const double above = row[i] + (row[right] - row[i]) * (x - i);
    const double below = next[i] + (next[right] - next[i]) * (x - i);
    return (above + (below - above) * (y - j)) / 255.0;
}

/* ---- hairs -------------------------------------------------------------------------------- */

SMPI_APART smp_status plan_set_obstacles_guarded(smp_plan *plan, const float *xyz_mm,
                                                 uint32_t count, float keep_mm, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    if (count)
        SMPI_NEED(xyz_mm, diag);
    if (count > SMPI_OBSTACLES_MAX)
        return smpi_fail(diag, SMP_ERR_LIMIT, "%u obstacles, at most %d", count,
                         SMPI_OBSTACLES_MAX);
    if (!(keep_mm >= 0.0f && keep_mm <= 5.0f))
        return smpi_fail(diag, SMP_ERR_RANGE, "keep_mm is %g, want [0, 5]", (double)keep_mm);
    const size_t numbers = 3 * (size_t)count;
    float *own;
    for (size_t i = 0; i < numbers; i++)
        if (!(fabsf(xyz_mm[i]) <= OBSTACLE_FAR_MM))
            return smpi_fail(diag, SMP_ERR_RANGE, "obstacle %zu is at %g mm, want [-1600, 1600]",
                             i / 3, (double)xyz_mm[i]);
    SMPI_TRY(smpi_new(plan->ctx, &own, numbers, sizeof *own, "obstacles", diag));
    for (size_t i = 0; i < numbers; i++)
        own[i] = floorf(xyz_mm[i] / SMPI_OBSTACLE_STEP + 0.5f) * SMPI_OBSTACLE_STEP;
    smpi_plan_data *data = &plan->data;
    smpi_free(plan->ctx, data->obstacle_mm, 3 * sizeof(float) * data->obstacle_count);
    data->obstacle_mm = own;
    data->obstacle_count = count;
    data->keep_mm = count ? keep_mm : 0.0f;
    return SMP_OK;
}

smp_status smp_plan_set_obstacles(smp_plan *plan, const float *xyz_mm, uint32_t count,
                                  float keep_mm, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_set_obstacles_guarded(plan, xyz_mm, count, keep_mm, diag));
}

uint32_t smp_plan_obstacle_count(const smp_plan *plan)
{
    return plan ? plan->data.obstacle_count : 0;
}
