/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The head: its fields, its surface, normals and area. */
#include "geometry/head.h"

#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/math.h"

static const char *const shape_names[] = {"ellipsoid", "flat", NULL};

#define WIDEST_SHARE (68.0 / 232.0) /* measured on portraits: docs/model/geometry.md 1 */

/* Defaults are rounded adult male means of ANSUR (docs/model/geometry.md 1). */
static const smp_field head_fields[] = {
    SMPI_FIELD_HEAD(smp_head),
    SMPI_FIELD_ENUM(smp_head, shape, shape_names, SMP_SHAPE_COUNT - 1, SMP_SHAPE_ELLIPSOID,
                    "A head, or a flat patch for close-ups."),
    SMPI_FIELD(smp_head, width_mm, "mm", 5.0, 1000.0, 152.0,
               "Side to side above the ears; the width of a flat patch."),
    SMPI_FIELD(smp_head, height_mm, "mm", 5.0, 1000.0, 232.0,
               "Crown to chin; the height of a flat patch."),
    SMPI_FIELD(smp_head, length_mm, "mm", 5.0, 1000.0, 197.0,
               "Glabella to the back of the head; unused when flat."),
    SMPI_FIELD(smp_head, vertex_mm, "mm", 0.0, 1000.0, 131.0,
               "Crown above the tragi; unused when flat."),
    SMPI_FIELD(
        smp_head, widest_mm, "mm", 0.0, 1000.0, 0.0,
        "From the crown down to the widest level; 0: 0.293 of the height; unused when flat."),
    SMPI_FIELD(smp_head, ears_mm, "mm", -80.0, 80.0, 0.0,
               "The tragi before the middle of the length; unused when flat."),
};
SMPI_DEFINE_FIELDS(smp_head, head_fields)

smp_status smpi_head_read(smp_head *dst, const smp_head *src, smp_diag *diag)
{
    SMPI_TRY(smpi_desc_read(dst, sizeof *dst, src, head_fields, SMPI_COUNT(head_fields), diag));
    return smpi_head_check(dst, diag);
}

smp_status smpi_head_check(const smp_head *head, smp_diag *diag)
{
    SMPI_TRY(smpi_fields_check(head, head_fields, SMPI_COUNT(head_fields), diag));
    if (head->shape == SMP_SHAPE_ELLIPSOID && !(head->widest_mm < head->height_mm))
        return smpi_fail(diag, SMP_ERR_RANGE, "widest_mm is %g mm, want less than height_mm, %g",
                         (double)head->widest_mm, (double)head->height_mm);
    return SMP_OK;
}

smpi_ellipsoid smpi_head_ellipsoid(const smp_head *head)
{
    const double height = (double)head->height_mm;
    const double up = head->widest_mm > 0.0f ? (double)head->widest_mm : WIDEST_SHARE * height;
    smpi_ellipsoid e = {.a = 0.5 * (double)head->width_mm,
                        .c = 0.5 * (double)head->length_mm,
                        .up = up,
                        .down = height - up,
                        .cy = (double)head->vertex_mm - up};
    return e;
}

void smpi_head_normal(const smp_head *head, const double xyz[3], double normal[3])
{
    if (head->shape == SMP_SHAPE_FLAT) {
        normal[0] = 0.0;
        normal[1] = 0.0;
        normal[2] = -1.0;
        return;
    }
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    smpi_ellipsoid_normal(&e, xyz, normal);
}

void smpi_ellipsoid_normal(const smpi_ellipsoid *e, const double xyz[3], double normal[3])
{
    const double gx = xyz[0] / (e->a * e->a);
    const double rise = xyz[1] - e->cy, half = smpi_half_y(e, rise);
    const double gy = rise / (half * half);
    const double gz = xyz[2] / (e->c * e->c);
    const double length = sqrt(gx * gx + gy * gy + gz * gz);
    if (!(length > 0.0)) {
        normal[0] = 0.0;
        normal[1] = 1.0;
        normal[2] = 0.0;
        return;
    }
    normal[0] = gx / length;
    normal[1] = gy / length;
    normal[2] = gz / length;
}

void smpi_head_surface(const smp_head *head, const double near_xyz[3], double xyz[3],
                       double normal[3])
{
    if (head->shape == SMP_SHAPE_FLAT) {
        xyz[0] = near_xyz[0];
        xyz[1] = near_xyz[1];
        xyz[2] = 0.0;
    } else {
        const smpi_ellipsoid e = smpi_head_ellipsoid(head);
        const double x = near_xyz[0], y = near_xyz[1] - e.cy, z = near_xyz[2];
        const double ux = x / e.a, uy = y / smpi_half_y(&e, y), uz = z / e.c;
        const double r = sqrt(ux * ux + uy * uy + uz * uz);
        const int inside = r > 1e-12; /* else no direction: the crown */
        xyz[0] = inside ? x / r : 0.0;
        xyz[1] = inside ? e.cy + y / r : e.cy + e.up;
        xyz[2] = inside ? z / r : 0.0;
    }
    if (normal)
        smpi_head_normal(head, xyz, normal);
}

/* Half a head: Simpson over the polar angle, trapezoid over the azimuth (periodic, so exact to its
 * order). */
static double half_area(const smpi_ellipsoid *e, double half_y)
{
    enum { POLAR = 64, AROUND = 32 };
    double sum = 0.0;
    for (int i = 1; i <= POLAR; i++) {
        const double polar = 0.5 * SMPI_PI * i / POLAR;
        const double s = smpi_sin(polar), k = smpi_cos(polar);
        double ring = 0.0;
        for (int j = 0; j < AROUND; j++) {
            const double around = 2.0 * SMPI_PI * j / AROUND;
            const double x = half_y * e->c * s * smpi_sin(around);
            const double z = e->a * half_y * s * smpi_cos(around);
            const double y = e->a * e->c * k;
            ring += sqrt(x * x + y * y + z * z);
        }
        sum += (i == POLAR ? 1.0 : i % 2 ? 4.0 : 2.0) * s * ring;
    }
    return sum * (0.5 * SMPI_PI / POLAR / 3.0) * (2.0 * SMPI_PI / AROUND);
}

double smpi_head_area_mm2(const smp_head *head)
{
    if (head->shape == SMP_SHAPE_FLAT)
        return (double)head->width_mm * (double)head->height_mm;
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    return half_area(&e, e.up) + half_area(&e, e.down);
}

double smpi_ellipsoid_reach(const smpi_ellipsoid *e, const double direction[3])
{
    const double x = e->a * direction[0], z = e->c * direction[2];
    const double y = smpi_half_y(e, direction[1]) * direction[1];
    return e->cy * direction[1] + sqrt(x * x + y * y + z * z);
}

double smpi_head_reach(const smp_head *head, const double direction[3])
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    return smpi_ellipsoid_reach(&e, direction);
}
