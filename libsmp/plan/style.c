/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The styles as points on the default head, carried over to other heads by angle and by depth below
 * the crown. Placement of the front: Garg's 8 cm rule (docs/plan.md 2). */
#include <math.h>

#include "base/math.h"
#include "geometry/head.h"
#include "plan/outline.h"

#define DEFAULT_HEIGHT 232.0 /* mm: depths below are given on a head this tall */
/* Polar angles of the front's middle between which a high hairline opens into an arc: hairline
 * heights of about 88 and 112 mm on the default head. */
#define OPEN_FROM 0.82
#define OPEN_TO 0.49
#define DEFAULT_LENGTH 197.0 /* mm: z below are given on a head this long */
#define TEMPLE_SHARE                                                         \
    0.68 /* the temple point's depth from corner to glabella: 5 cm below the \
            corner on the default head */

typedef struct front_spot {
    double azimuth_deg;
    double lift_mm; /* above the middle of the front; negative is below */
    int corner;
} front_spot;

/* From the middle to the fronto-temporal corner. Mid-pupil lies near 31 degrees: there the convex
 * centre turns concave. */
static const front_spot natural_front[] = {{0, 0, 0},    {14, 0.7, 0}, {26, 2.4, 0}, {36, 4.7, 0},
                                           {44, 6.5, 0}, {50, 6.6, 0}, {53, 2.8, 0}};
static const front_spot straight_front[] = {{0, 0, 0}, {18, 0, 0}, {36, 0.2, 0}, {52, 0.5, 1}};
static const front_spot peak_front[] = {{0, 0, 1},    {3.5, 2.4, 0},  {8, 5.6, 0},
                                        {14, 7.4, 0}, {25, 7.9, 0},   {36, 8.6, 0},
                                        {45, 9.0, 0}, {50.5, 8.2, 0}, {53, 4.5, 0}};
static const front_spot mature_front[] = {{0, 0, 0},     {13, 0.9, 0},  {26, 4.0, 0},  {38, 8.2, 0},
                                          {50, 11.2, 0}, {58, 11.0, 0}, {61.5, 7.5, 0}};

static const front_spot female_front[] = {{0, -1.5, 0},  {6, 0, 0},     {16, 0.6, 0},
                                          {27, -0.6, 0}, {36, -4.2, 0}, {43, -9.8, 0},
                                          {48, -16.5, 0}};

typedef struct front_style {
    const front_spot *spots;
    uint32_t count;
    double recess_deg; /* azimuth of the line half way from the corner down to the temple point */
    double temple_deg; /* azimuth of the temple point */
    int temple_corner;
    uint32_t corner; /* which spot is the fronto-temporal corner */
} front_style;

#define FRONT(spots, recess, temple, sharp, corner)                                       \
    {                                                                                     \
        spots, (uint32_t)(sizeof(spots) / sizeof *(spots)), recess, temple, sharp, corner \
    }

static const front_style styles[] = {
    [SMP_HAIRLINE_NATURAL] = FRONT(natural_front, 51.0, 48.0, 0, 5),
    [SMP_HAIRLINE_STRAIGHT] = FRONT(straight_front, 49.5, 46.0, 1, 3),
    [SMP_HAIRLINE_WIDOWS_PEAK] = FRONT(peak_front, 51.5, 48.0, 0, 6),
    [SMP_HAIRLINE_MATURE] = FRONT(mature_front, 58.0, 52.0, 0, 4),
    [SMP_HAIRLINE_FEMALE] = FRONT(female_front, 50.5, 47.5, 0, 6),
    [SMP_HAIRLINE_NONE] = FRONT(natural_front, 51.0, 48.0, 0, 5), /* under a curve drawn by hand */
};

typedef struct side_spot {
    double z_mm, depth_mm;
    int corner;
} side_spot;

/* From below the temple point: the sideburn in front of the ear, over the ear (whose top lies about
 * 29 mm above the tragus), down behind it to the nape. Assumed; drawn by eye. */
