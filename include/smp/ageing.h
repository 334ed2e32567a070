/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Dots and skin in time: healing, loss, spread and their course. Model: docs/model/time.md. */
#ifndef SMP_AGEING_H
#define SMP_AGEING_H

#include <smp/base.h>
#include <smp/dots.h>
#include <smp/optics.h>
#include <smp/plan.h>

SMP_BEGIN

/* How each dot looks on a day: scabs and the pale second week included.
 *
 * day        since the first session, [-1, 36500]; a dot whose session is later has dose 0
 * dose       receives the optical depth at 550 nm that is seen, dots' count values
 * spread_mm  receives the standard deviation, per axis, of how far pigment has wandered
 * errors     SMP_ERR_RANGE day; SMP_ERR_ARGUMENT NULL
 * source     docs/model/time.md, 1 to 5 */
SMP_NODISCARD SMP_API smp_status smp_dots_age(const smp_context *ctx, const smp_plan *plan,
                                              const smp_dots *dots, double day, float *dose,
                                              float *spread_mm, smp_diag *diag);

/* What is left in each dot on a day, whatever covers it: it only falls but for a new session.
 *
 * mass  receives the optical depth at 550 nm that is there, dots' count values
 * left  NULL, or receives the share left of each implanted component, SMP_PIGMENT_COMPONENTS values
 *       a dot, in the order of smp_pigment's fields
 * errors, source  as smp_dots_age */
SMP_NODISCARD SMP_API smp_status smp_dots_left(const smp_context *ctx, const smp_plan *plan,
                                               const smp_dots *dots, double day, float *mass,
                                               float *left, smp_diag *diag);

/* The share of the implanted pigment that is left `days` after a session, for an average dot of
 * carbon. 1 at day 0, 0.68 at day 42, falling all the time. NaN for days that are negative or not
 * finite. */
SMP_API double smp_pigment_left(double days);

/* Colour of treated skin on a day: redder after a session, without its pigment; linear RGB of a
 * space under D65, as smp_skin_color().
 *
 * days    since the session, [0, 36500]; from day 10 on it is the bare skin's
 * errors  SMP_ERR_RANGE days, a field of skin; SMP_ERR_ARGUMENT space, NULL
 * source  docs/model/time.md, 2 */
SMP_NODISCARD SMP_API smp_status smp_skin_healing(const smp_skin *skin, double days,
                                                  smp_space space, float rgb_lin[3],
                                                  smp_diag *diag);

/* Sets a plan's diameter_mm and dose so that its dots, 42 days after their session, look like hairs
 * that are there: what smp_scalp_hairs() would say of them. The plan's pigment, depth, height and
 * life count; its zones, sessions' own needles and pigments, and lasers do not.
 *
 * skin      NULL for the default skin
 * width_mm  as of hairs, (0, 1]: of a bar with the second moment of what is over half of the peak,
 *           the blur's share taken off (a sharp disc's is 0.87 of its diameter)
 * darkness  at the middle, as of hairs, (0, 1): 1 - light over that of the skin, in 0.7 of red and
 *           0.3 of green, linear sRGB
 * blur_mm   of the camera, standard deviation at the skin, [0, 5], 0: none. For typical values of
 *           smp_scalp_hairs(), what they are seen through: sqrt(blur_px^2 + 0.58) / px_per_mm
 * nearest   what the fields' ranges or the optics of skin do not allow is come near: the least sum
 *           of the squared logarithms of both ratios, widths as the camera shows them
 * errors    SMP_ERR_RANGE a number, a field of skin; SMP_ERR_ARGUMENT NULL; SMP_ERR_MEMORY; then
 *           the plan stays
 *
 * source    docs/plan.md, section "Dots like hairs" */
SMP_NODISCARD SMP_API smp_status smp_plan_match_hairs(smp_plan *plan, const smp_skin *skin,
                                                      float width_mm, float darkness, float blur_mm,
                                                      smp_diag *diag);

/* What a course says of treated skin at full density on a day. */
typedef enum smp_course_value {
    SMP_COURSE_CONTRAST = 0,  /* bare skin's L* less the treated area's mean L* */
    SMP_COURSE_LIGHTNESS = 1, /* the treated area's mean L*, a*, b* */
    SMP_COURSE_A = 2,
    SMP_COURSE_B = 3,
    SMP_COURSE_COVERAGE =
        4,                 /* share of the skin that visible dots cover (green contrast over 0.1) */
    SMP_COURSE_MASS = 5,   /* pigment that is there over all that was implanted until then */
    SMP_COURSE_DETAIL = 6, /* modulation left of a pattern of 1 mm period, 1 at first */
    SMP_COURSE_REDNESS = 7, /* of bare skin there: its a* over what it is when healed */
    SMP_COURSE_VALUES = 8
} smp_course_value;

