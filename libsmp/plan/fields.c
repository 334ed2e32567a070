/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The plan's field tables: ranges and defaults, from which checks, JSON and bindings follow. */
#include <smp/plan.h>

#include "base/fields.h"

static const smp_field plan_fields[] = {
    SMPI_FIELD_HEAD(smp_plan_desc),
    SMPI_FIELD(smp_plan_desc, seed, "", 0.0, 4294967295.0, 1.0, "Which arrangement of dots."),
    SMPI_FIELD(smp_plan_desc, look, "", 1.0, SMP_LOOK_NEWEST, SMP_LOOK_NEWEST, "Model revision."),
    SMPI_FIELD(smp_plan_desc, density_per_cm2, "1/cm2", 1.0, 250.0, 150.0,
               "Dots per square centimetre at full density."),
    SMPI_FIELD(smp_plan_desc, dose, "", 0.0, 40.0, 3.0,
               "Implanted pigment, optical depth at 550 nm; 0 draws nothing."),
    SMPI_FIELD(smp_plan_desc, diameter_mm, "mm", 0.05, 1.0, 0.25, "Diameter of a dot's column."),
    SMPI_FIELD(smp_plan_desc, top_mm, "mm", 0.04, 1.0, 0.10, "Top of the column under the skin."),
    SMPI_FIELD(smp_plan_desc, height_mm, "mm", 0.05, 2.0, 0.25, "Height of the column."),
    SMPI_FIELD(smp_plan_desc, size_variation, "", 0.0, 0.5, 0.12,
               "Relative standard deviation of the diameter."),
    SMPI_FIELD(smp_plan_desc, dose_variation, "", 0.0, 0.8, 0.25,
               "Relative standard deviation of the dose."),
    SMPI_FIELD(smp_plan_desc, depth_variation, "", 0.0, 0.5, 0.12,
               "Relative standard deviation of the top."),
    SMPI_FIELD(smp_plan_desc, regularity, "", 0.0, 1.0, 0.0,
               "0 places dots like a hand, 1 as evenly as possible."),
    SMPI_FIELD(smp_plan_desc, side_fade_mm, "mm", 0.0, 60.0, 18.0,
               "How softly density ends at the lower edge of sides and nape."),
};
SMPI_DEFINE_FIELDS(smp_plan_desc, plan_fields)

static const char *const style_names[] = {"natural", "straight", "widows_peak",
                                          "mature",  "none",     NULL};

static const smp_field hairline_fields[] = {
    SMPI_FIELD_HEAD(smp_hairline_desc),
    SMPI_FIELD_ENUM(smp_hairline_desc, style, style_names, SMP_HAIRLINE_COUNT - 1,
                    SMP_HAIRLINE_NATURAL, "Shape of the hairline."),
    SMPI_FIELD(smp_hairline_desc, height_mm, "mm", 40.0, 130.0, 80.0,
               "From the glabella up the skin to the middle of the front."),
    SMPI_FIELD(smp_hairline_desc, softness_mm, "mm", 1.0, 30.0, 12.0,
               "Over which density rises from sparse to full behind the edge."),
    SMPI_FIELD(smp_hairline_desc, edge_density, "", 0.0, 1.0, 0.25,
               "Density at the edge over full density."),
    SMPI_FIELD(smp_hairline_desc, irregularity, "", 0.0, 1.0, 0.5,
               "Waves and clusters of the edge; 0 is none."),
};
SMPI_DEFINE_FIELDS(smp_hairline_desc, hairline_fields)

static const smp_field session_fields[] = {
    SMPI_FIELD_HEAD(smp_session_desc),
    SMPI_FIELD(smp_session_desc, share, "", 0.001, 1.0, 1.0,
               "Of the final density that is in place after this session."),
    SMPI_FIELD(smp_session_desc, day, "days", 0.0, 36500.0, 0.0, "Days since the first session."),
    SMPI_FIELD(smp_session_desc, dose_scale, "", 0.0, 4.0, 1.0, "Dilution: times the plan's dose."),
    SMPI_FIELD_RESERVED(smp_session_desc, reserved),
};
SMPI_DEFINE_FIELDS(smp_session_desc, session_fields)
