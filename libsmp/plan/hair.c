/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Hair that a pattern leaves: borders of loss drawn on the map of the scalp (crown in the middle,
 * front up, polar angle as radius, 100 to the radian: about millimetres), softened and roughened.
 */
#include "plan/hair.h"

#include <math.h>

#include "base/context.h"
#include "base/diag.h"
#include "base/math.h"
#include "base/random.h"
#include "geometry/head.h"
#include "plan/outline.h"
#include "plan/plan.h"

enum { AROUND = 320, DOWN = 112, PATCH = 256, BORDER_MAX = 12 };
#define LOWEST (0.74 * SMPI_PI)
#define PER_RADIAN 100.0
#define STEP_MM 9.0  /* of the border for a whole step of progress */
#define ROUGH_MM 4.0 /* in and out of the border, never the same left and right */
#define ROUGH_CELL 17.0
#define FINE_MM 1.6
#define FINE_CELL 5.0
#define FAR 400.0

typedef struct spot {
    float x, y; /* right of the midline, in front of the crown */
} spot;

/* Hair lost in an ellipse, besides what lies in front of the border. */
typedef struct oval {
    float y, rx, ry; /* y 0: about the whorl */
    float loss;      /* in its middle */
    float edge;      /* times the pattern's edge */
} oval;

typedef struct loss_type {
    const spot *border; /* right half from the midline to the temple: hair is lost before it */
    uint32_t count;
    oval ovals[2];
} loss_type;

/* Drawn after the published descriptions of the types (docs/plan.md 4): how far corners reach
 * ahead of or past the line over the head through the ear canals (y 0), bridge there, thin or gone,
 * height of the fringe. Coordinates are drawn by eye. */
static const spot n2[] = {{0, 100}, {30, 95}, {40, 76},  {48, 52},  {57, 34},
                          {68, 37}, {84, 60}, {100, 86}, {130, 112}};
static const spot n2a[] = {{0, 66},  {20, 65}, {38, 56},  {52, 40},
                           {66, 40}, {84, 60}, {100, 86}, {130, 112}};
static const spot n3[] = {{0, 104}, {27, 96}, {33, 78}, {39, 54},  {48, 30},
                          {58, 22}, {70, 32}, {86, 60}, {102, 86}, {130, 112}};
static const spot n3a[] = {{0, 45},  {18, 44}, {36, 36},  {52, 21},  {66, 21},
                           {78, 38}, {90, 62}, {104, 86}, {130, 112}};
static const spot n4[] = {{0, 98}, {19, 90}, {26, 70}, {33, 42},  {43, 14},
                          {56, 5}, {70, 18}, {84, 48}, {103, 84}, {130, 110}};
static const spot n4a[] = {{0, 20},  {20, 18}, {40, 9},   {56, 0},   {71, 6},
                           {82, 34}, {94, 62}, {106, 86}, {130, 110}};
static const spot n5[] = {{0, 82},   {14, 76}, {21, 54}, {28, 24},  {40, -4},
                          {58, -14}, {74, 2},  {86, 36}, {105, 82}, {130, 108}};
static const spot n5a[] = {{0, -62}, {24, -60}, {46, -46}, {64, -24},
                           {77, 2},  {87, 32},  {106, 82}, {130, 108}};
static const spot n6[] = {{0, -108}, {32, -102}, {60, -82}, {82, -52}, {95, -16},
                          {101, 18}, {104, 46},  {112, 78}, {132, 104}};
static const spot n7[] = {{0, -148}, {44, -138}, {84, -110}, {112, -72}, {130, -26},
                          {138, 14}, {138, 44},  {138, 74},  {146, 98}};

#define BORDER(spots) (spots), (uint32_t)(sizeof(spots) / sizeof *(spots))

static const loss_type types[SMP_PATTERN_COUNT] = {
    [SMP_PATTERN_NORWOOD_2] = {BORDER(n2), {{0}}},
    [SMP_PATTERN_NORWOOD_2A] = {BORDER(n2a), {{0}}},
    [SMP_PATTERN_NORWOOD_3] = {BORDER(n3), {{0}}},
    [SMP_PATTERN_NORWOOD_3A] = {BORDER(n3a), {{0}}},
    [SMP_PATTERN_NORWOOD_3V] = {BORDER(n3), {{0.0f, 27, 30, 0.9f, 1.5f}}},
    [SMP_PATTERN_NORWOOD_4] = {BORDER(n4), {{0.0f, 35, 38, 1.0f, 1.2f}, {62, 26, 34, 0.35f, 1.5f}}},
    [SMP_PATTERN_NORWOOD_4A] = {BORDER(n4a), {{0}}},
    [SMP_PATTERN_NORWOOD_5] = {BORDER(n5), {{0.0f, 46, 46, 1.0f, 1.0f}, {30, 44, 62, 0.65f, 1.5f}}},
    [SMP_PATTERN_NORWOOD_5A] = {BORDER(n5a), {{0}}},
    [SMP_PATTERN_NORWOOD_6] = {BORDER(n6), {{0}}},
    [SMP_PATTERN_NORWOOD_7] = {BORDER(n7), {{0}}},
    /* The part widens behind a front that stays. */
    [SMP_PATTERN_LUDWIG_1] = {NULL, 0, {{14, 34, 52, 0.35f, 2.2f}}},
    [SMP_PATTERN_LUDWIG_2] = {NULL, 0, {{8, 46, 60, 0.62f, 2.2f}}},
    [SMP_PATTERN_LUDWIG_3] = {NULL, 0, {{0.5f, 58, 68, 0.92f, 1.8f}}},
};

