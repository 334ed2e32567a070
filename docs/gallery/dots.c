/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Draws docs/gallery/dots.png: six skins (rows), three depths and for each three doses (columns),
 * settled, 6 mm by 6 mm at 12 px/mm; and dots-tattoo.png: the same skins with a usual dot, a deep
 * one and a tattoo's column, fresh and after ten years. Made by dots.sh. */
#include <smp/smp.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TILE 72
#define GAP 4
#define PX_PER_MM 12.0
#define SKINS 6

static const float skins[SKINS][3] = {{0.003f, 0.008f, 0}, {0.008f, 0.012f, 1.5f},
                                      {0.018f, 0.015f, 3}, {0.035f, 0.02f, 4},
                                      {0.065f, 0.028f, 5}, {0.12f, 0.035f, 7}};

typedef struct tile {
    float diameter_mm, top_mm, height_mm, dose;
    double day;
} tile;

static const tile usual[9] = {
    {0.25f, 0.08f, 0.25f, 1, 60}, {0.25f, 0.08f, 0.25f, 3, 60}, {0.25f, 0.08f, 0.25f, 9, 60},
    {0.25f, 0.18f, 0.25f, 1, 60}, {0.25f, 0.18f, 0.25f, 3, 60}, {0.25f, 0.18f, 0.25f, 9, 60},
    {0.25f, 0.32f, 0.25f, 1, 60}, {0.25f, 0.32f, 0.25f, 3, 60}, {0.25f, 0.32f, 0.25f, 9, 60}};
static const tile tattoo[4] = {{0.25f, 0.10f, 0.25f, 3, 60},
                               {0.25f, 0.40f, 0.25f, 6, 60},
                               {0.30f, 0.15f, 1.40f, 40, 60},
                               {0.30f, 0.15f, 1.40f, 40, 3650}};

#define TRY(call)                               \
    do {                                        \
        smp_status status_ = (call);            \
        if (status_ != SMP_OK) {                \
            fprintf(stderr, "%s\n", diag.text); \
            exit(1);                            \
        }                                       \
    } while (0)

static void paint(smp_image *photo, const float skin[3])
{
    smp_diag diag;
    smp_skin s;
    float rgb[3];
    smp_skin_init(&s);
    s.melanin = skin[0];
    s.blood = skin[1];
    s.yellow_um = skin[2];
    TRY(smp_skin_color(&s, SMP_SPACE_SRGB, rgb, &diag));
    for (uint32_t y = 0; y < photo->height; y++)
        for (uint32_t x = 0; x < photo->width; x++)
            for (int c = 0; c < 3; c++) {
                float e = smp_space_encode(SMP_SPACE_SRGB, rgb[c] > 0 ? rgb[c] : 0);
                ((uint8_t *)photo->data)[(ptrdiff_t)y * photo->stride + 3 * (ptrdiff_t)x + c] =
                    (uint8_t)(e * 255 + 0.5f);
            }
}

static void draw(const smp_context *ctx, const tile *t, const smp_image *mask, smp_image *photo)
{
    smp_diag diag;
    smp_head head;
    smp_camera camera;
    smp_plan_desc desc;
    smp_plan *plan;
    smp_scalp *scalp;
    smp_preview *preview;
    const double corner[2] = {0, 0};
    smp_head_init(&head);
    head.shape = SMP_SHAPE_FLAT;
    head.width_mm = (float)(photo->width / PX_PER_MM);
    head.height_mm = (float)(photo->height / PX_PER_MM);
    smp_camera_init(&camera);
    TRY(smp_camera_from_scale(&camera, PX_PER_MM, corner, &diag));
    smp_plan_desc_init(&desc);
    desc.diameter_mm = t->diameter_mm;
    desc.top_mm = t->top_mm;
    desc.height_mm = t->height_mm;
    desc.dose = t->dose;
    TRY(smp_plan_create(ctx, &head, &desc, &plan, &diag));
    smp_scalp_desc look;
    smp_scalp_desc_init(&look);
    look.blur_px = 0.6f;
    TRY(smp_scalp_create(ctx, photo, &camera, &head, mask, &look, NULL, &scalp, &diag));
    TRY(smp_preview_create(ctx, scalp, plan, NULL, &preview, &diag));
    TRY(smp_preview_render(preview, t->day, NULL, photo, NULL, &diag));
    smp_preview_destroy(&preview);
    smp_scalp_destroy(&scalp);
    smp_plan_destroy(&plan);
}

static void write_png(const smp_context *ctx, const smp_image *sheet, const char *name)
{
    smp_diag diag;
    smp_bytes *bytes;
    smp_encode_desc desc;
    smp_encode_desc_init(&desc);
    desc.kind = SMP_FILE_PNG;
    TRY(smp_encode(ctx, sheet, &desc, NULL, &bytes, &diag));
    size_t size;
    const uint8_t *data = smp_bytes_data(bytes, &size);
    FILE *file = fopen(name, "wb");
    if (!file || fwrite(data, 1, size, file) != size)
        exit(1);
    fclose(file);
    smp_bytes_destroy(&bytes);
}

/* One row a skin, one column a tile, a wider gap after every third when there are nine. */
static void sheet_of(const smp_context *ctx, const tile *tiles, int count, const char *name)
{
    enum { SIDE = TILE + GAP };
    static uint8_t pixels[SKINS * SIDE * 12 * SIDE * 3], one[TILE * TILE * 3], mask[TILE * TILE];
    const uint32_t width = (uint32_t)(count * SIDE + (count > 4 ? 16 : 0)), height = SKINS * SIDE;
    smp_diag diag;
    smp_image sheet, photo, all;
    memset(pixels, 255, sizeof pixels);
    memset(mask, 255, sizeof mask);
    TRY(smp_image_wrap(&sheet, pixels, width, height, 3 * (ptrdiff_t)width, SMP_FORMAT_RGB8,
                       &diag));
    TRY(smp_image_wrap(&photo, one, TILE, TILE, 3 * TILE, SMP_FORMAT_RGB8, &diag));
    TRY(smp_image_wrap(&all, mask, TILE, TILE, TILE, SMP_FORMAT_GRAY8, &diag));
    for (int row = 0; row < SKINS; row++)
        for (int i = 0; i < count; i++) {
            const size_t left = (size_t)(i * SIDE + (count > 4 ? i / 3 * 8 : 0));
            paint(&photo, skins[row]);
            draw(ctx, tiles + i, &all, &photo);
            for (size_t y = 0; y < TILE; y++)
                memcpy(pixels + (((size_t)row * SIDE + y) * width + left) * 3, one + y * TILE * 3,
                       TILE * 3);
        }
    write_png(ctx, &sheet, name);
}

int main(void)
{
    smp_diag diag;
    smp_context *ctx;
    TRY(smp_context_create(&ctx, NULL, &diag));
    sheet_of(ctx, usual, 9, "dots.png");
    sheet_of(ctx, tattoo, 4, "dots-tattoo.png");
    smp_context_destroy(&ctx);
    return 0;
}
