/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The skyline: where bare skin goes on beyond the outline of the head's model, the rim of the model
 * is bent out to it, so that dots reach the edge of the head that is seen. docs/model/scalp.md,
 * (S18). */
#include <math.h>

#include "base/math.h"
#include "geometry/camera.h"
#include "scalp/rows.h"
#include "scalp/scalp.h"

#define ANGLES SMPI_SCALP_ANGLES
#define RIM 0.70         /* of the outline: within it nothing is bent */
#define INSIDE 0.90      /* from here outwards there must be skin up to the skyline */
#define FARTHEST 1.09    /* as far as is looked */
#define LEAST 0.012f     /* of the outline: less is left as it is */
#define LIKE_OFF 0.24f   /* colour that skin cannot have, (S5) */
#define LIKE_SHARE 0.28f /* body over the diffuse light inside the rim */
#define LIKE_DARK 0.27f  /* luminance over it */
#define LIKE_BRIGHT 1.7f
#define STEEP 0.30f /* relative change of a pixel to the next: an edge */
#define NEAR 3      /* angles to each side that must agree: 4 degrees */

/* 0 within the rim, 1 on the outline; slope receives its derivative. */
static double bulge(double at, double *slope)
{
    double t = (at - RIM) / (1.0 - RIM);
    t = t > 0.0 ? (t < 1.0 ? t : 1.0) : 0.0;
    *slope = 6.0 * t * (1.0 - t) / (1.0 - RIM);
    return t * t * (3.0 - 2.0 * t);
}

/* Between the angles of a table; turn counts them from 0. */
static double at_angle(const float *table, double turn)
{
    const uint32_t i = (uint32_t)turn % ANGLES;
    const double part = turn - floor(turn);
    return (double)table[i] + part * (double)(table[(i + 1) % ANGLES] - table[i]);
}

static double turn_of(double dx, double dy)
{
    const double turn = smpi_atan2(dy, dx) * (0.5 * ANGLES / SMPI_PI);
    return turn < 0.0 ? turn + ANGLES : turn;
}

void smpi_scalp_bend(const smp_scalp *scalp, double uv[2])
{
    if (!scalp->bent)
        return;
    const double dx = uv[0] - scalp->middle[0], dy = uv[1] - scalp->middle[1];
    const double r = sqrt(dx * dx + dy * dy);
    if (!(r > scalp->rim_px))
        return;
    double slope;
    const double turn = turn_of(dx, dy);
    const double way =
        1.0 + at_angle(scalp->beyond, turn) * bulge(r / at_angle(scalp->outline, turn), &slope);
    uv[0] = scalp->middle[0] + way * dx;
    uv[1] = scalp->middle[1] + way * dy;
}

void smpi_scalp_unbend(const smp_scalp *scalp, double uv[2])
{
    if (!scalp->bent)
        return;
    const double dx = uv[0] - scalp->middle[0], dy = uv[1] - scalp->middle[1];
    const double r = sqrt(dx * dx + dy * dy);
    if (!(r > scalp->rim_px))
        return;
    const double turn = turn_of(dx, dy), beyond = at_angle(scalp->beyond, turn);
    const double to = r / at_angle(scalp->outline, turn);
    double at = to / (1.0 + beyond); /* Newton's way up from the farthest in */
    for (int k = 0; k < 6; k++) {
        double slope;
        const double out = bulge(at, &slope);
        at -= (at * (1.0 + beyond * out) - to) / (1.0 + beyond * (out + at * slope));
    }
    uv[0] = scalp->middle[0] + dx * (at / to);
    uv[1] = scalp->middle[1] + dy * (at / to);
}

/* The model's outline round the middle of the head, photo pixels. */
static int measure_outline(smp_scalp *scalp)
{
    const double centre[3] = {0.0, scalp->ellipsoid.cy, 0.0};
    if (!smp_camera_project(&scalp->camera, centre, scalp->middle))
        return 0;
    const smpi_ellipsoid *e = &scalp->ellipsoid;
    const double most =
        4.0 * scalp->camera.px_per_mm * fmax(fmax(e->a, e->c), fmax(e->up, e->down));
    double least = most;
    for (uint32_t k = 0; k < ANGLES; k++) {
        const double angle = 2.0 * SMPI_PI * k / ANGLES;
        const double c = smpi_cos(angle), s = smpi_sin(angle);
        double in = 0.0, out = most, xyz[3], normal[3];
        for (int turn = 0; turn < 20; turn++) {
            const double r = 0.5 * (in + out);
            const double uv[2] = {scalp->middle[0] + r * c, scalp->middle[1] + r * s};
            if (smpi_camera_see(&scalp->camera, &scalp->ellipsoid, uv, xyz, normal))
                in = r;
            else
                out = r;
        }
        if (!(in > 0.0))
            return 0;
        scalp->outline[k] = (float)in;
        least = in < least ? in : least;
    }
    scalp->rim_px = RIM * least;
    return 1;
}