static double smooth(double t)
{
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    return t * t * (3.0 - 2.0 * t);
}

static double to_piece(const spot *a, const spot *b, double x, double y)
{
    const double ax = (double)a->x, ay = (double)a->y;
    const double dx = (double)b->x - ax, dy = (double)b->y - ay;
    double t = (dx * (x - ax) + dy * (y - ay)) / (dx * dx + dy * dy);
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    const double ex = x - ax - t * dx, ey = y - ay - t * dy;
    return sqrt(ex * ex + ey * ey);
}

/* How far a place of the map lies in front of a border, negative behind. x is taken without its
 * sign; x rises along every border but for the last steps of a few. */
static double before_border(const loss_type *type, double x, double y)
{
    double best = FAR;
    int crossings = 0;
    x = fabs(x);
    for (uint32_t i = 0; i + 1 < type->count; i++) {
        const spot *a = &type->border[i], *b = a + 1;
        const double d = to_piece(a, b, x, y);
        best = d < best ? d : best;
        const double ax = (double)a->x, bx = (double)b->x;
        if ((ax <= x) == (bx <= x))
            continue;
        const double at = (double)a->y + ((double)b->y - (double)a->y) * (x - ax) / (bx - ax);
        crossings += at < y;
    }
    /* Beyond the last point the border goes on forwards. */
    const spot *last = &type->border[type->count - 1];
    if ((double)last->x <= x)
        return -best;
    return crossings % 2 ? best : -best;
}

/* Everything that a node needs. */
typedef struct grower {
    const smpi_plan_data *data;
    const loss_type *type;
    double whorl_x, whorl_y;
    double patch[40][4]; /* middles and radii of bald patches; mm */
    uint32_t patches;
} grower;

static double rough(const grower *g, const double xyz[3])
{
    const uint32_t seed = g->data->desc.seed;
    double coarse[3], fine[3];
    for (int j = 0; j < 3; j++) {
        coarse[j] = xyz[j] / ROUGH_CELL;
        fine[j] = xyz[j] / FINE_CELL;
    }
    return ROUGH_MM * smpi_noise3(seed, 0x706c0020u, coarse) +
           FINE_MM * smpi_noise3(seed, 0x706c0021u, fine);
}

static double oval_loss(const grower *g, const oval *o, double x, double y, double out)
{
    const smp_pattern_desc *p = &g->data->pattern;
    const int whorl = !(o->y > 0.0f);
    const double cx = whorl ? g->whorl_x : 0.0, cy = whorl ? g->whorl_y : (double)o->y;
    const double s = (x - cx) / (double)o->rx, t = (y - cy) / (double)o->ry;
    const double radius = 0.5 * ((double)o->rx + (double)o->ry);
    const double inside = (1.0 - sqrt(s * s + t * t)) * radius + out;
    const double edge = (double)p->edge_mm * (double)o->edge;
    return (double)o->loss * smooth(inside / edge + 0.5);
}

/* Share of hair that is lost at a place. */
static double lost_at(const grower *g, double u, double v, const double xyz[3])
{
    const smp_pattern_desc *p = &g->data->pattern;
    const double x = PER_RADIAN * v * smpi_sin(u), y = PER_RADIAN * v * smpi_cos(u);
    const double out = rough(g, xyz) + STEP_MM * (double)p->progress;
    double kept = 1.0;
    if (g->type->count) {
        const double d = before_border(g->type, x, y) + out;
        kept = 1.0 - smooth(d / (double)p->edge_mm + 0.5);
    }
    for (int i = 0; i < 2; i++)
        if (g->type->ovals[i].loss > 0.0f)
            kept *= 1.0 - oval_loss(g, &g->type->ovals[i], x, y, out);
    return 1.0 - kept;
}

/* Alopecia areata: round patches with sharp, slightly uneven borders. */
static double lost_in_patches(const grower *g, const double xyz[3])
{
    double kept = 1.0;
    const double out = 0.6 * rough(g, xyz) + 0.3 * STEP_MM * (double)g->data->pattern.progress;
    const double edge = 0.35 * (double)g->data->pattern.edge_mm;
    for (uint32_t i = 0; i < g->patches; i++) {
        const double *c = g->patch[i];
        const double dx = xyz[0] - c[0], dy = xyz[1] - c[1], dz = xyz[2] - c[2];
        const double d = c[3] + out - sqrt(dx * dx + dy * dy + dz * dz);
        kept *= 1.0 - smooth(d / edge + 0.5);
    }
    return 1.0 - kept;
}

