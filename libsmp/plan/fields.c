/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The plan's field tables: ranges and defaults, from which checks, JSON and bindings follow. */
#include <smp/plan.h>

#include "base/fields.h"

static const char *const texture_names[] = {"straight", "afro", NULL};

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
    SMPI_FIELD(smp_plan_desc, group_share, "", 0.0, 1.0, 0.0,
               "Share of places that hold a group of two or three dots."),
    SMPI_FIELD(smp_plan_desc, group_spread_mm, "mm", 0.0, 2.0, 0.35,
               "Between the dots of a group."),
    SMPI_FIELD_ENUM(smp_plan_desc, texture, texture_names, SMP_TEXTURE_COUNT - 1,
                    SMP_TEXTURE_STRAIGHT, "Rows of two and three, or clusters of three."),
};
SMPI_DEFINE_FIELDS(smp_plan_desc, plan_fields)

static const char *const style_names[] = {"natural", "straight", "widows_peak", "mature",
                                          "none",    "female",   NULL};

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
    SMPI_FIELD(smp_hairline_desc, macro, "", 0.0, 2.0, 1.0,
               "Times irregularity: the waves of the line."),
    SMPI_FIELD(smp_hairline_desc, micro, "", 0.0, 2.0, 1.0,
               "Times irregularity: clusters, gaps and dents of its edge."),
    SMPI_FIELD(smp_hairline_desc, corner_back_mm, "mm", -15.0, 40.0, 0.0,
               "The fronto-temporal corners further back than the style's."),
    SMPI_FIELD(smp_hairline_desc, temple_mm, "mm", -25.0, 25.0, 0.0,
               "The temple points further forward than the style's."),
    SMPI_FIELD(
        smp_hairline_desc, temple_angle_deg, "deg", 0.0, 160.0, 0.0,
        "Fronto-temporal angle between hairline and temple line; 0 is the style's own, below "
        "50 it is 50."),
};
SMPI_DEFINE_FIELDS(smp_hairline_desc, hairline_fields)

static const smp_field session_fields[] = {
    SMPI_FIELD_HEAD(smp_session_desc),
    SMPI_FIELD(smp_session_desc, share, "", 0.001, 1.0, 1.0,
               "Of the final density that is in place after this session."),
    SMPI_FIELD(smp_session_desc, day, "days", 0.0, 36500.0, 0.0, "Days since the first session."),
    SMPI_FIELD(smp_session_desc, dose_scale, "", 0.0, 4.0, 1.0, "Dilution: times the plan's dose."),
    SMPI_FIELD_RESERVED(smp_session_desc, reserved),
    SMPI_FIELD(smp_session_desc, needle_mm, "mm", 0.0, 1.0, 0.0,
               "Width of the needle's tip; 0 is the plan's diameter."),
    SMPI_FIELD(smp_session_desc, depth_mm, "mm", 0.0, 3.0, 0.0,
               "How deep the needle goes; 0 is the plan's top and height."),
    SMPI_FIELD(smp_session_desc, zones, "", 0.0, 4294967295.0, 4294967295.0,
               "Where, as bits: 1 is outside all zones, 2 zone 1, 4 zone 2 and so on."),
    SMPI_FIELD_RESERVED(smp_session_desc, reserved1),
};
SMPI_DEFINE_FIELDS(smp_session_desc, session_fields)

static const char *const kind_names[] = {"treat",     "exclude",    "scar_strip",
                                         "scar_dots", "scar_patch", NULL};