/* The pixel of the survey at a place of the photo; NULL off the box. */
static const float *pixel(const smp_scalp *scalp, const smpi_survey *survey, double u, double v)
{
    const double x = floor(u / scalp->step) - scalp->box.x0;
    const double y = floor(v / scalp->step) - scalp->box.y0;
    if (!(x >= 0.0 && y >= 0.0 && x < scalp->box.width && y < scalp->box.height))
        return NULL;
    return survey->rgb + 3 * ((size_t)y * scalp->box.width + (size_t)x);
}

static int steep(const float *a, const float *b)
{
    float change = 0.0f, level = 0.0f;
    for (int c = 0; c < 3; c++) {
        change += (a[c] - b[c]) * (a[c] - b[c]);
        level += 0.5f * (a[c] + b[c]);
    }
    return sqrtf(change * 3.0f) > STEEP * (level + 0.03f);
}

/* How far skin goes on beyond the outline in a direction, as a share of it; -1 where that is not
 * known: the scalp does not reach the outline there, or no skyline is met. */
static float walk(const smp_scalp *scalp, const smpi_survey *survey, uint32_t k)
{
    const double angle = 2.0 * SMPI_PI * k / ANGLES, r = (double)scalp->outline[k];
    const double c = smpi_cos(angle), s = smpi_sin(angle), step = (double)scalp->step;
    const double u0 = scalp->middle[0], v0 = scalp->middle[1];
    const float *w = scalp->weight, *last = NULL;
    float diffuse[3];
    if (!smpi_scalp_place_ok(scalp, u0 + 0.98 * r * c, v0 + 0.98 * r * s, 0.0f))
        return -1.0f;
    smpi_scalp_diffuse_at(scalp, (float)((u0 + INSIDE * r * c) / step - scalp->box.x0),
                          (float)((v0 + INSIDE * r * s) / step - scalp->box.y0), diffuse);
    const float level = w[0] * diffuse[0] + w[1] * diffuse[1] + w[2] * diffuse[2];
    for (double at = INSIDE * r; at < FARTHEST * r; at += step) {
        const float *p = pixel(scalp, survey, u0 + at * c, v0 + at * s);
        if (!p)
            return -1.0f;
        const smpi_split split = smpi_scalp_split(scalp, p, diffuse);
        const float over = split.luma / level, share = split.body / level;
        const int skin = over > LIKE_DARK && over < LIKE_BRIGHT && share > LIKE_SHARE &&
                         split.off < LIKE_OFF && !(last && steep(last, p));
        if (!skin)
            return at > r + step ? (float)((at - step) / r - 1.0) : 0.0f;
        last = p;
    }
    return -1.0f; /* no skyline so near by, or a ground that looks like skin */
}

/* The middle of the values around an angle. */
static float agreed(const float *found, uint32_t k)
{
    float sorted[2 * NEAR + 1] = {0.0f};
    uint32_t n = 0;
    for (uint32_t i = 0; i <= 2 * NEAR; i++) {
        const float value = found[(k + ANGLES + i - NEAR) % ANGLES];
        uint32_t j = n;
        if (value < 0.0f)
            continue;
        for (; j > 0 && sorted[j - 1] > value; j--)
            sorted[j] = sorted[j - 1];
        sorted[j] = value;
        n++;
    }
    return n ? sorted[n / 2] : -1.0f;
}

/* Where nothing is known what is known nearest by, on either side. */
static void carry(float *values)
{
    float known[ANGLES];
    for (uint32_t k = 0; k < ANGLES; k++) {
        known[k] = values[k];
        for (uint32_t way = 1; way < ANGLES / 2 && known[k] < 0.0f; way++) {
            const float back = values[(k + ANGLES - way) % ANGLES];
            const float ahead = values[(k + way) % ANGLES];
            known[k] = back > ahead ? back : ahead;
        }
    }
    for (uint32_t k = 0; k < ANGLES; k++)
        values[k] = known[k] > 0.0f ? known[k] : 0.0f;
}

static void soften(const float *from, float *to)
{
    for (uint32_t k = 0; k < ANGLES; k++) {
        float sum = 0.0f;
        for (uint32_t i = 0; i <= 2 * NEAR; i++)
            sum += from[(k + ANGLES + i - NEAR) % ANGLES];
        to[k] = sum / (float)(2 * NEAR + 1);
    }
}

int smpi_scalp_find_skyline(smp_scalp *scalp, const smpi_survey *survey)
{
    float found[ANGLES], most = 0.0f;
    if (scalp->head.shape == SMP_SHAPE_FLAT || !measure_outline(scalp))
        return 0;
    for (uint32_t k = 0; k < ANGLES; k++)
        scalp->beyond[k] = walk(scalp, survey, k);
    for (uint32_t k = 0; k < ANGLES; k++)
        found[k] = agreed(scalp->beyond, k);
    carry(found);
    soften(found, scalp->beyond);
    for (uint32_t k = 0; k < ANGLES; k++)
        most = scalp->beyond[k] > most ? scalp->beyond[k] : most;
    scalp->bent = most > LEAST;
    return scalp->bent;
}
