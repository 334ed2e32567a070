/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The course of a plan as a chart: four panels from smp_fade_course(). */
#include "chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 121, TICKS_MOST = 12 };
#define YEAR 365.25
#define DARK 0x20486cu
#define BAND 0x6f9ec8u
#define RED 0xb03030u
#define GREEN 0x3a7d44u
#define GRAY 0xb8b8b8u

/* A panel: where it is, and what its axes span. */
typedef struct panel {
    double left, top, width, height;
    double x_most, y_most;
    const char *title, *x_words;
} panel;

/* One course at POINTS days. */
typedef struct course {
    double day[POINTS];
    float value[SMP_COURSE_CASES][POINTS][SMP_COURSE_VALUES];
} course;

static double px(const panel *p, double x)
{
    return p->left + p->width * fmin(fmax(x / p->x_most, 0.0), 1.0);
}

static double py(const panel *p, double y)
{
    return p->top + p->height * (1.0 - fmin(fmax(y / p->y_most, 0.0), 1.0));
}

/* A step of 1, 2 or 5 times a power of ten that makes about `want` ticks. */
static double tick_step(double most, double want)
{
    const double rough = most / want, power = pow(10.0, floor(log10(rough)));
    const double f = rough / power;
    return power * (f > 5.0 ? 10.0 : f > 2.0 ? 5.0 : f > 1.0 ? 2.0 : 1.0);
}

static void axes(cli_canvas *c, const panel *p)
{
    char words[32];
    const double sx = tick_step(p->x_most, 7.0), sy = tick_step(p->y_most, 5.0);
    for (int i = 0; i <= TICKS_MOST && i * sy <= p->y_most * 1.0001; i++) {
        const double y = py(p, i * sy);
        const double line[4] = {p->left, y, p->left + p->width, y};
        cli_canvas_line(c, line, 2, 0.6, 0xe4e4e4u, 0.0);
        snprintf(words, sizeof words, "%g", i * sy);
        cli_canvas_text(c, p->left - 6.0, y + 4.0, 11.0, 1.0, words);
    }
    for (int i = 0; i <= TICKS_MOST && i * sx <= p->x_most * 1.0001; i++) {
        const double x = px(p, i * sx);
        const double line[4] = {x, p->top + p->height, x, p->top + p->height + 4.0};
        cli_canvas_line(c, line, 2, 0.8, 0x808080u, 0.0);
        snprintf(words, sizeof words, "%g", i * sx);
        cli_canvas_text(c, x, p->top + p->height + 16.0, 11.0, 0.5, words);
    }
    const double frame[6] = {
        p->left, p->top, p->left, p->top + p->height, p->left + p->width, p->top + p->height};
    cli_canvas_line(c, frame, 3, 1.0, 0x808080u, 0.0);
    cli_canvas_text(c, p->left, p->top - 10.0, 13.0, 0.0, p->title);
    cli_canvas_text(c, p->left + p->width, p->top + p->height + 32.0, 11.0, 1.0, p->x_words);
}

/* Which value is drawn and how: x in units of `unit` days, y `times` the value. */
typedef struct stroke {
    int what;
    double unit, times;
    uint32_t rgb;
    double dash;
} stroke;

/* A value of the typical case as a line. */
static void curve(cli_canvas *c, const panel *p, const course *co, stroke s)
{
    double xy[2 * POINTS];
    uint32_t count = 0;
    for (int i = 0; i < POINTS; i++) {
        if (co->day[i] / s.unit > p->x_most * 1.0001)
            break;
        xy[2 * count] = px(p, co->day[i] / s.unit);
        xy[2 * count++ + 1] = py(p, s.times * (double)co->value[SMP_COURSE_TYPICAL][i][s.what]);
    }
    cli_canvas_line(c, xy, count, 1.8, s.rgb, s.dash);
}

