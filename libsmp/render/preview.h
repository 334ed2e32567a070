/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What a preview keeps between renders, and the steps of a render. */
#ifndef SMPI_RENDER_PREVIEW_H
#define SMPI_RENDER_PREVIEW_H

#include <smp/render.h>

#include "ageing/age.h"
#include "base/context.h"
#include "kernels/kernels.h"
#include "optics/dot.h"
#include "render/red.h"
#include "render/scar.h"
#include "render/stubble.h"
#include "render/view.h"

#define SMPI_BAND_ROWS 32u     /* rows that are drawn together */
#define SMPI_CELL_COLUMNS 32u  /* dots are drawn by cells, each of so many columns */
#define SMPI_CELL_ROWS 8u      /* and rows; whole ones to a band */
#define SMPI_TILE_COLUMNS 256u /* columns of a band that are drawn together, whole cells */
#define SMPI_SLOTS 8u          /* bands drawn at once, each with buffers of its own */
/* Floats from channel to channel of a tile's row, and from row to row: no power of 2, so that rows
 * share no cache sets. */
#define SMPI_TILE_PLANE ((size_t)SMPI_TILE_COLUMNS + 16)
#define SMPI_TILE_STRIDE (3 * SMPI_TILE_PLANE)
#define SMPI_TILE_FLOATS (SMPI_BAND_ROWS * SMPI_TILE_STRIDE)
/* The same where cores are drawn on nodes, two pixels apart, one more on each side. They lie behind
 * one row of pixels. */
#define SMPI_NODE_COLUMNS (SMPI_TILE_COLUMNS / 2 + 2)
#define SMPI_NODE_ROWS (SMPI_BAND_ROWS / 2 + 2)
#define SMPI_NODE_PLANE ((size_t)SMPI_TILE_COLUMNS / 2 + 32)
#define SMPI_NODE_STRIDE (3 * SMPI_NODE_PLANE)
#define SMPI_NODE_FLOATS (SMPI_NODE_ROWS * SMPI_NODE_STRIDE)

/* A dot as this photo sees it, whatever the day. */
typedef struct smpi_seen_dot {
    float u, v;     /* picture coordinates */
    float cov[3];   /* uu, uv, vv: the tangent plane's unit circle in the picture, px2 per mm2 */
    uint32_t index; /* into the dots */
    float blur2;    /* the photo's blur there, a variance in px2 */
} smpi_seen_dot;

/* Where dots lie between the nodes of a grid, and what of their own tails they find there. */
typedef struct smpi_between {
    int32_t *node; /* the first of four */
    float *share_x, *share_y;
    float *own[3]; /* per mm2 given */
} smpi_between;

/* The seen dots, in their order, each figure an array of its own: what no day changes. */
typedef struct smpi_still {
    float *u, *v, *uu, *uv, *vv;
    float *extra;                          /* variance that blur and the pixel's box add, px2 */
    float *diameter, *top, *height, *dose; /* as implanted */
    float *plateau, *pace, *diffusion, *shed, *patch; /* smpi_nature */
    smpi_between between[2];
    int32_t *zone;
    uint8_t *group;   /* each run of dots of one group lies within a band */
    uint8_t *outside; /* bit of a grid: its nodes do not take the dot's tail */
} smpi_still;

/* Seen dots as they are on the day. */
typedef struct smpi_drawn {
    smpk_bump *bump;
    float *tail[2][3]; /* what each gives to the narrower and to the wider tail, mm2 */
} smpi_drawn;

/* The broad faint tails of all dots, on a coarse grid: narrower ones, or wider ones. */
typedef struct smpi_tail {
    uint32_t step; /* picture pixels from node to node */
    uint32_t width,
        height;        /* nodes; node (i, j) lies on a pixel's middle, (x0 + i step, y0 + j step) */
    float *load[3];    /* absorbed share over passed share, for R, G, B */
    float *weight[3];  /* 1 / (skin per node, mm2, spread like the tail); 0 where there is none */
    float *scratch[3]; /* where both are joined: what the tails let through, 1 / (1 + load) */
    float *taps[3];    /* half of a symmetric filter, from its middle */
    uint32_t tap_count;
    float *memory; /* all of the above */
    size_t memory_floats;
} smpi_tail;

