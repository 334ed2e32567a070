/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a senior practitioner would warn of. Limits and sources: docs/plan.md 8. */
#include <string.h>

#include "base/diag.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/head.h"
#include "optics/skin.h"
#include "plan/plan.h"

#define LOW_MM 65.0f /* glabella to the middle of the front */
#define LOW_FEMALE_MM 52.0f
#define ROOM_MM 74.0f /* over advanced loss */
#define LEAST_ROUGH 0.2f
#define HARD_EDGE 0.6f
#define SHORT_SOFT_MM 4.0f
#define WIDE_ANGLE_DEG 140.0f
#define FILLED_MM (-8.0f)
#define DENSE 200.0f
#define EVEN 0.7f
#define ALIKE 0.04f
#define LARGE_MM 0.38f
#define DEEP_MM 0.6f /* end of the column */
#define SOON_DAYS 7.0
#define SOLID 260.0f
#define LONG_DOTS 36000.0 /* at 14,000 in 3 hours, 8 hours */
#define HARD_SIDE_MM 6.0f

typedef struct list {
    smp_warning *out;
    uint32_t room, count;
} list;

static void warn(list *l, uint32_t code, float value, float limit, const char *text)
{
    if (l->count < l->room) {
        smp_warning *w = &l->out[l->count];
        memset(w, 0, sizeof *w);
        w->code = code;
        w->value = value;
        w->limit = limit;
        (void)smpi_format(w->text, sizeof w->text, text, (double)value, (double)limit);
    }
    l->count++;
}

/* Where the line crosses the midline, up the skin from the glabella; 0 when it does not. */
static float height_of(const smp_head *head, const smpi_region *region)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    const double rise = e.up - SMPI_GLABELLA_MM * (e.up + e.down) / 232.0;
    const double start = smpi_acos(rise / smpi_half_y(&e, rise));
    for (double polar = start; polar > 0.05; polar -= 0.005) {
        double front, side;
        smpi_region_at(region, 0.0, polar, &front, &side);
        if (front > 0.0)
            return (float)(smpi_head_arc_mm(head, 0.0, start) - smpi_head_arc_mm(head, 0.0, polar));
    }
    return 0.0f;
}

static void check_line(const smpi_plan_data *d, const smp_hairline_desc *h, list *l)
{
    const float low = h->style == SMP_HAIRLINE_FEMALE ? LOW_FEMALE_MM : LOW_MM;
    const float rough = h->irregularity * (h->style == SMP_HAIRLINE_STRAIGHT ? 0.4f : 1.0f);
    const int styled = !d->curve_count;
    if (styled && h->height_mm < low)
        warn(l, SMP_WARN_TOO_LOW, h->height_mm, low,
             "The hairline is %g mm above the glabella; under %g mm it looks wrong on most faces, "
             "and more so with age.");
    else if (styled && h->height_mm < ROOM_MM && d->pattern.pattern >= SMP_PATTERN_NORWOOD_5 &&
             d->pattern.pattern <= SMP_PATTERN_NORWOOD_7)
        warn(l, SMP_WARN_NO_ROOM, h->height_mm, ROOM_MM,
             "A hairline %g mm above the glabella over advanced loss; %g mm and more ages better.");
    if (rough * h->macro < LEAST_ROUGH)
        warn(l, SMP_WARN_STRAIGHT, rough * h->macro, LEAST_ROUGH,
             "The hairline's irregularity is %g; under %g it looks drawn with a ruler.");
    if (h->edge_density > HARD_EDGE || h->softness_mm < SHORT_SOFT_MM)
        warn(
            l, SMP_WARN_HARD_EDGE, h->softness_mm, SHORT_SOFT_MM,
            "Density rises over %g mm at the hairline; let it begin sparse and rise over more than "
            "%g mm.");
    if (styled && h->style != SMP_HAIRLINE_FEMALE &&
        (h->corner_back_mm < FILLED_MM || h->temple_angle_deg > WIDE_ANGLE_DEG))
        warn(l, SMP_WARN_FILLED_CORNERS, h->corner_back_mm, FILLED_MM,
             "The fronto-temporal corners are moved %g mm back (limit %g mm): a filled or flat "
             "angle "
             "is never natural in a man.");
}

/* A line drawn by hand, and those that touch-ups bring. */
static void check_other_lines(const smp_plan *plan, list *l)
{
    static const char words[] = "The hairline is %g mm above the glabella, drawn or after a "
                                "touch-up; under %g mm it looks wrong on most faces.";
    const smpi_plan_data *d = &plan->data;
    if (d->head.shape == SMP_SHAPE_FLAT)
        return;
    const float low = d->hairline.style == SMP_HAIRLINE_FEMALE ? LOW_FEMALE_MM : LOW_MM;
    if (d->curve_count) {
        const float height = height_of(&d->head, &plan->region);
        if (height < low)
            warn(l, SMP_WARN_TOO_LOW, height, low, words);
        return;
    }
    for (uint32_t i = 0; i < d->event_count; i++) {
        const smp_event_desc *e = &d->event[i];
        if (e->kind == SMP_EVENT_TOUCH_UP && e->hairline_height_mm > 0.0f &&
            e->hairline_height_mm < low) {
            warn(l, SMP_WARN_TOO_LOW, e->hairline_height_mm, low, words);
            return;
        }
    }
}