static void band(cli_canvas *c, const panel *p, const course *co, int what, double unit)
{
    double xy[4 * POINTS];
    for (int i = 0; i < POINTS; i++) {
        const int back = 2 * POINTS - 1 - i;
        xy[2 * i] = xy[2 * back] = px(p, co->day[i] / unit);
        xy[2 * i + 1] = py(p, (double)co->value[SMP_COURSE_LOW][i][what]);
        xy[2 * back + 1] = py(p, (double)co->value[SMP_COURSE_HIGH][i][what]);
    }
    cli_canvas_area(c, xy, 2 * POINTS, BAND, 0.45);
}

static uint32_t lab_rgb(const float lab[3])
{
    float xyz[3], rgb[3];
    uint32_t packed = 0;
    smp_lab_to_xyz(lab, xyz);
    if (smp_xyz_to_rgb(SMP_SPACE_SRGB, xyz, rgb, NULL) != SMP_OK)
        return 0;
    for (int k = 0; k < 3; k++) {
        const float v = smp_space_encode(SMP_SPACE_SRGB, fminf(fmaxf(rgb[k], 0.0f), 1.0f));
        packed = packed << 8 | (uint32_t)(v * 255.0f + 0.5f);
    }
    return packed;
}

/* Patches of the treated skin's mean colour over bare skin. */
static void colours(cli_canvas *c, const panel *p, const course *co)
{
    enum { PATCHES = 11 };
    const double wide = p->width / PATCHES;
    char words[32];
    const double back[8] = {p->left,
                            p->top,
                            p->left + p->width,
                            p->top,
                            p->left + p->width,
                            p->top + p->height,
                            p->left,
                            p->top + p->height};
    cli_canvas_area(c, back, 4, lab_rgb(&co->value[SMP_COURSE_TYPICAL][0][SMP_COURSE_LIGHTNESS]),
                    1.0);
    cli_canvas_text(c, p->left, p->top - 10.0, 13.0, 0.0, p->title);
    for (int i = 0; i < PATCHES; i++) {
        const double year = p->x_most * i / (PATCHES - 1);
        const double day = fmax(year * YEAR, 62.0);
        int at = 0;
        while (at < POINTS - 1 && co->day[at] < day)
            at++;
        const double x = p->left + wide * (i + 0.15), y = p->top + p->height * 0.25;
        const double w = wide * 0.7, h = p->height * 0.5;
        const double patch[8] = {x, y, x + w, y, x + w, y + h, x, y + h};
        cli_canvas_area(c, patch, 4,
                        lab_rgb(&co->value[SMP_COURSE_TYPICAL][at][SMP_COURSE_LIGHTNESS]), 1.0);
        snprintf(words, sizeof words, "%.3g", year);
        cli_canvas_text(c, x + 0.5 * w, p->top + p->height + 16.0, 11.0, 0.5, words);
    }
    cli_canvas_text(c, p->left + p->width, p->top + p->height + 32.0, 11.0, 1.0, p->x_words);
}

static double most_of(const course *co, int what)
{
    double most = 0.0;
    for (int k = 0; k < SMP_COURSE_CASES; k++)
        for (int i = 0; i < POINTS; i++)
            most = fmax(most, (double)co->value[k][i][what]);
    return most > 0.0 ? most * 1.08 : 1.0;
}

static smp_status fill(course *co, double from, double to, const cli_charted *of, smp_diag *diag)
{
    for (int i = 0; i < POINTS; i++)
        co->day[i] = from + (to - from) * i / (POINTS - 1);
    return smp_fade_course(of->ctx, of->plan, of->skin, NULL, POINTS, co->day, co->value[0][0],
                           diag);
}

static void due_lines(cli_canvas *c, const panel *p, const double due[SMP_COURSE_CASES])
{
    char words[64];
    for (int k = 0; k < SMP_COURSE_CASES; k++) {
        if (due[k] / YEAR > p->x_most)
            continue;
        const double x = px(p, due[k] / YEAR);
        const double line[4] = {x, p->top, x, p->top + p->height};
        cli_canvas_line(c, line, 2, k == SMP_COURSE_TYPICAL ? 1.4 : 0.8, RED, 5.0);
        snprintf(words, sizeof words, "%.1f", due[k] / YEAR);
        cli_canvas_text(c, x + 3.0, p->top + 12.0, 11.0, 0.0, words);
    }
}

