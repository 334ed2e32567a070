/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A contact strip: pictures in rows of four, each whole and as a close-up below. */
#ifndef SMP_TOOLS_CONTACT_H
#define SMP_TOOLS_CONTACT_H

#include <smp/smp.h>

typedef struct cli_contact {
    smp_image image; /* rgb8, sRGB */
    uint32_t count, panel_width, panel_height, close_height;
    uint32_t label_height;     /* room for words above each panel */
    uint32_t close_x, close_y; /* the top left pixel of the close-up in each picture */
} cli_contact;

/* Room for count panels, gaps painted gray; labels: 1 for words above each. Returns 1, or 0 when
 * memory is short. */
int cli_contact_init(cli_contact *strip, uint32_t count, uint32_t panel_width,
                     uint32_t panel_height, int labels);
void cli_contact_clear(cli_contact *strip);

/* Puts an rgb8 picture into a panel: shrunk in linear light, and below it pixel for pixel. */
void cli_contact_put(cli_contact *strip, uint32_t index, const smp_image *picture);

/* Words above a panel, of the letters that cli_canvas_text knows. */
void cli_contact_label(cli_contact *strip, uint32_t index, const char *words);

#endif
