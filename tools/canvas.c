/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A small canvas with two backs: SVG text, or pixels with smooth edges and a font of strokes. */
#include "canvas.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INK 0x303030u

static void add(cli_canvas *c, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof line) {
        c->failed = 1;
        return;
    }
    if (c->size + (size_t)length + 1 > c->room) {
        const size_t room = 2 * c->room + 4096;
        char *more = realloc(c->svg, room);
        if (!more) {
            c->failed = 1;
            return;
        }
        c->svg = more;
        c->room = room;
    }
    memcpy(c->svg + c->size, line, (size_t)length + 1);
    c->size += (size_t)length;
}

int cli_canvas_init(cli_canvas *c, double width, double height, int pixels)
{
    *c = (cli_canvas){.width = width, .height = height, .scale = 2.0};
    if (!pixels) {
        add(c,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" "
            "font-family=\"sans-serif\">\n<rect width=\"%g\" height=\"%g\" fill=\"#ffffff\"/>\n",
            width, height, width, height);
        return !c->failed;
    }
    const uint32_t w = (uint32_t)(width * c->scale), h = (uint32_t)(height * c->scale);
    void *data = malloc((size_t)w * h * 3);
    if (!data)
        return 0;
    memset(data, 255, (size_t)w * h * 3);
    return smp_image_wrap(&c->image, data, w, h, 0, SMP_FORMAT_RGB8, NULL) == SMP_OK;
}

int cli_canvas_end(cli_canvas *c)
{
    if (!c->image.data)
        add(c, "</svg>\n");
    return !c->failed;
}

void cli_canvas_clear(cli_canvas *c)
{
    free(c->image.data);
    free(c->svg);
    *c = (cli_canvas){0};
}

static void blend(cli_canvas *c, int64_t x, int64_t y, uint32_t rgb, double share)
{
    if (x < 0 || y < 0 || x >= c->image.width || y >= c->image.height || !(share > 0.0))
        return;
    unsigned char *p = (unsigned char *)c->image.data + c->image.stride * (ptrdiff_t)y + 3 * x;
    for (int k = 0; k < 3; k++) {
        const double to = (double)(rgb >> (16 - 8 * k) & 255u);
        p[k] = (unsigned char)(p[k] + (to - p[k]) * (share < 1.0 ? share : 1.0) + 0.5);
    }
}

/* Distance from a point to a segment. */
static double away(double x, double y, const double *a, const double *b)
{
    const double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
    double t = length2 > 0.0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length2 : 0.0;
    t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
    return hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

/* A segment in pixels. */
static void segment(cli_canvas *c, const double *a, const double *b, double wide, uint32_t rgb)
{
    const double reach = 0.5 * wide + 1.0;
    const int64_t x0 = (int64_t)floor(fmin(a[0], b[0]) - reach);
    const int64_t x1 = (int64_t)ceil(fmax(a[0], b[0]) + reach);
    const int64_t y0 = (int64_t)floor(fmin(a[1], b[1]) - reach);
    const int64_t y1 = (int64_t)ceil(fmax(a[1], b[1]) + reach);
    for (int64_t y = y0; y <= y1; y++)
        for (int64_t x = x0; x <= x1; x++)
            blend(c, x, y, rgb, 0.5 * wide + 0.5 - away((double)x + 0.5, (double)y + 0.5, a, b));
}

/* How a dashed line is drawn; `run` is how far along the whole line a segment starts. */
typedef struct dashes {
    double wide, dash, run;
    uint32_t rgb;
} dashes;

/* A segment cut into dashes. */
static void dashed(cli_canvas *c, const double *a, const double *b, const dashes *d)
{
    const double dash = d->dash;
    const double length = hypot(b[0] - a[0], b[1] - a[1]);
    for (double s = 0.0; s < length;) {
        const double phase = fmod(d->run + s, 2.0 * dash);
        const double rest = (phase < dash ? dash : 2.0 * dash) - phase;
        const double e = fmin(s + fmax(rest, 0.01), length);
        if (phase < dash) {
            const double p[2] = {a[0] + (b[0] - a[0]) * s / length,
                                 a[1] + (b[1] - a[1]) * s / length};
            const double q[2] = {a[0] + (b[0] - a[0]) * e / length,
                                 a[1] + (b[1] - a[1]) * e / length};
            segment(c, p, q, d->wide, d->rgb);
        }
        s = e;
    }
}

void cli_canvas_line(cli_canvas *c, const double *xy, uint32_t count, double wide, uint32_t rgb,
                     double dash)
{
    if (!c->image.data) {
        add(c, "<polyline fill=\"none\" stroke=\"#%06x\" stroke-width=\"%g\"", rgb, wide);
        if (dash > 0.0)
            add(c, " stroke-dasharray=\"%g\"", dash);
        add(c, " points=\"");
        for (uint32_t i = 0; i < count; i++)
            add(c, "%s%.2f,%.2f", i ? " " : "", xy[2 * i], xy[2 * i + 1]);
        add(c, "\"/>\n");
        return;
    }
    dashes d = {wide * c->scale, dash * c->scale, 0.0, rgb};
    for (uint32_t i = 1; i < count; i++) {
        const double a[2] = {xy[2 * i - 2] * c->scale, xy[2 * i - 1] * c->scale};
        const double b[2] = {xy[2 * i] * c->scale, xy[2 * i + 1] * c->scale};
        if (dash > 0.0)
            dashed(c, a, b, &d);
        else
            segment(c, a, b, d.wide, rgb);
        d.run += hypot(b[0] - a[0], b[1] - a[1]);
    }
}

enum { CROSSINGS_MOST = 64 };

static int rising(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Where a polygon crosses a level, sorted, in units; returns how often. */
static int crossings(const double *xy, uint32_t count, double y, double at[CROSSINGS_MOST])
{
    int found = 0;
    for (uint32_t i = 0, j = count - 1; i < count && found < CROSSINGS_MOST; j = i++) {
        const double *a = xy + 2 * i, *b = xy + 2 * j;
        if ((a[1] > y) != (b[1] > y))
            at[found++] = a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]);
    }
    qsort(at, (size_t)found, sizeof *at, rising);
    return found;
}

