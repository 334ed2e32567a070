/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A plan as a table, as a list of dots, and as a drawing to print, in true millimetres. */
#include "plan_export.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text that grows; bad once memory was short. */
typedef struct text {
    char *at;
    size_t used, room;
    int bad;
} text;

static void add(text *t, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n <= 0 || t->bad)
        return;
    const size_t size = (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
    if (!t->at || t->used + size > t->room) {
        const size_t room = 2 * t->room + 65536;
        char *more = realloc(t->at, room);
        if (!more) {
            t->bad = 1;
            return;
        }
        t->at = more;
        t->room = room;
    }
    memcpy(t->at + t->used, line, size);
    t->used += size;
}

static int save(const char *path, text *t)
{
    const char *why = "out of memory";
    const int fine = !t->bad && cli_write(path, t->at ? t->at : "", t->used, &why);
    free(t->at);
    return fine ? CLI_OK : cli_fail("plan", CLI_FAILED, "%s: %s", path, why);
}

/* ---- the table ---------------------------------------------------------------------------- */

static const char *zone_name(const smp_plan *plan, uint32_t zone)
{
    smp_zone_desc desc;
    uint32_t count;
    if (zone == SMP_MASK_ALL)
        return "all";
    smp_zone_desc_init(&desc);
    if (zone == 0 || smp_plan_get_zone(plan, zone, &desc, NULL, NULL) != SMP_OK)
        return "outside";
    const smp_field *fields = smp_zone_desc_fields(&count);
    return fields[1].names[desc.kind];
}

/* "0", "12" or "all". */
static const char *number(uint32_t value, char room[16])
{
    if (value == SMP_MASK_ALL)
        return "all";
    snprintf(room, 16, "%u", value);
    return room;
}

static int add_row(cli_job *job, const smp_plan *plan, uint32_t zone, uint32_t group, text *out)
{
    smp_measures m;
    char a[16], b[16];
    smp_measures_init(&m);
    if (smp_plan_measure(plan, zone, group, &m, &job->diag) != SMP_OK)
        return cli_job_fail(job, "measures");
    add(out, "%s,%s,%s,%.2f,%.0f,%.1f,%.2f,%.2f,%.2f,%.2f\n", number(zone, a),
        zone_name(plan, zone), number(group == SMP_MASK_ALL ? group : group + 1, b), m.area_cm2,
        m.dots, m.density_per_cm2, m.spacing_mm, m.hours_low, m.hours, m.hours_high);
    return CLI_OK;
}

static int write_csv(cli_job *job, const smp_plan *plan, const char *path)
{
    text out = {NULL, 0, 0, 0};
    const uint32_t groups = smp_plan_session_count(plan) + smp_plan_event_count(plan);
    const uint32_t zones = smp_plan_zone_count(plan);
    add(&out, "zone,kind,session,area_cm2,dots,density_per_cm2,spacing_mm,hours_low,hours,"
              "hours_high\n");
    int code = CLI_OK;
    for (uint32_t z = 0; z <= zones + 1 && !code; z++)
        for (uint32_t g = 0; g <= groups && !code; g++)
            code = add_row(job, plan, z > zones ? SMP_MASK_ALL : z, g < groups ? g : SMP_MASK_ALL,
                           &out);
    if (!code)
        return save(path, &out);
    free(out.at);
    return code;
}

static int write_dots(const smp_dots_view *d, const char *path)
{
    text out = {NULL, 0, 0, 0};
    add(&out, "id,x_mm,y_mm,z_mm,session,zone,diameter_mm,top_mm,height_mm,dose\n");
    for (uint32_t i = 0; i < d->count; i++)
        add(&out, "%u,%.3f,%.3f,%.3f,%u,%u,%.3f,%.3f,%.3f,%.3f\n", d->id[i], (double)d->x_mm[i],
            (double)d->y_mm[i], (double)d->z_mm[i], d->session[i] + 1u, d->zone[i],
            (double)d->diameter_mm[i], (double)d->top_mm[i], (double)d->height_mm[i],
            (double)d->dose[i]);
    return save(path, &out);
}

/* ---- the drawing -------------------------------------------------------------------------- */

