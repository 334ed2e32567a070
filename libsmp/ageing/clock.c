/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Every session of a plan on a day. */
#include "ageing/clock.h"

#include <math.h>

#include "ageing/laser.h"
#include "base/math.h"
#include "base/random.h"
#include "plan/plan.h"

#define PURPOSE_PERSON 0x41475035u
#define PERSON_MOST 2.5

_Static_assert(SMPI_GROUPS_MAX == (int)SMPI_GROUPS, "room for every session and event");

void smpi_habits_of(const smp_life_desc *life, double skin_type, smpi_habits *habits)
{
    smpi_habits_init(habits);
    if (skin_type >= 1.0)
        habits->skin_type = skin_type;
    if (life->skin_type > 0.0f)
        habits->skin_type = (double)life->skin_type;
    habits->oiliness = (double)life->oiliness;
    habits->sun_hours = (double)life->sun_hours_per_day;
    habits->sunscreen = (double)life->sunscreen;
    habits->exfoliation = (double)life->exfoliation;
    habits->immune = (double)life->immune;
    habits->lifestyle = (double)life->lifestyle;
    habits->variation = (double)life->variation;
    if (life->person) {
        const double own = (double)smpi_normal(smpi_hash(life->person, 0, PURPOSE_PERSON));
        habits->variation += fmin(fmax(own, -PERSON_MOST), PERSON_MOST);
    }
}

double smpi_tan(const smp_life_desc *life, double day)
{
    const double turn = 2.0 * SMPI_PI * (day - (double)life->midsummer_day) / SMPI_YEAR;
    return (double)life->tan * 0.5 * (1.0 + smpi_cos(turn));
}

/* A dot that stands for its group. */
static void average_nature(const smp_plan *plan, uint32_t group, uint32_t zone, smpi_nature *nature)
{
    const smpi_plan_column column = smpi_plan_group_column(plan, group, zone);
    const smpi_plan_skin skin = smpi_plan_zone_skin(plan, zone);
    const smpi_implant implant = {
        .seed = 0,
        .diameter_mm = column.diameter_mm,
        .top_mm = column.top_mm,
        .height_mm = column.height_mm,
        .dose = column.dose,
        .uptake = skin.uptake,
        .spread = skin.spread,
        .fade = skin.fade,
    };
    smpi_nature_average(&implant, nature);
}

void smpi_group_age(const smp_plan *plan, const smpi_clock *clock, uint32_t group, uint32_t zone,
                    smpi_aged *aged)
{
    smpi_nature nature;
    average_nature(plan, group, zone, &nature);
    smpi_dot_age(&nature, clock->moment + group, clock->mix + group, 1.0f, 1u << zone, aged);
}

smp_pigment smpi_pigment_left_of(const smp_pigment *pigment, const smpi_mix *mix,
                                 const smpi_aged *aged)
{
    smp_pigment p = *pigment;
    float *parts[SMP_PIGMENT_COMPONENTS] = {&p.carbon_fine, &p.carbon_coarse, &p.iron_red,
                                            &p.iron_yellow, &p.iron_black,    &p.titania};
    if (!(aged->mass > 0.0f)) /* not there yet */
        return p;
    for (uint32_t i = 0; i < mix->count; i++)
        *parts[mix->index[i]] = (float)mix->share[i] * aged->left[mix->index[i]] / aged->mass;
    p.titania = fminf(p.titania * aged->left[SMP_PIGMENT_COMPONENTS - 1] / aged->mass, 100.0f);
    return p;
}

smp_pigment smpi_group_pigment(const smp_plan *plan, const smpi_clock *clock, uint32_t group,
                               uint32_t zone)
{
    const smp_pigment *p = smpi_plan_group_pigment(plan, group);
    const smpi_mix *mix = clock->mix + group;
    if (mix->count == 1 && !(p->titania > 0.0f)) /* a lone component changes strength alone */
        return *p;
    smpi_aged aged;
    smpi_group_age(plan, clock, group, zone, &aged);
    return smpi_pigment_left_of(p, mix, &aged);
}

/* Adds what a laser left of a group's pigment by the day of the moment. */
static void add_laser(const smp_plan *plan, uint32_t group, const smp_event_desc *event,
                      const smpi_habits *habits, smpi_clock *clock)
{
    smpi_moment *m = clock->moment + group, then;
    const double gone = smpi_laser_carried(m->days - (event->day - clock->day[group]));
    const double before = event->day - clock->day[group];
    if (!(before >= 0.0) || !(gone > 0.0) || m->laser_count >= SMPI_LASERS_MAX)
        return;
    const smpi_plan_column column = smpi_plan_group_column(plan, group, 0);
    double clears[SMP_PIGMENT_COMPONENTS];
    smpi_nature nature;
    smpi_aged aged;
    average_nature(plan, group, 0, &nature);
    smpi_moment_make(before, smpi_habits_pace(habits), &then);
    then.laser_count = m->laser_count; /* those before this one, by now */
    for (uint32_t i = 0; i < m->laser_count; i++)
        then.laser[i] = m->laser[i];
    smpi_dot_age(&nature, &then, clock->mix + group, column.dose, SMP_MASK_ALL, &aged);
    const smpi_target target = {(double)aged.mass,
                                (double)column.top_mm + 0.5 * (double)column.height_mm,
                                habits->skin_type, (double)event->strength};
    smpi_laser_clears(&target, clears);
    smpi_lasered *l = m->laser + m->laser_count++;
    l->zones = event->zones;
    for (int k = 0; k < SMP_PIGMENT_COMPONENTS; k++)
        l->left[k] = (float)(1.0 - clears[k] * gone);
}

void smpi_clock_make(const smp_plan *plan, const smpi_who *who, double day, smpi_clock *clock)
{
    const smpi_plan_data *data = &plan->data;
    smpi_habits habits;
    smpi_habits_of(who->life ? who->life : &data->life, who->skin_type, &habits);
    habits.variation += who->sigmas;
    const double pace = smpi_habits_pace(&habits);
    clock->count = smpi_plan_group_count(plan);
    for (uint32_t i = 0; i < clock->count; i++) {
        clock->day[i] = smpi_plan_group_day(plan, i);
        smpi_moment_make(day - clock->day[i], pace, clock->moment + i);
        smpi_mix_make(smpi_plan_group_pigment(plan, i), clock->mix + i);
        for (uint32_t k = 0; k < data->event_count; k++)
            if (data->event[k].kind == SMP_EVENT_LASER)
                add_laser(plan, i, data->event + k, &habits, clock);
    }
}

void smpi_dot_nature(const smp_plan *plan, const smp_dots_view *d, uint32_t i, smpi_nature *nature)
{
    const smpi_plan_skin skin = smpi_plan_zone_skin(plan, d->zone[i]);
    const smpi_implant implant = {
        .seed = plan->data.desc.seed,
        .id = d->id[i],
        .xyz_mm = {(double)d->x_mm[i], (double)d->y_mm[i], (double)d->z_mm[i]},
        .diameter_mm = d->diameter_mm[i],
        .top_mm = d->top_mm[i],
        .height_mm = d->height_mm[i],
        .dose = d->dose[i],
        .uptake = skin.uptake,
        .spread = skin.spread,
        .fade = skin.fade,
    };
    smpi_nature_make(&implant, nature);
}