/* Adds a share of the pixels from one place to another on a row. */
static void span(cli_canvas *c, int64_t y, double from, double to, uint32_t rgb, double share)
{
    for (int64_t x = (int64_t)floor(from); (double)x < to; x++)
        blend(c, x, y, rgb, share * (fmin(to, (double)x + 1.0) - fmax(from, (double)x)));
}

void cli_canvas_area(cli_canvas *c, const double *xy, uint32_t count, uint32_t rgb, double opacity)
{
    if (!c->image.data) {
        add(c, "<polygon fill=\"#%06x\" fill-opacity=\"%g\" points=\"", rgb, opacity);
        for (uint32_t i = 0; i < count; i++)
            add(c, "%s%.2f,%.2f", i ? " " : "", xy[2 * i], xy[2 * i + 1]);
        add(c, "\"/>\n");
        return;
    }
    double low = 1e9, high = -1e9, at[CROSSINGS_MOST];
    for (uint32_t i = 0; i < count; i++) {
        low = fmin(low, xy[2 * i + 1]);
        high = fmax(high, xy[2 * i + 1]);
    }
    for (int64_t y = (int64_t)floor(low * c->scale); y <= (int64_t)(high * c->scale); y++) {
        const double middle = ((double)y + 0.5) / c->scale;
        const int found = crossings(xy, count, middle, at);
        for (int k = 0; k + 1 < found; k += 2)
            span(c, y, at[k] * c->scale, at[k + 1] * c->scale, rgb, opacity);
    }
}

/* Strokes of a letter, pairs of digits x y: x 0 to 4, y from 0 at the top over 6, the base line. */
typedef struct letter {
    char name;
    const char *strokes;
} letter;

static const letter letters[] = {
    {'a', "12324346 441405163645"},
    {'b', "0006 0312324345361605"},
    {'c', "4332120305163645"},
    {'d', "4046 4332120305163645"},
    {'e', "04444332120305163645"},
    {'f', "40302126 0232"},
    {'g', "42473818 4332120305163645"},
    {'h', "0006 0312324346"},
    {'i', "2226 2021"},
    {'j', "3237281807 3031"},
    {'k', "0006 4204 2346"},
    {'l', "2026"},
    {'m', "0206 03122326 23324346"},
    {'n', "0206 0312324346"},
    {'o', "123243453616050312"},
    {'p', "0208 0312324345361605"},
    {'q', "4248 4332120305163645"},
    {'r', "0206 03123243"},
    {'s', "43321203143445361605"},
    {'t', "20253645 0242"},
    {'u', "0205163645 4246"},
    {'v', "022642"},
    {'w', "0216223642"},
    {'x', "0246 4206"},
    {'y', "0226 42261808"},
    {'z', "02420646"},
    {'0', "103041453616050110"},
    {'1', "112026 1636"},
    {'2', "01103041420646"},
    {'3', "0110304142233344453616 1605"},
    {'4', "363004 0444"},
    {'5', "4000022232434536 361605"},
    {'6', "413010010516364544331304"},
    {'7', "004016"},
    {'8', "10304142331302 020110 133344453616050413"},
    {'9', "051636454130100102133342"},
    {'L', "000646"},
    {'.', "2526"},
    {',', "2617"},
    {';', "2223 2617"},
    {'-', "0444"},
    {'+', "0444 2226"},
    {'*', "1133 1331 2024"},
    {'%', "0640 0111 3545"},
    {'/', "0640"},
    {':', "2223 2526"},
    {'(', "30212536"},
    {')', "10212516"},
    {'=', "0343 0545"},
};

static void draw_letter(cli_canvas *c, const char *strokes, double x, double y, double unit)
{
    double last[2] = {0.0, 0.0};
    int pen = 0;
    for (const char *s = strokes; *s;) {
        if (*s == ' ') {
            pen = 0;
            s++;
            continue;
        }
        const double at[2] = {(x + (s[0] - '0') * unit) * c->scale,
                              (y + (s[1] - '6') * unit) * c->scale};
        if (pen)
            segment(c, last, at, 1.15 * c->scale, INK);
        last[0] = at[0];
        last[1] = at[1];
        pen = 1;
        s += 2;
    }
}

void cli_canvas_text(cli_canvas *c, double x, double y, double size, double at, const char *text)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    if (!c->image.data) {
        add(c,
            "<text x=\"%g\" y=\"%g\" font-size=\"%g\" text-anchor=\"%s\" "
            "fill=\"#%06x\">%s</text>\n",
            x, y, size, anchors[(int)(2.0 * at + 0.5)], INK, text);
        return;
    }
    const double unit = size / 8.5, step = 5.6 * unit;
    double left = x - at * (step * (double)strlen(text) - 1.6 * unit);
    for (const char *p = text; *p; p++, left += step)
        for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
            if (letters[i].name == *p)
                draw_letter(c, letters[i].strokes, left, y, unit);
}