/* Where patches lie: anywhere on the hair-bearing scalp, by the seed. */
static void place_patches(grower *g)
{
    const smpi_plan_data *data = g->data;
    const uint32_t seed = data->desc.seed;
    g->patches = data->pattern.patch_count;
    for (uint32_t i = 0; i < g->patches; i++) {
        const double a = smpi_unit_double(smpi_hash(seed, i, 0x706c0022u));
        const double b = smpi_unit_double(smpi_hash(seed, i, 0x706c0023u));
        const double c = smpi_unit_double(smpi_hash(seed, i, 0x706c0024u));
        double *p = g->patch[i];
        if (data->head.shape == SMP_SHAPE_FLAT) {
            p[0] = a * (double)data->head.width_mm;
            p[1] = b * (double)data->head.height_mm;
            p[2] = 0.0;
        } else {
            const double u = SMPI_PI * (2.0 * a - 1.0);
            /* Farther down at the back than at the front; the root spreads them evenly. */
            const double down = 1.30 - 0.55 * smpi_cos(u);
            smpi_head_unpolar(&data->head, u, down * sqrt(b), p);
        }
        p[3] = 0.5 * (double)data->pattern.patch_mm * (0.55 + 0.9 * c);
    }
}

static void grow(const grower *g, smpi_hair *hair)
{
    const smp_head *head = &g->data->head;
    const uint32_t pattern = g->data->pattern.pattern;
    for (uint32_t j = 0; j < hair->nv; j++)
        for (uint32_t i = 0; i < hair->nu; i++) {
            const double u = hair->u0 + i / hair->per_u, v = hair->v0 + j / hair->per_v;
            double xyz[3] = {u, v, 0.0}, lost;
            if (head->shape != SMP_SHAPE_FLAT)
                smpi_head_unpolar(head, u, v, xyz);
            if (pattern == SMP_PATTERN_TOTAL)
                lost = 1.0;
            else if (pattern == SMP_PATTERN_PATCHES)
                lost = lost_in_patches(g, xyz);
            else if (head->shape == SMP_SHAPE_FLAT)
                lost = (double)g->type->ovals[0].loss; /* thin all over */
            else
                lost = lost_at(g, u, v, xyz);
            hair->left[(size_t)j * hair->nu + i] = (float)(1.0 - lost);
        }
}

smp_status smpi_hair_build(const smp_context *ctx, const smpi_plan_data *data, smpi_hair *hair,
                           smp_diag *diag)
{
    const smp_pattern_desc *p = &data->pattern;
    const int flat = data->head.shape == SMP_SHAPE_FLAT;
    *hair = (smpi_hair){0};
    if (p->pattern == SMP_PATTERN_NONE)
        return SMP_OK;
    hair->wrap = !flat;
    hair->nu = flat ? PATCH : AROUND;
    hair->nv = flat ? PATCH : DOWN;
    hair->u0 = flat ? 0.0 : -SMPI_PI;
    hair->per_u = flat ? (PATCH - 1) / (double)data->head.width_mm : AROUND / (2.0 * SMPI_PI);
    hair->per_v = flat ? (PATCH - 1) / (double)data->head.height_mm : (DOWN - 1) / LOWEST;
    const size_t nodes = (size_t)hair->nu * hair->nv;
    const smp_status status = smpi_new(ctx, &hair->left, nodes, sizeof *hair->left, "hair", diag);
    if (status != SMP_OK) {
        hair->nu = hair->nv = 0;
        return status;
    }
    grower g = {.data = data,
                .type = &types[p->pattern],
                .whorl_x = (double)p->whorl_left_mm,
                .whorl_y = -(double)p->whorl_back_mm};
    if (p->pattern == SMP_PATTERN_PATCHES)
        place_patches(&g);
    grow(&g, hair);
    return SMP_OK;
}

void smpi_hair_free(const smp_context *ctx, smpi_hair *hair)
{
    smpi_free(ctx, hair->left, (size_t)hair->nu * hair->nv * sizeof *hair->left);
    *hair = (smpi_hair){0};
}

double smpi_hair_at(const smpi_hair *hair, double u, double v)
{
    const double x = (u - hair->u0) * hair->per_u;
    double y = (v - hair->v0) * hair->per_v;
    const double width = hair->wrap ? hair->nu : hair->nu - 1.0;
    if (!(x >= 0.0 && x <= width && y >= 0.0))
        return 1.0;
    y = y < hair->nv - 1.0 ? y : hair->nv - 1.0;
    uint32_t i = (uint32_t)x, j = (uint32_t)y;
    const uint32_t last = hair->wrap ? hair->nu - 1 : hair->nu - 2;
    i = i > last ? last : i;
    j = j > hair->nv - 2 ? hair->nv - 2 : j;
    const uint32_t right = i + 1 < hair->nu ? i + 1 : 0;
    const float *row = hair->left + (size_t)j * hair->nu, *next = row + hair->nu;
    const double a = (double)row[i], b = (double)row[right];
    const double c = (double)next[i], d = (double)next[right];
    const double above = a + (b - a) * (x - i), below = c + (d - c) * (x - i);
    return above + (below - above) * (y - j);
}
