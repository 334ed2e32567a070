/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * under - pigment lies under the shine: light = shine + (light - shine) t, in place, linear light.
 */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

static inline vf under_v(vf light, vf shine, vf t)
{
    return vf_add(shine, vf_mul(vf_sub(light, shine), t));
}

void SMPK_FN(under)(float *light, const float *shine, const float *t, size_t n)
{
    size_t i = 0;
    for (; i + SMPK_LANES <= n; i += SMPK_LANES)
        vf_store(light + i, under_v(vf_load(light + i), vf_load(shine + i), vf_load(t + i)));
    if (i < n)
        vf_store_n(light + i,
                   under_v(vf_load_n(light + i, n - i), vf_load_n(shine + i, n - i),
                           vf_load_n(t + i, n - i)),
                   n - i);
}
