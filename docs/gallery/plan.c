/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Draws plans on the canonical head from four sides: hair that is left in brown, dots in black.
 * usage: plan OUT.jpg PLAN.json ...   one row a plan: front, left, back, from above */
#include <smp/smp.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 190, SCALE = 2, VIEWS = 4, BIG = SIDE * SCALE };

static int fail(const char *what, const smp_diag *diag)
{
    fprintf(stderr, "%s: %s\n", what, diag->text);
    return 1;
}

static char *read_text(const char *name, size_t *size)
{
    FILE *file = fopen(name, "rb");
    if (!file)
        return NULL;
    char *text = malloc(1 << 20);
    *size = text ? fread(text, 1, 1 << 20, file) : 0;
    fclose(file);
    return text;
}

/* Rows: right, up, to the viewer. */
static const double views[VIEWS][9] = {
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0, 0, -1, 0, 1, 0, 1, 0, 0},
    {-1, 0, 0, 0, 1, 0, 0, 0, -1},
    {1, 0, 0, 0, 0, -1, 0, 1, 0},
};

static double dot3(const double *a, const double *b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Where the line through `at` towards the viewer first meets one half of the head. */
static int meet(const double *at, const double *to_eye, double b, double *xyz, double *n)
{
    const double w[3] = {1 / (76.0 * 76), 1 / (b * b), 1 / (98.5 * 98.5)};
    const double o[3] = {at[0], at[1] - 63, at[2]};
    double qa = 0, qb = 0, qc = -1;
    for (int k = 0; k < 3; k++) {
        qa += w[k] * to_eye[k] * to_eye[k];
        qb += w[k] * o[k] * to_eye[k];
        qc += w[k] * o[k] * o[k];
    }
    if (qb * qb < qa * qc)
        return 0;
    const double t = (sqrt(qb * qb - qa * qc) - qb) / qa;
    for (int k = 0; k < 3; k++) {
        xyz[k] = at[k] + t * to_eye[k];
        n[k] = w[k] * (o[k] + t * to_eye[k]);
    }
    return (b < 100) == (xyz[1] >= 63);
}

/* The default head: half axes 76 and 98.5, 68 up and 164 down from y 63. */
static void shade(float *canvas, size_t stride, const double *view, const smp_plan *plan)
{
    for (int j = 0; j < BIG; j++)
        for (int i = 0; i < BIG; i++) {
            const double px = (i - BIG / 2) * (256.0 / BIG), py = (BIG / 2 - j) * (256.0 / BIG);
            float *out = canvas + (size_t)j * stride + 3 * (size_t)i;
            const double at[3] = {px * view[0] + py * view[3], px * view[1] + py * view[4] + 15,
                                  px * view[2] + py * view[5]};
            double xyz[3], n[3];
            const int hit = meet(at, view + 6, 68, xyz, n) || meet(at, view + 6, 164, xyz, n);
            for (int c = 0; c < 3; c++)
                out[c] = 0.9f;
            if (!hit)
                continue;
            const double light = 0.45 + 0.55 * dot3(n, view + 6) / sqrt(dot3(n, n));
            const double hair = smp_plan_hair(plan, xyz) / 140.0;
            const double skin[3] = {0.80, 0.62, 0.52}, brown[3] = {0.34, 0.22, 0.14};
            for (int c = 0; c < 3; c++)
                out[c] = (float)(light * (skin[c] + (brown[c] - skin[c]) * 0.8 * hair));
        }
}

static void splat(float *canvas, size_t stride, const double *view, const smp_dots_view *d)
{
    for (uint32_t i = 0; i < d->count; i++) {
        const double p[3] = {(double)d->x_mm[i], (double)d->y_mm[i] - 15, (double)d->z_mm[i]};
        const double n[3] = {(double)d->nx[i], (double)d->ny[i], (double)d->nz[i]};
        if (dot3(n, view + 6) <= 0.02)
            continue;
        const double x = BIG / 2 + dot3(p, view) * BIG / 256.0 - 0.5;
        const double y = BIG / 2 - dot3(p, view + 3) * BIG / 256.0 - 0.5;
        const int ix = (int)floor(x), iy = (int)floor(y);
        for (int k = 0; k < 4; k++) {
            const int qx = ix + k % 2, qy = iy + k / 2;
            if (qx < 0 || qy < 0 || qx >= BIG || qy >= BIG)
                continue;
            const double w = (1 - fabs(x - qx)) * (1 - fabs(y - qy)) * 0.35;
            float *out = canvas + (size_t)qy * stride + 3 * (size_t)qx;
            for (int c = 0; c < 3; c++)
                out[c] *= (float)(1 - w);
        }
    }
}

static int draw_row(const smp_context *ctx, const char *name, float *row, smp_diag *diag)
{
    size_t size = 0;
    char *text = read_text(name, &size);
    smp_plan *plan = NULL;
    smp_dots *dots = NULL;
    int bad = !text;
    if (!bad)
        bad = smp_plan_from_json(ctx, text, size, &plan, diag) != SMP_OK;
    if (!bad)
        bad = smp_dots_create(ctx, plan, NULL, &dots, diag) != SMP_OK;
    for (int v = 0; v < VIEWS && !bad; v++) {
        const smp_dots_view view = smp_dots_arrays(dots);
        float *at = row + (size_t)v * 3 * BIG;
        shade(at, (size_t)3 * BIG * VIEWS, views[v], plan);
        splat(at, (size_t)3 * BIG * VIEWS, views[v], &view);
    }
    smp_dots_destroy(&dots);
    smp_plan_destroy(&plan);
    free(text);
    return bad ? fail(name, diag) : 0;
}

static void shrink(const float *row, uint8_t *out)
{
    for (size_t y = 0; y < SIDE; y++)
        for (size_t x = 0; x < (size_t)SIDE * VIEWS; x++)
            for (size_t c = 0; c < 3; c++) {
                double sum = 0;
                for (size_t k = 0; k < SCALE * SCALE; k++)
                    sum += (double)
                        row[((y * SCALE + k / SCALE) * BIG * VIEWS + x * SCALE + k % SCALE) * 3 +
                            c];
                out[(y * SIDE * VIEWS + x) * 3 + c] =
                    (uint8_t)(255.0 * fmin(fmax(sum / (SCALE * SCALE), 0), 1));
            }
}

int main(int argc, char **argv)
{
    smp_diag diag = {SMP_OK, ""};
    smp_context *ctx = NULL;
    const int rows = argc - 2;
    if (rows < 1 || smp_context_create(&ctx, NULL, &diag) != SMP_OK)
        return fail("usage: plan OUT.jpg PLAN.json ...", &diag);
    const size_t row_bytes = (size_t)3 * SIDE * VIEWS * SIDE;
    uint8_t *out = malloc(row_bytes * (size_t)rows);
    float *row = malloc(sizeof(float) * 3 * BIG * BIG * VIEWS);
    int bad = !out || !row;
    for (int i = 0; i < rows && !bad; i++) {
        bad = draw_row(ctx, argv[2 + i], row, &diag);
        if (!bad)
            shrink(row, out + row_bytes * (size_t)i);
    }
    smp_bytes *file = NULL;
    smp_image image;
    smp_encode_desc desc;
    smp_encode_desc_init(&desc);
    desc.kind = SMP_FILE_JPEG;
    desc.quality = 85;
    if (!bad && (smp_image_wrap(&image, out, SIDE * VIEWS, (uint32_t)(SIDE * rows),
                                3 * SIDE * VIEWS, SMP_FORMAT_RGB8, &diag) != SMP_OK ||
                 smp_encode(ctx, &image, &desc, NULL, &file, &diag) != SMP_OK))
        bad = fail("encode", &diag);
    if (!bad) {
        size_t size;
        const uint8_t *bytes = smp_bytes_data(file, &size);
        FILE *to = fopen(argv[1], "wb");
        bad = !to || fwrite(bytes, 1, size, to) != size;
        if (to)
            fclose(to);
    }
    smp_bytes_destroy(&file);
    smp_context_destroy(&ctx);
    free(row);
    free(out);
    return bad;
}
