/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The height of a hairline by published rules. source: docs/plan.md 2 */
#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "base/guard.h"
#include "base/math.h"
#include "geometry/head.h"
#include "plan/plan.h"

#define RULE_MM 80.0        /* Garg: glabella to the middle of the front, 431 men */
#define RULE_FEMALE_MM 64.0 /* middle of the brows to the peak, Korean women: 63.8 */
#define FEMALE_MORE_MM 6.0  /* forehead over lower third, the same study: 5 to 7 */
#define LEAST_MM 40.0
#define MOST_MM 130.0

/* Heights of glabella, nose base and chin. */
static smp_status read_marks(const smp_head *head, const double *landmarks_mm, double y[3],
                             smp_diag *diag)
{
    static const smp_landmark used[3] = {SMP_LANDMARK_GLABELLA, SMP_LANDMARK_NOSE_BASE,
                                         SMP_LANDMARK_CHIN};
    for (int i = 0; i < 3; i++) {
        double xyz[3];
        if (landmarks_mm)
            y[i] = landmarks_mm[3 * (int)used[i] + 1];
        else {
            SMPI_TRY(smp_head_landmark(head, used[i], xyz, diag));
            y[i] = xyz[1];
        }
        if (!(fabs(y[i]) <= 1e5) || (i > 0 && !(y[i] < y[i - 1])))
            return smpi_fail(diag, SMP_ERR_RANGE, "%s is at y %g mm, want it below the one above",
                             smp_landmark_name(used[i]), y[i]);
    }
    return SMP_OK;
}

/* Way up the skin from the glabella to a point `rise` above it, on the midline. */
static double way_up(const smp_head *head, double rise)
{
    const smpi_ellipsoid e = smpi_head_ellipsoid(head);
    const double depth = SMPI_GLABELLA_MM * (e.up + e.down) / 232.0;
    const double low = e.up - depth; /* over the widest level */
    const double high = low + rise < e.up ? low + rise : e.up;
    return smpi_head_arc_mm(head, 0.0, smpi_acos(low / smpi_half_y(&e, low))) -
           smpi_head_arc_mm(head, 0.0, smpi_acos(high / smpi_half_y(&e, high)));
}

SMPI_APART smp_status hairline_place_guarded(const smp_head *head, smp_hairline_rule rule,
                                             const double *landmarks_mm,
                                             smp_hairline_desc *hairline, smp_diag *diag)
{
    smpi_diag_clear(diag);
    SMPI_NEED(hairline, diag);
    smp_head own;
    smp_hairline_desc line;
    double y[3];
    SMPI_TRY(smpi_head_read(&own, head, diag));
    SMPI_TRY(smpi_plan_read(&line, sizeof line, hairline, smp_hairline_desc_fields, diag));
    if (own.shape == SMP_SHAPE_FLAT)
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "a flat patch has no forehead");
    const int female = line.style == SMP_HAIRLINE_FEMALE;
    double height = female ? RULE_FEMALE_MM : RULE_MM;
    if (rule == SMP_HAIRLINE_RULE_THIRDS) {
        SMPI_TRY(read_marks(&own, landmarks_mm, y, diag));
        const double middle = y[0] - y[1], lower = y[1] - y[2];
        height = way_up(&own, female ? lower + FEMALE_MORE_MM : 0.5 * (middle + lower));
    } else if (rule != SMP_HAIRLINE_RULE_8_CM) {
        return smpi_fail(diag, SMP_ERR_ARGUMENT, "rule is %d, want 0 or 1", (int)rule);
    }
    line.height_mm = (float)(height < LEAST_MM ? LEAST_MM : height > MOST_MM ? MOST_MM : height);
    return smpi_desc_store(hairline, &line, sizeof line, diag);
}

smp_status smp_hairline_place(const smp_head *head, smp_hairline_rule rule,
                              const double *landmarks_mm, smp_hairline_desc *hairline,
                              smp_diag *diag)
{
    SMPI_GUARD(smp_status, hairline_place_guarded(head, rule, landmarks_mm, hairline, diag));
}
