/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Factors of the loss. Sizes, sources and what is assumed: docs/model/time.md, 3 and 4. */
#include "ageing/pace.h"

#include <math.h>

#include "base/math.h"

/* carbon fine, carbon coarse, iron red, iron yellow, iron black, titania (docs/model/time.md, 3) */
const double smpi_component_rate[SMP_PIGMENT_COMPONENTS] = {1.1, 1.0, 1.8, 3.0, 2.6, 0.6};

#define EPIDERMIS_MM 0.08
#define MIDDLE_MM 0.225 /* middle of the default column */
#define DEPTH_MM 0.2    /* per which the loss falls to 1/e */
#define DEPTH_LEAST 0.12
#define DEPTH_MOST 2.5

/* sigma^2 = 2 D t (design.md 5), D in mm2 a year: good work, and deep or over-filled work. */
#define D_GOOD 0.0002
#define D_BAD 0.002

/* How much of the ultraviolet passes the epidermis, over skin type III, for types I to VI: VI over
 * II as the epidermis of black over white skin passes UVB (7.4 / 24 %, Kaidbey 1979, general
 * knowledge); the rest is drawn between. */
static const double uv_passed[6] = {1.30, 1.15, 1.00, 0.75, 0.50, 0.35};

#define SUN_HOURS 1.0 /* typical habits */
#define SUNSCREEN 0.3
#define SUNSCREEN_STOPS 0.9
#define SUN_SHARE 0.58 /* of the typical loss */

void smpi_habits_init(smpi_habits *habits)
{
    *habits = (smpi_habits){3.0, 0.5, SUN_HOURS, SUNSCREEN, 0.25, 0.5, 0.0, 0.0};
}

static double held(double x, double low, double high)
{
    return fmin(fmax(x, low), high);
}

static double uv_of(double skin_type)
{
    const double x = held(skin_type, 1.0, 6.0) - 1.0;
    const int i = x < 5.0 ? (int)x : 4;
    return uv_passed[i] + (uv_passed[i + 1] - uv_passed[i]) * (x - i);
}

double smpi_habits_pace(const smpi_habits *h)
{
    const double open = 1.0 - SUNSCREEN_STOPS * h->sunscreen;
    const double usual = SUN_HOURS * (1.0 - SUNSCREEN_STOPS * SUNSCREEN);
    const double dose = h->sun_hours * open / usual * uv_of(h->skin_type);
    const double sun = 1.0 - SUN_SHARE + SUN_SHARE * 3.0 * dose / (2.0 + dose);
    const double wet = h->oiliness - 0.5;
    const double oil = wet > 0.0 ? 1.0 + 0.5 * wet : 1.0 - 0.1 * wet;
    const double peel = 1.0 + 0.3 * (h->exfoliation - 0.25);
    const double immune = 1.0 + 0.6 * (h->immune - 0.5);
    const double living = 1.0 + 0.2 * h->lifestyle;
    return sun * oil * peel * immune * living * smpi_exp(0.25 * h->variation);
}

double smpi_skin_type_of(const smp_skin *skin)
{
    /* middles of the ITA classes, very light to dark */
    static const double ita_at[6] = {60.0, 48.0, 34.5, 19.0, -10.0, -45.0};
    float rgb[3], xyz[3], lab[3];
    double at[3];
    if (smp_skin_color(skin, SMP_SPACE_LINEAR_SRGB, rgb, NULL) != SMP_OK ||
        smp_rgb_to_xyz(SMP_SPACE_LINEAR_SRGB, rgb, xyz, NULL) != SMP_OK)
        return 3.0;
    smp_xyz_to_lab(xyz, lab);
    for (int c = 0; c < 3; c++)
        at[c] = (double)lab[c];
    const double ita = smp_ita_deg(at);
    for (int i = 0; i < 5; i++)
        if (ita > ita_at[i + 1])
            return held(i + 1 + (ita_at[i] - ita) / (ita_at[i] - ita_at[i + 1]), 1.0, 6.0);
    return 6.0;
}

double smpi_depth_pace(double top_mm, double height_mm)
{
    const double middle = top_mm + 0.5 * height_mm;
    return held(smpi_exp((MIDDLE_MM - middle) / DEPTH_MM), DEPTH_LEAST, DEPTH_MOST);
}

double smpi_needle_pace(double diameter_mm)
{
    return held(smpi_pow(0.25 / diameter_mm, 0.3), 0.75, 1.4);
}

double smpi_dose_pace(double dose)
{
    return 1.0 / (1.0 + 0.05 * fmax(dose - 4.0, 0.0));
}

double smpi_dermal_share(double top_mm, double height_mm)
{
    return 1.0 - held((EPIDERMIS_MM - top_mm) / height_mm, 0.0, 1.0);
}

/* How far the work is from well placed: 0 for a top above 0.2 mm, a column under 0.4 mm and a dose
 * under 4 (assumed). */
double smpi_diffusion(double top_mm, double height_mm, double dose)
{
    const double deep = fmax((top_mm - 0.2) / 0.3, 0.0), tall = fmax((height_mm - 0.4) / 0.6, 0.0);
    const double bad = deep + tall + fmax((dose - 4.0) / 8.0, 0.0);
    return D_GOOD + (D_BAD - D_GOOD) * bad / (1.0 + bad);
}
