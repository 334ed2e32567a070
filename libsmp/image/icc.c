/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Profiles: which of our spaces one describes (matrix and curves compared, names never), and small
 * ones of our own. source: ICC.1:2022 (version 4.4) clauses 7 to 10. */
#include "image/icc.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

#define SIG(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))
#define TAGS_MAX 100u
#define COLORANT_TOLERANCE 0.004 /* XYZ; the three spaces differ by 0.05 and more */
/* Linear light. Gamma 2.2 stands for the sRGB curve in many profiles and differs by 0.009. */
#define CURVE_TOLERANCE 0.012

/* Columns of RGB to XYZ for the D50 profile connection space: primaries of each standard, Bradford
 * from D65. IEC 61966-2-1; SMPTE EG 432-1 with D65; Adobe RGB (1998) 2005-05. */
static const double colorants[3][3][3] = {
    [SMP_SPACE_SRGB] = {{0.43607, 0.22249, 0.01392},
                        {0.38515, 0.71687, 0.09708},
                        {0.14307, 0.06061, 0.71410}},
    [SMP_SPACE_DISPLAY_P3] = {{0.51512, 0.24120, -0.00105},
                              {0.29198, 0.69225, 0.04189},
                              {0.15710, 0.06657, 0.78407}},
    [SMP_SPACE_ADOBE_RGB] = {{0.60974, 0.31111, 0.01947},
                             {0.20528, 0.62567, 0.06087},
                             {0.14919, 0.06322, 0.74457}},
};

typedef struct profile {
    const smpi_span *parts;
    uint32_t count;
    uint64_t size;
} profile;

/* n bytes from offset `at`, across parts; 0 when they are not all there. */
static int read_at(const profile *p, uint64_t at, uint8_t *out, size_t n)
{
    if (at > p->size || n > p->size - at)
        return 0;
    for (uint32_t i = 0; i < p->count && n; i++) {
        size_t have = p->parts[i].size;
        if (at >= have) {
            at -= have;
            continue;
        }
        size_t take = have - (size_t)at < n ? have - (size_t)at : n;
        memcpy(out, p->parts[i].data + at, take);
        out += take;
        n -= take;
        at = 0;
    }
    return n == 0;
}

static uint32_t word_at(const profile *p, uint64_t at)
{
    uint8_t b[4] = {0};
    return read_at(p, at, b, sizeof b) ? smpi_be32(b) : 0;
}

static double fixed_at(const profile *p, uint64_t at)
{
    uint32_t v = word_at(p, at);
    return (v & 0x80000000u ? -(double)(~v + 1u) : (double)v) / 65536.0;
}

static uint64_t find_tag(const profile *p, uint32_t signature)
{
    uint32_t count = word_at(p, 128);
    for (uint32_t i = 0; i < count && i < TAGS_MAX; i++)
        if (word_at(p, 132 + 12 * (uint64_t)i) == signature)
            return word_at(p, 132 + 12 * (uint64_t)i + 4);
    return 0;
}

/* Parametric curves, types 0 to 4: table 68 of the standard. */
static double parametric(const profile *p, uint64_t at, double x)
{
    static const uint8_t counts[5] = {1, 3, 4, 5, 7};
    uint8_t b[2];
    if (!read_at(p, at + 8, b, 2) || smpi_be16(b) > 4)
        return -1.0;
    uint32_t type = smpi_be16(b);
    double v[7] = {0}; /* g a b c d e f */
    for (uint32_t i = 0; i < counts[type]; i++)
        v[i] = fixed_at(p, at + 12 + 4 * (uint64_t)i);
    if (type == 0)
        return smpi_pow(x, v[0]);
    double base = v[1] * x + v[2];
    double power = base > 0.0 ? smpi_pow(base, v[0]) : 0.0;
    switch (type) {
    case 1:
        return base >= 0.0 ? power : 0.0;
    case 2:
        return base >= 0.0 ? power + v[3] : v[3];
    case 3:
        return x >= v[4] ? power : v[3] * x;
    default:
        return x >= v[4] ? power + v[5] : v[3] * x + v[6];
    }
}