/* Reads and writes the photo's own format in linear light. */
typedef struct smpi_light {
    float *decode;     /* 256 or 65536 values, NULL for float formats */
    float *thresholds; /* 255 midpoints, for 8-bit formats */
    uint8_t *start;    /* a code to start from, by linear light, 4096 cells */
    float *cells;      /* of the codec, bits of integers */
    smpk_codec codec;  /* its decode is NULL where there is none: not 8 bits */
    uint32_t decode_count;
    uint32_t space, format;
} smpi_light;

/* A row of 8-bit pixels on their way. */
typedef struct smpi_light_row {
    const uint8_t *in;
    uint8_t *out;
    const float *t[3];               /* what is let through, R G B */
    const uint16_t *shine;           /* 65535 is 1 */
    ptrdiff_t in_stride, out_stride; /* bytes from row to row */
    size_t shine_stride;             /* elements */
} smpi_light_row;

/* What each pixel of an area says, whatever the day: the mask and the mirrored light. */
typedef struct smpi_ground {
    smp_rect area;          /* holds the bounds */
    uint16_t *mask, *shine; /* 65535 is 1; shine for 8-bit photos alone */
    uint32_t *from, *to;    /* of each row: where the mask begins and ends, columns of the photo */
    int32_t *node;          /* of each column of the bounds: the node of the tails to its left */
    float *share;           /* and how far it is on its way to the next */
} smpi_ground;

/* Skin in small pieces, where the camera sees them: what the tails' weights are gathered from. */
typedef struct smpi_piece {
    double u, v; /* picture coordinates less half a pixel */
    float mm2;
} smpi_piece;

typedef struct smpi_pieces {
    smp_rect area; /* those that give to nodes of bounds inside it are there */
    smpi_piece *piece;
    uint32_t count, capacity;
} smpi_pieces;

/* What a dot model stands for. */
typedef struct smpi_model_key {
    smp_pigment pigment;
    float melanin;
    int tall, made;
} smpi_model_key;

/* Figures of a day that the dots of a group share. */
typedef struct smpi_day {
    smpk_moment moment[SMPI_GROUPS_MAX];
    float left[SMPI_GROUPS_MAX][SMPI_MIX_ABSORBING][SMP_ZONES_MAX + 1]; /* by lasers */
    smpk_look_model look[SMPI_GROUPS_MAX];                              /* of each model */
} smpi_day;

struct smp_preview {
    const smp_context *ctx;
    const smp_scalp *scalp;
    smp_plan *plan;     /* its own: a copy of the caller's */
    smp_life_desc life; /* the plan's, or what took its place */
    int own_life;       /* 1: something took its place */
    smp_places *places; /* shared with whoever else has them */
    smp_dots *dots;
    smp_image photo;
    smp_rect bounds;
    smpi_dot_model *model; /* one for each pigment of the plan */
    smpi_model_key *model_key;
    uint32_t model_count;
    uint8_t model_of[SMPI_GROUPS_MAX]; /* which a group of dots uses */
    smpi_dot_skin *dot_skin;           /* of the models */
    int tall;                          /* 1: some columns are as tall as those of tattoos */
    smp_skin skin;                     /* as photographed */
    int drifts;                        /* 1: models change with the day */
    smpi_light light;
    smpi_tail tail[2];     /* the first ends up holding both */
    smpi_pieces pieces[2]; /* of each tail; on a head alone */
    smpi_ground ground;
    double blur_px;
    smpi_red red;
    smpi_stubble stubble;
    smpi_hair_places hairs;
    smpi_scar scar;
    smpi_clock clock;    /* of the day that is drawn */
    double skin_type;    /* that the photo's skin stands for, 1 to 6 */
    smpi_seen_dot *seen; /* sorted by band, then group, then column of tiles, then index */
    smpi_still still;
    smpi_drawn drawn;
    void *dot_memory; /* of still and drawn */
    size_t dot_bytes;
    smpi_day day;
    uint32_t seen_count, seen_capacity;
    uint32_t found_count; /* seen_count, or more where the bounds are empty */
    uint32_t *band_first; /* where a band starts in seen; band_count + 1 of them count */
    size_t band_slots;
    uint32_t band_count, band_top; /* bands start at a multiple of SMPI_BAND_ROWS */
    float *band_reach;             /* of the largest dot of each band on the day */
    float reach_px;                /* and of all that may be drawn */
    float limit_px;                /* no core reaches further on any day */
    smpi_view view;                /* what is drawn */
    float core_less;               /* px2 that cores are drawn narrower, on nodes; 0: on pixels */
    uint32_t *cell_first;          /* where a cell starts in cell_dot, row by row, and an end */
    uint32_t *cell_dot;            /* the seen dots by cells */
    size_t cell_slots;
    uint32_t cell_dots;             /* of cell_dot */
    uint32_t cell_count, cell_left; /* of a row; cells start at a multiple of a tile's columns */
    float *rows;                    /* SMPI_SLOTS buffers */
    size_t slot_floats;
};