/* The same plan on people who lose pigment fast, as most do, and slowly. */
typedef enum smp_course_case {
    SMP_COURSE_LOW = 0,
    SMP_COURSE_TYPICAL = 1,
    SMP_COURSE_HIGH = 2,
    SMP_COURSE_CASES = 3
} smp_course_case;

typedef struct smp_course_desc {
    uint32_t struct_size; /* set by smp_course_desc_init() */
    float band;      /* low and high lie this many standard deviations of personal variation from
                        typical, [0, 3], default 1.28: one in ten is beyond each */
    float threshold; /* a touch-up is due when the contrast has fallen to this share of day 42
                        after the last session, [0.05, 0.95], default 0.5 */
    uint32_t zone;   /* of the plan: a scar loses faster; [0, 31], default 0: outside all */
} smp_course_desc;

SMP_API void smp_course_desc_init_sized(smp_course_desc *desc, size_t size);
#define smp_course_desc_init(desc) smp_course_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_course_desc_fields(uint32_t *count);

/* The course of a plan over time, by the mean of many of its dots.
 *
 * skin    NULL for the default skin
 * desc    NULL for all defaults
 * days    count days since the first session, each in [-1, 36500], in any order
 * values  SMP_COURSE_CASES * count * SMP_COURSE_VALUES values: case by case, day by day
 * errors  SMP_ERR_RANGE a field or a day; SMP_ERR_ARGUMENT NULL
 * source  docs/model/time.md, 6 */
SMP_NODISCARD SMP_API smp_status smp_fade_course(const smp_context *ctx, const smp_plan *plan,
                                                 const smp_skin *skin, const smp_course_desc *desc,
                                                 uint32_t count, const double *days, float *values,
                                                 smp_diag *diag);

/* The day on which a touch-up is due, for each case; 36500 when it is never due before.
 * errors  as smp_fade_course */
SMP_NODISCARD SMP_API smp_status smp_fade_due(const smp_context *ctx, const smp_plan *plan,
                                              const smp_skin *skin, const smp_course_desc *desc,
                                              double due_day[SMP_COURSE_CASES], smp_diag *diag);

#define SMP_LASER_SESSIONS_MAX 40

/* Work that is to be removed by laser, or lightened to be treated anew. */
typedef struct smp_removal_desc {
    uint32_t struct_size; /* set by smp_removal_desc_init() */
    float dose; /* optical depth at 550 nm of a dot before the first session, [0.01, 100], default
                   2: SMP that has healed; of a dense tattoo about 27 */
    float top_mm, height_mm; /* the column, each [0.02, 3], default 0.10 and 0.25 */
    float skin_type;         /* Fitzpatrick, [1, 6], default 3 */
    float strength;    /* share of an SMP dot of carbon that one session clears in skin of type III,
                          [0.01, 0.95], default 0.5 */
    float clearance;   /* share that has to go, [0.05, 0.99], default 0.9 */
    uint32_t reserved; /* 0 */
} smp_removal_desc;

SMP_API void smp_removal_desc_init_sized(smp_removal_desc *desc, size_t size);
#define smp_removal_desc_init(desc) smp_removal_desc_init_sized((desc), sizeof *(desc))
SMP_API const smp_field *smp_removal_desc_fields(uint32_t *count);

/* How many laser sessions clear that much.
 *
 * desc      NULL for all defaults
 * pigment   NULL for the default
 * sessions  receives the number, SMP_LASER_SESSIONS_MAX + 1 when that many are not enough
 * left      NULL, or receives the share left after each of SMP_LASER_SESSIONS_MAX sessions
 * errors    SMP_ERR_RANGE a field; SMP_ERR_ARGUMENT NULL
 * source    docs/model/time.md, 7 */
SMP_NODISCARD SMP_API smp_status smp_laser_sessions(const smp_removal_desc *desc,
                                                    const smp_pigment *pigment, uint32_t *sessions,
                                                    float *left, smp_diag *diag);

SMP_END

#endif