static const smp_field zone_fields[] = {
    SMPI_FIELD_HEAD(smp_zone_desc),
    SMPI_FIELD_ENUM(smp_zone_desc, kind, kind_names, SMP_ZONE_KIND_COUNT - 1, SMP_ZONE_TREAT,
                    "What the zone is."),
    SMPI_FIELD(smp_zone_desc, density_scale, "", 0.0, 1.0, 1.0, "Density over full density."),
    SMPI_FIELD(smp_zone_desc, dose_scale, "", 0.0, 4.0, 1.0, "Times the plan's dose."),
    SMPI_FIELD(smp_zone_desc, fade_mm, "mm", 0.0, 40.0, 4.0,
               "Width of the soft edge, half of it inside."),
    SMPI_FIELD(smp_zone_desc, width_mm, "mm", 0.5, 60.0, 8.0, "Width of a strip."),
    SMPI_FIELD(smp_zone_desc, dots_per_cm2, "1/cm2", 0.1, 60.0, 15.0,
               "Round scars per square centimetre."),
    SMPI_FIELD(smp_zone_desc, dot_mm, "mm", 0.2, 4.0, 0.9, "Diameter of round scars."),
    SMPI_FIELD(smp_zone_desc, sessions, "", 0.0, 4294967295.0, 4294967295.0,
               "Which sessions treat the zone, as bits: 1 is the first."),
    SMPI_FIELD(smp_zone_desc, uptake, "", 0.0, 2.0, 0.0,
               "Of pigment over that of normal skin; 0 is 1, in scars 0.8."),
    SMPI_FIELD(smp_zone_desc, spread, "", 0.0, 5.0, 0.0,
               "Of a dot over that in normal skin; 0 is 1, in scars 1.3."),
    SMPI_FIELD(smp_zone_desc, fade, "", 0.0, 10.0, 0.0,
               "Pace of loss over that of normal skin; 0 is 1, in scars 2."),
    SMPI_FIELD(smp_zone_desc, lightness, "L*", -30.0, 30.0, 0.0,
               "Of scar skin less that around it; 0 is as photographed."),
    SMPI_FIELD(smp_zone_desc, redness, "a*", -20.0, 20.0, 0.0,
               "Of scar skin less that around it; 0 is as photographed."),
};
SMPI_DEFINE_FIELDS(smp_zone_desc, zone_fields)

static const char *const pattern_names[] = {
    "none",      "norwood_1",  "norwood_2", "norwood_2a", "norwood_3", "norwood_3a", "norwood_3v",
    "norwood_4", "norwood_4a", "norwood_5", "norwood_5a", "norwood_6", "norwood_7",  "ludwig_1",
    "ludwig_2",  "ludwig_3",   "patches",   "total",      NULL};
static const char *const whorl_names[] = {"clockwise", "anticlockwise", NULL};

static const smp_field pattern_fields[] = {
    SMPI_FIELD_HEAD(smp_pattern_desc),
    SMPI_FIELD_ENUM(smp_pattern_desc, pattern, pattern_names, SMP_PATTERN_COUNT - 1,
                    SMP_PATTERN_NONE, "Which hair is left; what is missing is treated."),
    SMPI_FIELD(smp_pattern_desc, hair_per_cm2, "1/cm2", 1.0, 400.0, 140.0,
               "Hairs where none is lost."),
    SMPI_FIELD(smp_pattern_desc, blend, "", 0.0, 1.0, 0.0,
               "Least share of full density where hair is, so that pigment runs in under it."),
    SMPI_FIELD(smp_pattern_desc, edge_mm, "mm", 1.0, 60.0, 14.0,
               "Over which hair thins out at the border of the loss."),
    SMPI_FIELD(smp_pattern_desc, progress, "", -1.0, 1.0, 0.0,
               "Further or less far along than the type."),
    SMPI_FIELD(smp_pattern_desc, whorl_left_mm, "mm", -60.0, 60.0, 0.0,
               "The crown's whorl left of the midline."),
    SMPI_FIELD(smp_pattern_desc, whorl_back_mm, "mm", -20.0, 120.0, 55.0,
               "The whorl behind the highest point, along the skin."),
    SMPI_FIELD_ENUM(smp_pattern_desc, whorl, whorl_names, SMP_WHORL_COUNT - 1, SMP_WHORL_CLOCKWISE,
                    "How the whorl turns, seen from above."),
    SMPI_FIELD(smp_pattern_desc, whorl_strength, "", 0.0, 1.0, 0.0,
               "How much dots follow the whorl."),
    SMPI_FIELD(smp_pattern_desc, patch_count, "", 1.0, 40.0, 6.0, "Number of bald patches."),
    SMPI_FIELD(smp_pattern_desc, patch_mm, "mm", 5.0, 80.0, 28.0, "Their mean diameter."),
};
SMPI_DEFINE_FIELDS(smp_pattern_desc, pattern_fields)

static const char *const event_names[] = {"touch_up", "laser", NULL};
static const char *const next_style_names[] = {"same",   "natural", "straight", "widows_peak",
                                               "mature", "none",    "female",   NULL};