/* light.c */
smp_status smpi_light_create(const smp_context *ctx, const smp_image *photo, smpi_light *light,
                             smp_diag *diag);
void smpi_light_destroy(const smp_context *ctx, smpi_light *light);
/* n pixels of a row as three planes of linear light, `plane` floats apart. */
void smpi_light_get(const smpi_light *light, const smp_image *photo, uint32_t y, uint32_t x0,
                    uint32_t n, float *planes, size_t plane);
/* Pixels of a row in linear light and what was let through, planes so many floats apart. */
typedef struct smpi_light_planes {
    const float *light, *t;
    size_t light_plane, t_plane;
} smpi_light_planes;

/* Writes those pixels of a row whose t is not 1 in every channel; the others stay as they are. */
void smpi_light_put(const smpi_light *light, const smp_image *out, uint32_t y, uint32_t x0,
                    uint32_t n, const smpi_light_planes *planes);

/* Whether pixels are of 8 bits and can be done in one go. */
int smpi_light_composes(const smpi_light *light);
/* Pixels of 8 bits in one go; 0 when the format is another. */
int smpi_light_compose(const smpi_light *light, const smpk_table *kernels,
                       const smpi_light_row *row, uint32_t n);

/* ground.c */
/* `old` may hold some of it: where it holds all, the ground is left as it is, which must be a copy
 * of that. */
smp_status smpi_ground_create(smp_preview *preview, const smpi_ground *old, smp_diag *diag);
void smpi_ground_destroy(const smp_context *ctx, smpi_ground *ground);
/* Where a pixel of the bounds is in mask and shine. */
size_t smpi_ground_at(const smpi_ground *ground, uint32_t x, uint32_t y);

/* pieces.c */
/* Adds the skin that the nodes of a tail stand for, mm2, to its first load, which is 0. Without
 * `old`, the pieces are not kept; otherwise as above. */
smp_status smpi_pieces_gather(smp_preview *preview, int which, const smpi_pieces *old,
                              smp_diag *diag);
void smpi_pieces_destroy(const smp_context *ctx, smpi_pieces *pieces);
/* 1 where all of a rectangle lies inside another. */
int smpi_rect_inside(const smp_rect *part, const smp_rect *whole);
/* The rectangle, wider by so many pixels on each side, and another one, within the photo. */
smp_rect smpi_rect_grown(const smp_preview *preview, const smp_rect *rect, uint32_t more,
                         const smp_rect *with);

/* tail.c */
smp_status smpi_tail_create(smp_preview *preview, const smpi_pieces *old, smp_diag *diag);
void smpi_tail_destroy(const smp_context *ctx, smpi_tail *tail);
/* Gathers the tails of all drawn dots. */
smp_status smpi_tail_fill(smp_preview *preview);
/* What the tails let through along row j of nodes, at n columns of pixels from x0 on, three planes
 * so many floats apart. */
void smpi_tail_row(const smp_preview *preview, uint32_t j, uint32_t x0, uint32_t n, float *planes,
                   size_t plane);

/* around.c */
/* The first of the four nodes around a place, and each one's part; 0 where there are none. The
 * first nodes, which lie half a pixel inside, take what lies before them. */
int smpi_nodes_around(const smpi_tail *tail, float fx, float fy, size_t *at, float part[4]);
/* Rows [from, to) of one grid's nodes: what the drawn dots give to them, from 0. Rows may be
 * gathered at once and in any portions. */
