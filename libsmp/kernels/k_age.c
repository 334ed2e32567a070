/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * age - dots as time has left them, a lane for each: dose = dose (plateau + (1 - plateau) bell) x
 * sum of amount exp(-rate pace) x (1 + scab s) (1 - pale), s the share of the scab that holds;
 * spread = sqrt(2 D t + (wide s)^2). Domain: rate pace in [0, 1e4], the rest finite. Relative error
 * below 3e-6 + 1.2e-7 rate pace (tests/kernels/check_day.h). source: docs/model/time.md;
 * ageing/age.c has the same in double */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

/* The share of the plateau that time and lasers leave. */
static inline vf age_left(const smpk_age *job, vf pace, size_t i, size_t n)
{
    const smpk_moment *m = job->moment;
    vf sum = vf_set1(0.0f);
    for (uint32_t k = 0; k < m->terms; k++) {
        const vf x = vf_max(vf_mul(pace, vf_set1(-m->rate[k])), vf_set1(-80.0f));
        vf part = vf_mul(vf_set1(m->amount[k]), vf_exp(x));
        if (m->left[k])
            part = vf_mul(part, vf_gather(m->left[k], vi_load_n(job->zone + i, n)));
        sum = vf_add(sum, part);
    }
    return sum;
}

/* 1 long before a scab falls, 0 long after. */
static inline vf age_scab(const smpk_moment *m, vf shed)
{
    const vf from = vf_sub(shed, vf_set1(m->shed_wide));
    vf t = vf_mul(vf_sub(vf_set1(m->days), from), vf_set1(0.5f / m->shed_wide));
    t = vf_hold(t, vf_set1(0.0f), vf_set1(1.0f));
    t = vf_mul(vf_mul(t, t), vf_sub(vf_set1(3.0f), vf_add(t, t)));
    return vf_sub(vf_set1(1.0f), t);
}

static void age_group(const smpk_age *job, size_t i, size_t n)
{
    const smpk_moment *m = job->moment;
    const vf one = vf_set1(1.0f), dose = vf_load_n(job->dose + i, n);
    const vf plateau = vf_load_n(job->plateau + i, n);
    const vf keeps = vf_add(plateau, vf_mul(vf_sub(one, plateau), vf_set1(m->bell)));
    vf seen = vf_mul(vf_mul(dose, keeps), age_left(job, vf_load_n(job->pace + i, n), i, n));
    vf spread2 = vf_mul(vf_load_n(job->diffusion + i, n), vf_set1(m->two_years));
    vf red = one;
    if (m->scab > 0.0f || m->dip > 0.0f) {
        const vf holds = age_scab(m, vf_load_n(job->shed + i, n));
        const vf crust = vf_mul(vf_set1(m->scab), holds), wide = vf_mul(vf_set1(m->wide), holds);
        const vf patch = vf_load_n(job->patch + i, n);
        vf pale = vf_add(vf_set1(0.35f), vf_mul(vf_set1(1.3f), patch));
        pale = vf_mul(vf_mul(vf_set1(m->dip), pale), vf_sub(one, holds));
        seen = vf_mul(vf_mul(seen, vf_add(one, crust)), vf_sub(one, pale));
        spread2 = vf_add(spread2, vf_mul(wide, wide));
        red = vf_sub(one, vf_mul(vf_set1(m->scab_red), vf_div(crust, vf_add(one, crust))));
    }
    vf_store_n(job->seen_dose + i, seen, n);
    vf_store_n(job->seen_top + i, vf_add(vf_load_n(job->top + i, n), vf_set1(m->swell)), n);
    vf_store_n(job->spread + i, vf_sqrt(spread2), n);
    vf_store_n(job->red + i, red, n);
}

void SMPK_FN(age)(const smpk_age *job, size_t n)
{
    for (size_t i = 0; i < n; i += SMPK_LANES)
        age_group(job, i, n - i < SMPK_LANES ? n - i : SMPK_LANES);
}