static const smp_field event_fields[] = {
    SMPI_FIELD_HEAD(smp_event_desc),
    SMPI_FIELD_ENUM(smp_event_desc, kind, event_names, SMP_EVENT_KIND_COUNT - 1, SMP_EVENT_TOUCH_UP,
                    "What happens."),
    SMPI_FIELD(smp_event_desc, day, "days", 0.0, 36500.0, 1461.0, "Days since the first session."),
    SMPI_FIELD(smp_event_desc, share, "", 0.0, 1.0, 0.3,
               "Touch-up: new dots, times the density there."),
    SMPI_FIELD(smp_event_desc, dose_scale, "", 0.0, 4.0, 1.0, "Touch-up: times the plan's dose."),
    SMPI_FIELD(smp_event_desc, zones, "", 0.0, 4294967295.0, 4294967295.0,
               "Where, as bits: 1 is outside all zones, 2 zone 1, 4 zone 2 and so on."),
    SMPI_FIELD(smp_event_desc, strength, "", 0.0, 1.0, 0.5,
               "Laser: share of the pigment there that goes."),
    SMPI_FIELD(smp_event_desc, needle_mm, "mm", 0.0, 1.0, 0.0,
               "Touch-up: width of the needle's tip; 0 is the plan's diameter."),
    SMPI_FIELD(smp_event_desc, depth_mm, "mm", 0.0, 3.0, 0.0,
               "Touch-up: how deep the needle goes; 0 is the plan's top and height."),
    SMPI_FIELD(smp_event_desc, hairline_height_mm, "mm", 0.0, 130.0, 0.0,
               "Touch-up: a new height of the hairline, from 40 on; 0 leaves it."),
    SMPI_FIELD(smp_event_desc, hairline_softness_mm, "mm", 0.0, 30.0, 0.0,
               "Touch-up: a new softness of the hairline, from 1 on; 0 leaves it."),
    SMPI_FIELD_ENUM(smp_event_desc, hairline_style, next_style_names, SMP_HAIRLINE_COUNT, 0,
                    "Touch-up: a new style of the hairline."),
    SMPI_FIELD_RESERVED(smp_event_desc, reserved),
};
SMPI_DEFINE_FIELDS(smp_event_desc, event_fields)

static const smp_field life_fields[] = {
    SMPI_FIELD_HEAD(smp_life_desc),
    SMPI_FIELD(smp_life_desc, skin_type, "", 0.0, 6.0, 0.0,
               "Fitzpatrick; 0 is as the photo says, else 3."),
    SMPI_FIELD(smp_life_desc, oiliness, "", 0.0, 1.0, 0.5, "0 is dry, 1 oily."),
    SMPI_FIELD(smp_life_desc, sun_hours_per_day, "h", 0.0, 16.0, 1.0, "Sun on the scalp."),
    SMPI_FIELD(smp_life_desc, sunscreen, "", 0.0, 1.0, 0.3, "Share of those hours with it."),
    SMPI_FIELD(smp_life_desc, exfoliation, "", 0.0, 1.0, 0.25, "0 is never, 1 daily."),
    SMPI_FIELD(smp_life_desc, immune, "", 0.0, 1.0, 0.5,
               "How much the body clears pigment; 0.5 is average."),
    SMPI_FIELD(smp_life_desc, lifestyle, "", -1.0, 1.0, 0.0,
               "0 is typical, 1 is sweat, chlorine and smoke."),
    SMPI_FIELD(smp_life_desc, variation, "", -3.0, 3.0, 0.0,
               "What none of these explains, in standard deviations."),
    SMPI_FIELD(smp_life_desc, hair_growth_mm_per_day, "mm", 0.0, 1.0, 0.35, "Growth of stubble."),
    SMPI_FIELD(smp_life_desc, days_unshaved, "days", 0.0, 365.0, 0.0,
               "Since the last shave, on the day that is shown."),
    SMPI_FIELD(smp_life_desc, tan, "", 0.0, 1.0, 0.0, "How tanned the skin is at midsummer."),
    SMPI_FIELD(smp_life_desc, person, "", 0.0, 4294967295.0, 0.0,
               "Draws a person's variation; 0 is none."),
    SMPI_FIELD(smp_life_desc, midsummer_day, "days", 0.0, 366.0, 90.0,
               "The first midsummer after the first session."),
    SMPI_FIELD(smp_life_desc, regrowth, "", 0.0, 1.0, 0.0,
               "Share of the lost hair that comes back within two years."),
    SMPI_FIELD(smp_life_desc, hair_mm, "mm", 0.02, 0.15, 0.07, "Thickness of a hair."),
    SMPI_FIELD(smp_life_desc, hair_light, "", 0.0, 1.0, 0.04,
               "What a hair reflects: 0 is black, 0.05 dark brown, 0.4 fair, 0.7 white."),
};
SMPI_DEFINE_FIELDS(smp_life_desc, life_fields)