static const side_spot side_line[] = {
    {46, 90, 0},   {34, 99, 0},   {28, 109, 0},  {26, 122, 0},  {25, 133, 1},  {12, 136, 1},
    {10, 122, 0},  {8, 107, 0},   {1, 101, 0},   {-12, 98, 0},  {-25, 101, 0}, {-34, 110, 0},
    {-38, 126, 0}, {-42, 145, 0}, {-52, 163, 0}, {-68, 175, 0},
};
#define SIDE_FROM 2 /* from this spot on the line belongs to the side */
#define NAPE_DEPTH 181.0

/* The polar angle that lies `depth` below the crown, on the default head's scale. */
static double polar_of_depth(const smp_head *head, double depth_mm)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    const double rise = e.up - depth_mm * ((e.up + e.down) / DEFAULT_HEIGHT);
    return smpi_acos(rise / smpi_half_y(&e, rise));
}

static double depth_of_polar(const smp_head *head, double polar)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    const double up = smpi_cos(polar);
    return (e.up - smpi_half_y(&e, up) * up) * (DEFAULT_HEIGHT / (e.up + e.down));
}

static smpi_knot side_knot(const smp_head *head, const side_spot *spot)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    smpi_knot knot = {.corner = (uint8_t)spot->corner};
    knot.v = polar_of_depth(head, spot->depth_mm);
    const double up = smpi_cos(knot.v);
    const double ahead = spot->z_mm / (0.5 * DEFAULT_LENGTH);
    const double across = 1.0 - up * up - ahead * ahead;
    knot.u = smpi_atan2(e.a * sqrt(across > 0.0 ? across : 0.0), e.c * ahead);
    return knot;
}

/* Depth of the middle of the front, on the default head's scale. */
static double front_depth(const smp_head *head, double height_mm)
{
    const double glabella = polar_of_depth(head, SMPI_GLABELLA_MM);
    const double arc = smpi_head_arc_mm(head, 0.0, glabella);
    /* On a head so small that the rule passes the crown the hairline stays in front of it. */
    const double from_crown = arc - height_mm > 0.06 * arc ? arc - height_mm : 0.06 * arc;
    double xyz[3], azimuth, polar;
    smpi_head_unchart(head, 0.0, from_crown, xyz, NULL);
    smpi_head_polar(head, xyz, &azimuth, &polar);
    return depth_of_polar(head, polar);
}

/* The front from its middle to the corner; returns the corner's depth. A hairline near the crown
 * would close into a tongue if its angles were kept: as it moves up, it opens into an arc across
 * the head. */
static double front_half(const smp_head *head, const front_style *style, double middle,
                         smpi_knot *out)
{
    const double degree = SMPI_PI / 180.0;
    const double polar = polar_of_depth(head, middle);
    double open = (OPEN_FROM - polar) / (OPEN_FROM - OPEN_TO);
    open = open < 0.0 ? 0.0 : open > 1.0 ? 1.0 : open;
    double corner = middle;
    for (uint32_t i = 0; i < style->count; i++) {
        const front_spot *spot = &style->spots[i];
        const double azimuth = spot->azimuth_deg * degree;
        double depth = middle - spot->lift_mm * (1.0 - 0.7 * open);
        depth = depth > 0.3 * middle ? depth : 0.3 * middle;
        const double ahead = smpi_cos(azimuth);
        const double down = polar_of_depth(head, depth);
        const double across = down / (ahead > 0.7 ? ahead : 0.7);
        out[i] = (smpi_knot){.u = azimuth, .corner = (uint8_t)spot->corner};
        out[i].v = down * (1.0 - open) + across * open;
        corner = depth < corner ? depth : corner;
    }
    return corner;
}

static double distance(const double a[3], const double b[3])
{
    const double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return sqrt(x * x + y * y + z * z);
}

/* Moves a knot straight back over the head. */
static void move_back(smpi_knot *knot, double radians)
{
    const double x = knot->v * smpi_sin(knot->u), ahead = knot->v * smpi_cos(knot->u) - radians;
    knot->v = sqrt(x * x + ahead * ahead);
    knot->u = smpi_atan2(x, ahead);
}

