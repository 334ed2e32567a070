/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Colour spaces, CIE XYZ and Lab, colour difference and the individual typology angle.
 * White is D65 throughout. Formulas and sources: docs/model.md, section "Colour". */
#ifndef SMP_COLOR_H
#define SMP_COLOR_H

#include <smp/base.h>

SMP_BEGIN

/* The colour space that pixels are in. */
typedef enum smp_space {
    SMP_SPACE_SRGB = 0, /* IEC 61966-2-1; also what untagged and unknown pictures are taken for */
    SMP_SPACE_DISPLAY_P3 = 1,  /* P3 primaries, D65, sRGB transfer */
    SMP_SPACE_ADOBE_RGB = 2,   /* Adobe RGB (1998), gamma 563/256 */
    SMP_SPACE_LINEAR_SRGB = 3, /* sRGB primaries, linear light; the default for float formats */
    SMP_SPACE_LINEAR_P3 = 4,   /* P3 primaries, linear light */
    SMP_SPACE_COUNT = 5
} smp_space;

/* "srgb", "display-p3", "adobe-rgb", "linear-srgb", "linear-p3"; NULL for any other value. */
SMP_API const char *smp_space_name(smp_space space);

/* Encoded value to linear light and back, for one channel value of the space. Finite input of any
 * size; negative values are mirrored, f(-x) = -f(x). NaN when space is unknown. Error below 4e-7
 * relative. */
SMP_API float smp_space_decode(smp_space space, float encoded);
SMP_API float smp_space_encode(smp_space space, float linear);

/* Linear RGB of a space to XYZ (white has Y = 1) and back.
 * errors  SMP_ERR_ARGUMENT unknown space, NULL */
SMP_NODISCARD SMP_API smp_status smp_rgb_to_xyz(smp_space space, const float rgb_lin[3],
                                                float xyz[3], smp_diag *diag);
SMP_NODISCARD SMP_API smp_status smp_xyz_to_rgb(smp_space space, const float xyz[3],
                                                float rgb_lin[3], smp_diag *diag);

/* CIE L*a*b* against D65, and back. L* of 0 to 100. */
SMP_API void smp_xyz_to_lab(const float xyz[3], float lab[3]);
SMP_API void smp_lab_to_xyz(const float lab[3], float xyz[3]);

/* CIEDE2000 with kL = kC = kH = 1.
 * source  Sharma, Wu, Dalal 2005; all 34 published pairs within 1e-4 */
SMP_API double smp_delta_e2000(const double lab1[3], const double lab2[3]);

/* Individual typology angle, degrees in (-180, 180]: atan2(L* - 50, b*).
 * source  Chardon 1991 */
SMP_API double smp_ita_deg(const double lab[3]);

SMP_END

#endif