void smpi_gather_dots(const smp_preview *preview, int which, uint32_t from, uint32_t to);
/* Whatever the day: where each dot lies between nodes, what it finds of its own tails. */
smp_status smpi_around_create(smp_preview *preview, smp_diag *diag);
/* What the tails of the other dots leave of the light at n seen dots, 0 to 1, for R, G, B. */
void smpi_around(const smp_preview *preview, uint32_t first, uint32_t n, float *const left[3]);

/* still.c */
/* Sorts the seen dots, and makes room for what is kept of them. */
smp_status smpi_still_sort(smp_preview *preview, smp_diag *diag);
/* Fills in what no day changes, but for smpi_around_create. */
smp_status smpi_still_create(smp_preview *preview, smp_diag *diag);
void smpi_still_drop(smp_preview *preview, const smp_preview *kept);

/* models.c */
/* The tails' widths are those of the skin, alike in all. `old`, or NULL, may have some of them. */
smp_status smpi_models_create(smp_preview *preview, const smp_preview *old, smp_diag *diag);
/* Models of fresh pigment in the skin as photographed, but for those that are such already. */
smp_status smpi_models_reset(smp_preview *preview, const smp_preview *old, smp_diag *diag);
/* For the clock's day: 0.3 ms for each pigment of a mix, 1.5 ms more where skin is tanned, nothing
 * for a lone component. */
smp_status smpi_models_day(smp_preview *preview, double day);
void smpi_models_destroy(smp_preview *preview);

/* see.c */
/* Which dots the photo sees, in their order, and where; `old`, or NULL, may have seen some. */
smp_status smpi_see_dots(smp_preview *preview, const smp_preview *old, smp_diag *diag);
/* The box of all seen dots with their margins, and of the stubble. */
void smpi_find_bounds(smp_preview *preview);

/* preview.c */
/* The band that a row of the picture lies in. */
uint32_t smpi_band_of(const smp_preview *preview, float v);
/* All that depends on the bounds; what `old`, or NULL, has of it and stays is a copy of that. */
smp_status smpi_lay_out(smp_preview *preview, const smp_preview *old, smp_diag *diag);
/* Frees what a preview has and another one has not. */
void smpi_preview_drop(smp_preview *preview, const smp_preview *kept);

/* edit.c */
/* The dots of the plan, from the places at hand where they fit. */
smp_status smpi_edit_dots(smp_preview *preview, const smp_progress *progress, smp_diag *diag);

/* cells.c */
/* Once the seen dots are sorted: which of them lie in which cell. */
smp_status smpi_cells_create(smp_preview *preview, smp_diag *diag);
void smpi_cells_drop(smp_preview *preview, const smp_preview *kept);
/* The cell of a place, among all bands' cells. */
uint32_t smpi_cell_of(const smp_preview *preview, float u, float v);

/* dots.c */
/* Turns what is seen of a lone dot on the skin into a bump in the picture; blur2 is the photo's
 * blur, a variance in px2. */
void smpi_draw_place(const smpi_seen_dot *seen, const smpi_dot_seen *look, float blur2,
                     smpk_bump *drawn);
/* Works out every seen dot for the day. */
smp_status smpi_draw_dots(smp_preview *preview, double day);
/* Then, once the tails are gathered, weakens each core by what the other dots take from its light.
 */
smp_status smpi_settle_cores(smp_preview *preview);
/* draw.c */
/* The bump's exponent k as t^n (a + b t) with t = 1 - q, unit integral over a disc of radius 1 but
 * for 1 / pi. */
void smpi_bump_shape(smpk_dot *bump, float k);
/* The variance that reading between nodes gives to cores, px2, where every one is blurred enough to
 * be drawn on nodes; 0 where it is not. */
float smpi_core_less(const smp_preview *preview);
/* Draws the cores of a tile, whose first pixel is (left, top): SMPI_TILE_STRIDE floats to a row,
 * SMPI_TILE_PLANE to a channel of it; or on nodes, SMPI_NODE_STRIDE and SMPI_NODE_PLANE. */
void smpi_draw_tile(const smp_preview *preview, uint32_t left, uint32_t top, float *core);

#endif