static double table_curve(const profile *p, uint64_t at, double x)
{
    uint8_t b[4];
    uint32_t n = word_at(p, at + 8);
    if (n == 0)
        return x;
    if (n == 1)
        return read_at(p, at + 12, b, 2) ? smpi_pow(x, smpi_be16(b) / 256.0) : -1.0;
    double place = x * (n - 1);
    uint32_t k = (uint32_t)floor(place);
    k = k > n - 2 ? n - 2 : k;
    if (!read_at(p, at + 12 + 2 * (uint64_t)k, b, 4))
        return -1.0;
    double f = place - k;
    return (smpi_be16(b) * (1.0 - f) + smpi_be16(b + 2) * f) / 65535.0;
}

/* How far, in linear light, the curve at `at` is from the space's own; 2 when it is none. */
static double curve_distance(const profile *p, uint64_t at, smp_space space)
{
    uint32_t type = at ? word_at(p, at) : 0;
    if (type != SIG('c', 'u', 'r', 'v') && type != SIG('p', 'a', 'r', 'a'))
        return 2.0;
    double worst = 0.0;
    for (int i = 1; i <= 16; i++) {
        double x = i / 16.0;
        double y = type == SIG('c', 'u', 'r', 'v') ? table_curve(p, at, x) : parametric(p, at, x);
        double away = fabs(y - (double)smp_space_decode(space, (float)x));
        if (!(away <= worst))
            worst = away < 2.0 ? away : 2.0; /* also NaN */
    }
    return worst;
}

/* sRGB and Adobe RGB differ by less than the tolerance, and gray has no colorants to tell them
 * apart: the nearer curve counts. */
static int gray_space(const profile *p)
{
    uint64_t at = find_tag(p, SIG('k', 'T', 'R', 'C'));
    double srgb = curve_distance(p, at, SMP_SPACE_SRGB);
    double adobe = curve_distance(p, at, SMP_SPACE_ADOBE_RGB);
    if (adobe < srgb && adobe < CURVE_TOLERANCE)
        return SMP_SPACE_ADOBE_RGB;
    return srgb < CURVE_TOLERANCE ? (int)SMP_SPACE_SRGB : -1;
}

static int matrix_is(const profile *p, smp_space space)
{
    static const uint32_t xyz[3] = {SIG('r', 'X', 'Y', 'Z'), SIG('g', 'X', 'Y', 'Z'),
                                    SIG('b', 'X', 'Y', 'Z')};
    static const uint32_t trc[3] = {SIG('r', 'T', 'R', 'C'), SIG('g', 'T', 'R', 'C'),
                                    SIG('b', 'T', 'R', 'C')};
    for (int c = 0; c < 3; c++) {
        uint64_t at = find_tag(p, xyz[c]);
        if (!at || word_at(p, at) != SIG('X', 'Y', 'Z', ' '))
            return 0;
        for (int k = 0; k < 3; k++)
            if (!(fabs(fixed_at(p, at + 8 + 4 * (uint64_t)k) - colorants[space][c][k]) <
                  COLORANT_TOLERANCE))
                return 0;
        if (!(curve_distance(p, find_tag(p, trc[c]), space) < CURVE_TOLERANCE))
            return 0;
    }
    return 1;
}

int smpi_icc_recognise(const smpi_span *parts, uint32_t count, uint32_t *model)
{
    profile p = {parts, count, 0};
    for (uint32_t i = 0; i < count; i++)
        p.size += parts[i].size;
    *model = 0;
    if (word_at(&p, 36) != SIG('a', 'c', 's', 'p'))
        return -1;
    *model = word_at(&p, 16);
    if (*model == SMPI_ICC_GRAY)
        return gray_space(&p);
    if (*model != SMPI_ICC_RGB || word_at(&p, 20) != SIG('X', 'Y', 'Z', ' '))
        return -1;
    for (int space = SMP_SPACE_SRGB; space <= SMP_SPACE_ADOBE_RGB; space++)
        if (matrix_is(&p, (smp_space)space))
            return space;
    return -1;
}

/* ---- profiles of our own: version 4, matrix and curves ------------------------------------- */

typedef struct maker {
    uint8_t *out;
    uint32_t tags, at;
} maker;

static void put_fixed(uint8_t *p, double v)
{
    smpi_put_be32(p, (uint32_t)(int32_t)floor(v * 65536.0 + 0.5));
}

static void put_ascii(uint8_t *p, const char *text)
{
    memcpy(p, text, strlen(text));
}

