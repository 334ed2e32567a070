/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every session of a plan on a day. */
#include "ageing/clock.h"

#include "plan/plan.h"

void smpi_clock_make(const smp_plan *plan, double skin_type, double sigmas, double day,
                     smpi_clock *clock)
{
    const smpi_plan_data *data = &plan->data;
    smpi_habits habits;
    smpi_habits_init(&habits);
    if (skin_type >= 1.0)
        habits.skin_type = skin_type;
    habits.variation += sigmas;
    const double pace = smpi_habits_pace(&habits);
    clock->count = data->session_count;
    for (uint32_t i = 0; i < clock->count; i++) {
        smpi_moment_make(day - data->session[i].day, pace, clock->moment + i);
        smpi_mix_make(NULL, clock->mix + i);
    }
}

void smpi_dot_nature(const smp_plan *plan, const smp_dots_view *d, uint32_t i, smpi_nature *nature)
{
    const smpi_implant implant = {
        .seed = plan->data.desc.seed,
        .id = d->id[i],
        .xyz_mm = {(double)d->x_mm[i], (double)d->y_mm[i], (double)d->z_mm[i]},
        .diameter_mm = d->diameter_mm[i],
        .top_mm = d->top_mm[i],
        .height_mm = d->height_mm[i],
        .dose = d->dose[i],
        .uptake = 1.0f,
        .spread = 1.0f,
        .fade = 1.0f,
    };
    smpi_nature_make(&implant, nature);
}