static void draw(cli_canvas *c, const course of[3], double most_years,
                 const double due[SMP_COURSE_CASES])
{
    const course *years = of, *weeks = of + 1, *touched = of + 2;
    panel p = {60.0,
               40.0,
               560.0,
               250.0,
               most_years,
               most_of(years, SMP_COURSE_CONTRAST),
               "contrast, L* darker than bare skin; band: eight in ten people",
               "years; red: a touch-up is due; dashed: with one"};
    p.y_most = fmax(p.y_most, most_of(weeks, SMP_COURSE_CONTRAST));
    p.y_most = fmax(p.y_most, most_of(touched, SMP_COURSE_CONTRAST));
    axes(c, &p);
    band(c, &p, years, SMP_COURSE_CONTRAST, YEAR);
    curve(c, &p, years, (stroke){SMP_COURSE_CONTRAST, YEAR, 1.0, DARK, 0.0});
    curve(c, &p, touched, (stroke){SMP_COURSE_CONTRAST, YEAR, 1.0, DARK, 4.0});
    due_lines(c, &p, due);
    panel w = {690.0,
               40.0,
               260.0,
               250.0,
               weeks->day[POINTS - 1],
               p.y_most,
               "healing",
               "days; red: redness, a*"};
    axes(c, &w);
    band(c, &w, weeks, SMP_COURSE_CONTRAST, 1.0);
    curve(c, &w, weeks, (stroke){SMP_COURSE_CONTRAST, 1.0, 1.0, DARK, 0.0});
    curve(c, &w, weeks, (stroke){SMP_COURSE_REDNESS, 1.0, 1.0, RED, 0.0});
    panel left = {60.0,
                  370.0,
                  560.0,
                  190.0,
                  most_years,
                  100.0,
                  "left, %: pigment (blue), detail of 1 mm (green); coverage, % (gray)",
                  "years"};
    axes(c, &left);
    curve(c, &left, years, (stroke){SMP_COURSE_MASS, YEAR, 100.0, DARK, 0.0});
    curve(c, &left, years, (stroke){SMP_COURSE_DETAIL, YEAR, 100.0, GREEN, 0.0});
    curve(c, &left, years, (stroke){SMP_COURSE_COVERAGE, YEAR, 100.0, GRAY, 0.0});
    const panel strip = {690.0,  370.0, 260.0, 190.0, most_years, 1.0, "mean colour on bare skin",
                         "years"};
    colours(c, &strip, years);
}

/* The course with a touch-up on the day it is due; a plan that has events already stays as it is.
 */
static smp_status fill_touched(course *co, double to, const cli_charted *of, double due,
                               smp_diag *diag)
{
    smp_plan *with = NULL;
    smp_event_desc event;
    smp_event_desc_init(&event);
    event.day = due;
    smp_status status = smp_plan_copy(of->ctx, of->plan, &with, diag);
    if (status == SMP_OK && smp_plan_event_count(with) == 0 && due < 36500.0)
        status = smp_plan_set_events(with, &event, 1, diag);
    const cli_charted touched = {of->ctx, with, of->skin};
    if (status == SMP_OK)
        status = fill(co, -1.0, to, &touched, diag);
    smp_plan_destroy(&with);
    return status;
}

smp_status cli_chart(cli_canvas *canvas, const cli_charted *of, double years,
                     double due[SMP_COURSE_CASES], smp_diag *diag)
{
    course *co = calloc(3, sizeof *co);
    if (!co)
        return SMP_ERR_MEMORY;
    smp_status status = fill(co, -1.0, years * YEAR, of, diag);
    if (status == SMP_OK)
        status = fill(co + 1, 0.0, 60.0, of, diag);
    if (status == SMP_OK)
        status = smp_fade_due(of->ctx, of->plan, of->skin, NULL, due, diag);
    if (status == SMP_OK)
        status = fill_touched(co + 2, years * YEAR, of, due[SMP_COURSE_TYPICAL], diag);
    if (status == SMP_OK)
        draw(canvas, co, years, due);
    free(co);
    return status;
}