static void check_dots(const smpi_plan_data *d, list *l)
{
    const smp_plan_desc *p = &d->desc;
    if (p->density_per_cm2 > DENSE)
        warn(l, SMP_WARN_TOO_DENSE, p->density_per_cm2, DENSE,
             "%g dots per cm2; over %g no gaps stay visible and the scalp looks painted.");
    if (p->regularity > EVEN)
        warn(l, SMP_WARN_TOO_EVEN, p->regularity, EVEN,
             "Regularity is %g; over %g rows and even spacing show.");
    else if (p->size_variation < ALIKE && p->dose_variation < ALIKE)
        warn(l, SMP_WARN_TOO_EVEN, p->size_variation, ALIKE,
             "Dots vary by %g; under %g all look alike.");
    if (p->side_fade_mm < HARD_SIDE_MM && d->hairline.style != SMP_HAIRLINE_NONE)
        warn(l, SMP_WARN_HARD_SIDES, p->side_fade_mm, HARD_SIDE_MM,
             "Density ends over %g mm at sides and nape; fade it over %g mm and more.");
}

/* The widest, deepest and strongest of all groups. */
static smpi_plan_column worst(const smp_plan *plan)
{
    smpi_plan_column w = {0};
    for (uint32_t g = 0; g < smpi_plan_group_count(plan); g++) {
        const smpi_plan_column c = smpi_plan_group_column(plan, g, 0);
        if (g >= plan->data.session_count &&
            plan->data.event[g - plan->data.session_count].kind != SMP_EVENT_TOUCH_UP)
            continue;
        w.diameter_mm = c.diameter_mm > w.diameter_mm ? c.diameter_mm : w.diameter_mm;
        w.dose = c.dose > w.dose ? c.dose : w.dose;
        if (c.top_mm + c.height_mm > w.top_mm + w.height_mm) {
            w.top_mm = c.top_mm;
            w.height_mm = c.height_mm;
        }
    }
    return w;
}

static void check_needle(const smp_plan *plan, const smp_skin *skin, list *l)
{
    const smpi_plan_column w = worst(plan);
    /* Light skin shows pigment most; melanin filters it. Assumed. */
    const float dark = skin->melanin < 0.02f ? 5.0f : skin->melanin < 0.06f ? 7.0f : 12.0f;
    if (w.diameter_mm > LARGE_MM)
        warn(l, SMP_WARN_TOO_LARGE, w.diameter_mm, LARGE_MM,
             "Dots are %g mm wide when implanted; over %g mm they look larger than stubble.");
    if (w.top_mm + w.height_mm > DEEP_MM)
        warn(
            l, SMP_WARN_TOO_DEEP, w.top_mm + w.height_mm, DEEP_MM,
            "Pigment reaches %g mm below the surface; below %g mm it spreads, turns blue and stays "
            "for decades.");
    if (w.dose > dark)
        warn(l, SMP_WARN_TOO_DARK, w.dose, dark,
             "A dose of %.3g is too dark for this skin; stay under %g and build up by sessions.");
}

static void check_sessions(const smp_plan *plan, list *l)
{
    const smpi_plan_data *d = &plan->data;
    if (d->session_count == 1 && d->desc.density_per_cm2 > 100.0f && d->session[0].share > 0.8f)
        warn(l, SMP_WARN_ONE_SESSION, d->session[0].share, 0.8f,
             "%g of the density in one session; over %g nothing is left to correct by.");
    for (uint32_t i = 1; i < d->session_count; i++) {
        const double gap = d->session[i].day - d->session[i - 1].day;
        if (gap < SOON_DAYS) {
            warn(l, SMP_WARN_TOO_SOON, (float)gap, (float)SOON_DAYS,
                 "Sessions %g days apart; wait at least %g, until scabs are gone.");
            break;
        }
    }
    float all = d->desc.density_per_cm2;
    for (uint32_t i = 0; i < d->event_count; i++)
        if (d->event[i].kind == SMP_EVENT_TOUCH_UP)
            all += d->desc.density_per_cm2 * d->event[i].share;
    if (d->event_count && all > SOLID)
        warn(l, SMP_WARN_GOES_SOLID, all, SOLID,
             "%g dots per cm2 after all touch-ups; over %g gaps fill and the scalp goes solid.");
}

static smp_status check_hours(const smp_plan *plan, list *l, smp_diag *diag)
{
    for (uint32_t g = 0; g < plan->data.session_count; g++) {
        smp_measures m;
        smp_measures_init(&m);
        SMPI_TRY(smp_plan_measure(plan, SMP_MASK_ALL, g, &m, diag));
        if (m.dots > LONG_DOTS) {
            warn(l, SMP_WARN_LONG_SESSION, (float)m.dots, (float)LONG_DOTS,
                 "%.0f dots in one session; over %.0f is more than a day's careful work.");
            break;
        }
    }
    return SMP_OK;
}

SMPI_APART smp_status plan_warnings_guarded(const smp_plan *plan, const smp_skin *skin,
                                            smp_warning *out, uint32_t room, uint32_t *count,
                                            smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(plan, diag);
    SMPI_NEED(count, diag);
    *count = 0;
    if (room)
        SMPI_NEED(out, diag);
    smp_skin own;
    SMPI_TRY(smpi_skin_read(skin, &own, diag));
    list l = {.out = out, .room = room};
    if (plan->data.hairline.style != SMP_HAIRLINE_NONE || plan->data.curve_count)
        check_line(&plan->data, &plan->data.hairline, &l);
    check_other_lines(plan, &l);
    check_dots(&plan->data, &l);
    check_needle(plan, &own, &l);
    check_sessions(plan, &l);
    SMPI_TRY(check_hours(plan, &l, diag));
    *count = l.count;
    return SMP_OK;
}

smp_status smp_plan_warnings(const smp_plan *plan, const smp_skin *skin, smp_warning *out,
                             uint32_t room, uint32_t *count, smp_diag *diag)
{
    SMPI_GUARD(smp_status, plan_warnings_guarded(plan, skin, out, room, count, diag));
}