#define HALF 0.5 /* heads are printed half as large as they are: four views fill an A4 sheet */

typedef struct view {
    const char *name;
    double right[3], up[3], eye[3];
} view;

static const view views[4] = {
    {"front", {1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {"left side", {0, 0, -1}, {0, 1, 0}, {1, 0, 0}},
    {"back", {-1, 0, 0}, {0, 1, 0}, {0, 0, -1}},
    {"from above", {1, 0, 0}, {0, 0, -1}, {0, 1, 0}},
};

static const char *const colors[5] = {"#111", "#a33", "#36a", "#383", "#a6a"};

/* Dots of one session as one path of points, round and as wide as they are implanted. */
static void add_points(text *out, const smp_dots_view *d, const view *v, uint32_t session,
                       double scale)
{
    add(out, "<path d=\"");
    for (uint32_t i = 0; i < d->count; i++) {
        if (d->session[i] != session)
            continue;
        const double p[3] = {(double)d->x_mm[i], (double)d->y_mm[i], (double)d->z_mm[i]};
        const double n[3] = {(double)d->nx[i], (double)d->ny[i], (double)d->nz[i]};
        if (v && n[0] * v->eye[0] + n[1] * v->eye[1] + n[2] * v->eye[2] < 0.1)
            continue;
        const double x = v ? p[0] * v->right[0] + p[1] * v->right[1] + p[2] * v->right[2] : p[0];
        const double y = v ? -(p[0] * v->up[0] + p[1] * v->up[1] + p[2] * v->up[2]) : p[1];
        add(out, "M%.2f %.2fh0", x * scale, y * scale);
    }
    add(out, "\"/>\n");
}

static void add_groups(text *out, const smp_plan *plan, const smp_dots_view *d, const view *v,
                       double scale)
{
    const uint32_t groups = smp_plan_session_count(plan) + smp_plan_event_count(plan);
    for (uint32_t g = 0; g < groups; g++) {
        add(out, "<g fill=\"none\" stroke=\"%s\" stroke-width=\"%.2f\" stroke-linecap=\"round\">",
            colors[g % 5], 0.25 * scale);
        add_points(out, d, v, g, scale);
        add(out, "</g>\n");
    }
}

static void add_bar(text *out, double x, double y, double scale)
{
    add(out,
        "<path d=\"M%.2f %.2fv2m0 -1h%.2fm0 -1v2\" stroke=\"#000\" stroke-width=\".3\" "
        "fill=\"none\"/>\n<text x=\"%.2f\" y=\"%.2f\" font-size=\"4\">50 mm on the %s; this bar "
        "prints %.0f mm long at 100 %%</text>\n",
        x, y - 1, 50 * scale, x, y + 6, scale < 1 ? "head" : "skin", 50 * scale);
}

static void add_head(text *out, const smp_plan *plan, const smp_head *h, const smp_dots_view *d)
{
    const double w = (double)h->width_mm, l = (double)h->length_mm, t = (double)h->height_mm;
    for (int i = 0; i < 4; i++) {
        const int above = i == 3;
        const double middle = above ? 0.0 : 0.5 * t - (double)h->vertex_mm; /* of the outline */
        const double cx = i % 2 ? 155 : 50, cy = i / 2 ? 200 : 75;
        add(out, "<g transform=\"translate(%.2f %.2f)\">\n", cx, cy - middle * HALF);
        add(out, "<text x=\"0\" y=\"%.2f\" font-size=\"4\" text-anchor=\"middle\">%s</text>\n",
            (middle - 0.5 * (above ? l : t)) * HALF - 3, views[i].name);
        add_groups(out, plan, d, &views[i], HALF);
        if (above)
            add(out,
                "<ellipse rx=\"%.2f\" ry=\"%.2f\" fill=\"none\" stroke=\"#999\" "
                "stroke-width=\".2\"/>\n",
                0.5 * w * HALF, 0.5 * l * HALF);
        add(out, "</g>\n");
    }
    add_bar(out, 15, 280, HALF);
}

static int write_svg(cli_job *job, const smp_plan *plan, const smp_dots_view *d, const char *path)
{
    text out = {NULL, 0, 0, 0};
    smp_head head;
    smp_head_init(&head);
    if (smp_plan_get_head(plan, &head, &job->diag) != SMP_OK)
        return cli_job_fail(job, "head");
    const int flat = head.shape == SMP_SHAPE_FLAT;
    const double w = flat ? (double)head.width_mm + 20 : 210;
    const double h = flat ? (double)head.height_mm + 35 : 297;
    add(&out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.2fmm\" height=\"%.2fmm\" "
        "viewBox=\"0 0 %.2f %.2f\" font-family=\"sans-serif\">\n"
        "<title>Treatment plan, simulated</title>\n",
        w, h, w, h);
    if (flat) {
        add(&out, "<g transform=\"translate(10 10)\">\n");
        add_groups(&out, plan, d, NULL, 1.0);
        add(&out,
            "<rect width=\"%.2f\" height=\"%.2f\" fill=\"none\" stroke=\"#999\" "
            "stroke-width=\".2\"/></g>\n",
            w - 20, h - 35);
        add_bar(&out, 10, h - 12, 1.0);
    } else {
        add_head(&out, plan, &head, d);
    }
    add(&out, "</svg>\n");
    return save(path, &out);
}

int cli_plan_export(cli_job *job, const smp_plan *plan, const plan_export *what)
{
    int code = CLI_OK;
    smp_dots *dots = NULL;
    if (what->csv)
        code = write_csv(job, plan, what->csv);
    if (code || (!what->dots && !what->svg))
        return code;
    if (smp_dots_create(job->ctx, plan, &job->progress, &dots, &job->diag) != SMP_OK)
        return cli_job_fail(job, "dots");
    const smp_dots_view arrays = smp_dots_arrays(dots);
    if (what->dots)
        code = write_dots(&arrays, what->dots);
    if (!code && what->svg)
        code = write_svg(job, plan, &arrays, what->svg);
    smp_dots_destroy(&dots);
    return code;
}

/* ---- in words ----------------------------------------------------------------------------- */

static int print_line(cli_job *job, const smp_plan *plan, const char *name, uint32_t zone,
                      uint32_t group)
{
    smp_measures m;
    smp_measures_init(&m);
    if (smp_plan_measure(plan, zone, group, &m, &job->diag) != SMP_OK)
        return cli_job_fail(job, "measures");
    printf("%-22s %7.1f cm2 %8.0f dots %6.1f per cm2, %5.2f mm apart, %4.1f h (%.1f to %.1f)\n",
           name, m.area_cm2, m.dots, m.density_per_cm2, m.spacing_mm, m.hours, m.hours_low,
           m.hours_high);
    return CLI_OK;
}

int cli_plan_summary(cli_job *job, const smp_plan *plan, double melanin)
{
    enum { MOST = 32 };
    const uint32_t sessions = smp_plan_session_count(plan), events = smp_plan_event_count(plan);
    const uint32_t zones = smp_plan_zone_count(plan);
    smp_warning list[MOST];
    smp_skin skin;
    uint32_t count = 0;
    char name[64];
    int code = print_line(job, plan, "all sessions", SMP_MASK_ALL, SMP_MASK_ALL);
    for (uint32_t g = 0; g < sessions + events && !code; g++) {
        if (g < sessions)
            snprintf(name, sizeof name, "session %u", g + 1);
        else
            snprintf(name, sizeof name, "event %u", g - sessions + 1);
        code = print_line(job, plan, name, SMP_MASK_ALL, g);
    }
    for (uint32_t z = 0; zones && z <= zones && !code; z++) {
        snprintf(name, sizeof name, "zone %u, %s", z, zone_name(plan, z));
        code = print_line(job, plan, name, z, SMP_MASK_ALL);
    }
    if (code)
        return code;
    smp_skin_init(&skin);
    skin.melanin = (float)melanin;
    if (smp_plan_warnings(plan, &skin, list, MOST, &count, &job->diag) != SMP_OK)
        return cli_job_fail(job, "warnings");
    printf("hours: 14,000 dots in 3 (2 to 4), without consultation and breaks\n");
    for (uint32_t i = 0; i < count && i < MOST; i++)
        printf("warning: %s\n", list[i].text);
    if (!count)
        printf("nothing to warn of\n");
    return CLI_OK;
}
