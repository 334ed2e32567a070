/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a render of a part of the picture needs (docs/model/render.md, "A region"). */
#ifndef SMPI_RENDER_VIEW_H
#define SMPI_RENDER_VIEW_H

#include <smp/render.h>

#include "kernels/kernels.h"

#define SMPI_ORDER_PX 128u /* within a band and group, dots follow each other by such columns */

/* A part of the picture, pixels. */
typedef struct smpi_frame {
    float left, top, right, bottom;
} smpi_frame;

/* Nodes of a grid: columns [x0, x1), rows [y0, y1). */
typedef struct smpi_window {
    uint32_t x0, x1, y0, y1;
} smpi_window;

typedef struct smpi_view {
    int whole;
    smpi_frame part;              /* that is drawn, inside the bounds */
    smpi_frame cores;             /* dots that may reach it lie here */
    smpi_frame settled;           /* those that do, once they are aged */
    smpi_frame dots;              /* and these, too, give to the nodes that matter */
    smpi_window read[2], load[2]; /* of the tails: nodes that are read, that are gathered */
    smpi_window red_read, red_load;
} smpi_view;

/* Dots of a group, [first, end). */
typedef struct smpi_dot_run {
    uint32_t group, first, end;
} smpi_dot_run;

/* Once the dots are known: how far a core may ever reach. */
void smpi_view_limit(smp_preview *preview);
void smpi_view_whole(smp_preview *preview);
/* The part of a region that dots may change; 0 when there is none. */
int smpi_view_begin(smp_preview *preview, const smp_rect *region);
/* Once the cores are aged, and it is known how far they reach. */
void smpi_view_tails(smp_preview *preview);
/* Runs of a band's dots among which are all that lie in a box, in their order, one for a group. */
uint32_t smpi_view_runs(const smp_preview *preview, uint32_t band, const smpi_frame *box,
                        smpi_dot_run *runs);
/* Bands in which the dots of a box lie. */
void smpi_view_bands(const smp_preview *preview, const smpi_frame *box, uint32_t *first,
                     uint32_t *count);
/* Whether a core reaches what is drawn; those that were not aged say anything. */
int smpi_view_sees(const smp_preview *preview, const smpk_bump *drawn);

#endif