/* Enters a tag whose data begin at `at`. */
static void add_tag(maker *m, uint32_t signature, uint32_t at, uint32_t size)
{
    uint8_t *entry = m->out + 132 + 12 * (size_t)m->tags++;
    smpi_put_be32(entry, signature);
    smpi_put_be32(entry + 4, at);
    smpi_put_be32(entry + 8, size);
}

static void add_xyz(maker *m, uint32_t signature, const double xyz[3])
{
    uint8_t *p = m->out + m->at;
    put_ascii(p, "XYZ ");
    for (int k = 0; k < 3; k++)
        put_fixed(p + 8 + 4 * k, xyz[k]);
    add_tag(m, signature, m->at, 20);
    m->at += 20;
}

/* A multiLocalizedUnicode text in English. */
static void add_text(maker *m, uint32_t signature, const char *text)
{
    uint8_t *p = m->out + m->at;
    uint32_t n = (uint32_t)strlen(text);
    put_ascii(p, "mluc");
    smpi_put_be32(p + 8, 1);
    smpi_put_be32(p + 12, 12);
    put_ascii(p + 16, "enUS");
    smpi_put_be32(p + 20, 2 * n);
    smpi_put_be32(p + 24, 28);
    for (uint32_t i = 0; i < n; i++)
        p[28 + 2 * i + 1] = (uint8_t)text[i];
    add_tag(m, signature, m->at, 28 + 2 * n);
    m->at += (28 + 2 * n + 3) & ~3u;
}

static uint32_t add_curve(maker *m, smp_space space)
{
    static const double srgb[5] = {2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045};
    uint8_t *p = m->out + m->at;
    uint32_t size = 32;
    put_ascii(p, "para");
    if (space == SMP_SPACE_ADOBE_RGB) {
        put_fixed(p + 12, 563.0 / 256.0);
        size = 16;
    } else {
        p[9] = 3;
        for (int k = 0; k < 5; k++)
            put_fixed(p + 12 + 4 * k, srgb[k]);
    }
    m->at += size;
    return size;
}

static void put_header(uint8_t *out)
{
    static const uint8_t version[4] = {4, 0x20, 0, 0};
    static const uint8_t date[12] = {0x07, 0xea, 0, 1, 0, 1}; /* 2026-01-01 */
    memcpy(out + 8, version, sizeof version);
    put_ascii(out + 12, "mntrRGB XYZ ");
    memcpy(out + 24, date, sizeof date);
    put_ascii(out + 36, "acsp");
    smpi_put_be32(out + 68, 0xf6d6); /* D50 as the standard writes it */
    smpi_put_be32(out + 72, 0x10000);
    smpi_put_be32(out + 76, 0xd32d);
}

size_t smpi_icc_make(smp_space space, int gray, uint8_t out[SMPI_ICC_MADE])
{
    static const double white[3] = {0.9642, 1.0, 0.8249};
    static const uint32_t trc[4] = {SIG('r', 'T', 'R', 'C'), SIG('g', 'T', 'R', 'C'),
                                    SIG('b', 'T', 'R', 'C'), SIG('k', 'T', 'R', 'C')};
    static const uint32_t xyz[3] = {SIG('r', 'X', 'Y', 'Z'), SIG('g', 'X', 'Y', 'Z'),
                                    SIG('b', 'X', 'Y', 'Z')};
    const char *name = space == SMP_SPACE_ADOBE_RGB    ? "Adobe RGB compatible"
                       : space == SMP_SPACE_DISPLAY_P3 ? "Display P3 compatible"
                                                       : "sRGB compatible";
    memset(out, 0, SMPI_ICC_MADE);
    uint32_t tags = gray ? 4 : 9;
    maker m = {out, 0, 132 + 12 * tags};
    put_header(out);
    if (gray)
        put_ascii(out + 16, "GRAY");
    smpi_put_be32(out + 128, tags);
    add_text(&m, SIG('d', 'e', 's', 'c'), name);
    add_text(&m, SIG('c', 'p', 'r', 't'), "CC0");
    add_xyz(&m, SIG('w', 't', 'p', 't'), white);
    for (int c = 0; !gray && c < 3; c++)
        add_xyz(&m, xyz[c], colorants[space][c]);
    uint32_t curve = m.at, size = add_curve(&m, space);
    for (int c = gray ? 3 : 0; c < (gray ? 4 : 3); c++)
        add_tag(&m, trc[c], curve, size);
    smpi_put_be32(out, m.at);
    return m.at;
}
