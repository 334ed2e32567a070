/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * finer - a row of pixels from nodes two pixels apart, by quadratic B-splines: of rows above, at
 * and below it on an even row (1 6 1) / 8, of those at and below it on an odd one (1 1) / 2; along
 * the row alike. rows begin at the node before the first pixel, which is an even one. What is
 * written is n rounded up to whole groups of SMPK_FINER_GROUP, n at most SMPK_FINER_MOST; up to 16
 * nodes behind the last one that is used are read. Sums stay: the weights of a node add up to 4.
 * Error: that of float arithmetic, below 4e-7 of the largest node. */
#include "kernels/isa.h"
#include "kernels/kernels.h"
#include "kernels/vec.h"

static inline vf finer_at(vf before, vf here, vf after)
{
    return vf_add(vf_mul(vf_add(before, after), vf_set1(0.125f)), vf_mul(here, vf_set1(0.75f)));
}

static inline vf finer_between(vf before, vf after)
{
    return vf_mul(vf_add(before, after), vf_set1(0.5f));
}

#define FINER_ROOM (SMPK_FINER_MOST / 2 + 2 + 16)

/* All channels down, then all along: what was just stored is not loaded at once. */
void SMPK_FN(finer)(const smpk_finer *job, size_t n)
{
    float row[3][FINER_ROOM];
    const size_t half = (n + SMPK_FINER_GROUP - 1) / SMPK_FINER_GROUP * (SMPK_FINER_GROUP / 2);
    for (size_t c = 0; half && c < 3; c++) {
        const float *above = job->rows[0] + c * job->plane, *at = job->rows[1] + c * job->plane;
        const float *below = job->rows[2] + c * job->plane;
        for (size_t i = 0; i < half + 2; i += SMPK_LANES) {
            const vf here = vf_load(at + i), after = vf_load(below + i);
            vf_store(row[c] + i, job->odd ? finer_between(here, after)
                                          : finer_at(vf_load(above + i), here, after));
        }
    }
    for (size_t c = 0; c < 3; c++)
        for (size_t i = 0; i < half; i += SMPK_LANES) {
            const vf before = vf_load(row[c] + i), here = vf_load(row[c] + i + 1);
            const vf after = vf_load(row[c] + i + 2);
            vf_store_turns(job->out + c * job->out_plane + 2 * i, finer_at(before, here, after),
                           finer_between(here, after));
        }
}