/* Cosine of the angle at the corner between the front and the line down to the temple point. */
static double corner_cosine(const smp_head *head, const smpi_knot *front, const smpi_knot *corner,
                            const smpi_knot *recess)
{
    double f[3], c[3], r[3], dot = 0.0;
    smpi_head_unpolar(head, front->u, front->v, f);
    smpi_head_unpolar(head, corner->u, corner->v, c);
    smpi_head_unpolar(head, recess->u, recess->v, r);
    for (int j = 0; j < 3; j++)
        dot += (f[j] - c[j]) * (r[j] - c[j]);
    return dot / (distance(f, c) * distance(r, c));
}

/* Moves the line below the corner back or forward until the corner has the angle that is asked for,
 * or as near to it as the line can come. */
static void set_angle(const smp_head *head, double degrees, const smpi_knot *front,
                      const smpi_knot *corner, smpi_knot *recess)
{
    const double wanted = smpi_cos((degrees > 50.0 ? degrees : 50.0) * SMPI_PI / 180.0);
    double low = recess->u - 0.2, high = recess->u + 0.2;
    for (int i = 0; i < 30; i++) {
        recess->u = 0.5 * (low + high);
        if (corner_cosine(head, front, corner, recess) < wanted) /* too wide: further back */
            low = recess->u;
        else
            high = recess->u;
    }
}

/* Corners, temple points and angle as asked for; knots[style->count] is the line half way down to
 * the temple point, the next is that point. */
static void adjust(const smp_head *head, const smp_hairline_desc *hairline,
                   const front_style *style, smpi_knot *knots)
{
    const double back = (double)hairline->corner_back_mm / (0.5 * (double)head->length_mm);
    const double reach = knots[style->corner].u;
    smpi_knot *recess = &knots[style->count], *temple = recess + 1;
    if (back > 0.0 || back < 0.0) {
        for (uint32_t i = 0; i < style->count; i++) {
            double t = (knots[i].u / reach - 0.35) / 0.65;
            t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
            move_back(&knots[i], back * t * t * (3.0 - 2.0 * t));
        }
        move_back(recess, 0.6 * back);
    }
    double xyz[3];
    smpi_head_unpolar(head, temple->u, temple->v, xyz);
    const double around = sqrt(xyz[0] * xyz[0] + xyz[2] * xyz[2]);
    temple->u -= (double)hairline->temple_mm / around;
    if (hairline->temple_angle_deg > 0.0f)
        set_angle(head, (double)hairline->temple_angle_deg, &knots[style->corner / 2],
                  &knots[style->corner], recess);
}

/* The left half, from the middle of the front to the middle of the nape. */
static uint32_t left_half(const smp_head *head, const smp_hairline_desc *hairline, smpi_knot *out)
{
    const front_style *style = &styles[hairline->style];
    const double degree = SMPI_PI / 180.0;
    const double middle = front_depth(head, (double)hairline->height_mm);
    const double corner = front_half(head, style, middle, out);
    uint32_t n = style->count;
    const double temple = corner + TEMPLE_SHARE * (SMPI_GLABELLA_MM - corner);
    out[n++] = (smpi_knot){.u = style->recess_deg * degree,
                           .v = polar_of_depth(head, 0.5 * (corner + temple))};
    out[n++] = (smpi_knot){.u = style->temple_deg * degree,
                           .v = polar_of_depth(head, temple),
                           .corner = (uint8_t)style->temple_corner};
    adjust(head, hairline, style, out);
    for (uint32_t i = 0; i < sizeof side_line / sizeof *side_line; i++) {
        out[n] = side_knot(head, &side_line[i]);
        out[n++].side = i >= SIDE_FROM;
    }
    out[n++] = (smpi_knot){.u = SMPI_PI, .v = polar_of_depth(head, NAPE_DEPTH), .side = 1};
    return n;
}

uint32_t smpi_style_knots(const smp_head *head, const smp_hairline_desc *hairline,
                          smpi_knot knots[SMPI_KNOTS_MAX])
{
    smpi_knot half[64];
    const uint32_t n = left_half(head, hairline, half);
    uint32_t count = 0;
    for (uint32_t i = n; i-- > 1;) {
        knots[count] = half[i];
        knots[count].u = -half[i].u;
        /* side belongs to the line from here on: mirrored, that is the one before. */
        knots[count++].side = half[i - 1].side;
    }
    for (uint32_t i = 0; i < n; i++)
        knots[count++] = half[i];
    return count;
}
