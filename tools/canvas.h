/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Lines, areas and words, drawn as SVG or into pixels. */
#ifndef SMP_TOOLS_CANVAS_H
#define SMP_TOOLS_CANVAS_H

#include <smp/smp.h>

typedef struct cli_canvas {
    double width, height;
    double scale;    /* pixels a unit; only of pixels */
    smp_image image; /* data NULL: SVG */
    char *svg;       /* its text so far, to be freed */
    size_t size, room;
    int failed; /* 1: memory ran short */
} cli_canvas;

/* pixels: 1 for a picture of twice as many pixels as units, 0 for SVG. Returns 1, or 0 when memory
 * is short. */
int cli_canvas_init(cli_canvas *canvas, double width, double height, int pixels);
/* Ends the SVG. Returns 1, or 0 when memory ran short on the way. */
int cli_canvas_end(cli_canvas *canvas);
void cli_canvas_clear(cli_canvas *canvas);

/* xy: x y of each of count points; rgb as 0xrrggbb; dash: units on and off, 0: none. */
void cli_canvas_line(cli_canvas *canvas, const double *xy, uint32_t count, double wide,
                     uint32_t rgb, double dash);
/* A polygon, filled. opacity in [0, 1]. */
void cli_canvas_area(cli_canvas *canvas, const double *xy, uint32_t count, uint32_t rgb,
                     double opacity);
/* Letters, digits and ". , ; - + * % / : ( ) =", lower case but for L. size: of a line; at: 0 left,
 * 1 right, 0.5 middle of x. */
void cli_canvas_text(cli_canvas *canvas, double x, double y, double size, double at,
                     const char *text);

#endif
