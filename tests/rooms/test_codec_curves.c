/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Profiles that others make: tables and every kind of parametric curve, in colour and in gray; and
 * Exif's ways to say which colours, with offsets and counts that lead nowhere. */
#include <check.h>
#include <math.h>
#include <string.h>

#include "image/exif.h"
#include "image/icc.h"
#include "image_cases.h"

/* A made profile whose curve is taken out: what is put at its place decides. */
typedef struct profile {
    uint8_t bytes[SMPI_ICC_MADE + 8192];
    size_t size, curve;
} profile;

static void make(profile *p, smp_space space, int gray)
{
    p->size = smpi_icc_make(space, gray, p->bytes);
    const uint32_t tags = smpi_be32(p->bytes + 128);
    p->curve = p->size;
    for (uint32_t i = 0; i < tags; i++) {
        uint8_t *entry = p->bytes + 132 + 12 * i;
        if (entry[1] == 'T') /* rTRC and so on */
            smpi_put_be32(entry + 4, (uint32_t)p->curve);
    }
    memset(p->bytes + p->size, 0, sizeof p->bytes - p->size);
}

static void put16(uint8_t *at, double value)
{
    const uint32_t v = (uint32_t)floor(value + 0.5);
    at[0] = (uint8_t)(v >> 8);
    at[1] = (uint8_t)v;
}

/* A table of n samples of the space's own curve; n 1: a gamma, 0: none. */
static void put_table(profile *p, smp_space space, uint32_t n, double gamma)
{
    uint8_t *at = p->bytes + p->curve;
    memcpy(at, "curv", 4);
    smpi_put_be32(at + 8, n);
    if (n == 1)
        put16(at + 12, gamma * 256.0);
    for (uint32_t i = 0; n > 1 && i < n; i++)
        put16(at + 12 + 2 * i,
              65535.0 * (double)smp_space_decode(space, (float)i / (float)(n - 1)));
    p->size = p->curve + 12 + 2 * (size_t)n;
}

static void put_parameters(profile *p, uint8_t type, const double *v, int count)
{
    uint8_t *at = p->bytes + p->curve;
    memcpy(at, "para", 4);
    at[9] = type;
    for (int i = 0; i < count; i++)
        smpi_put_be32(at + 12 + 4 * i, (uint32_t)(int32_t)floor(v[i] * 65536.0 + 0.5));
    p->size = p->curve + 12 + 4 * (size_t)count;
}

static int recognised(const profile *p)
{
    const smpi_span whole = {p->bytes, p->size};
    uint32_t model;
    return smpi_icc_recognise(&whole, 1, &model);
}

START_TEST(tables)
{
    static profile p;
    for (int space = SMP_SPACE_SRGB; space <= SMP_SPACE_ADOBE_RGB; space++) {
        make(&p, (smp_space)space, 0);
        for (uint32_t n = 2; n <= 2048; n *= 32) {
            put_table(&p, (smp_space)space, n, 0);
            ck_assert_int_eq(recognised(&p),
                             n == 2 ? -1 : space); /* two samples: a straight line */
            p.size -= 1;
            ck_assert_int_eq(recognised(&p), -1);
        }
        put_table(&p, (smp_space)space, 0, 0); /* no table: the identity */
        ck_assert_int_eq(recognised(&p), -1);
        put_table(&p, (smp_space)space, 1, 563.0 / 256.0);
        ck_assert_int_eq(recognised(&p), space); /* the three are near each other */
        put_table(&p, (smp_space)space, 1, 1.8);
        ck_assert_int_eq(recognised(&p), -1);
        p.size -= 1;
        ck_assert_int_eq(recognised(&p), -1);
        memcpy(p.bytes + p.curve, "pipe", 4);
        ck_assert_int_eq(recognised(&p), -1);
    }
}
END_TEST

#define A (1 / 1.055)
#define B (0.055 / 1.055)

START_TEST(parametric_curves)
{
    static const struct {
        uint8_t type;
        int count;
        double v[7];
        int space;
    } cases[] = {
        {0, 1, {2.2}, SMP_SPACE_SRGB},
        {0, 1, {2.6}, -1},
        {1, 3, {2.4, A, B}, SMP_SPACE_SRGB}, /* without the straight part: below tolerance */
        {1, 3, {2.4, A, -0.5}, -1},
        {2, 4, {2.4, A, B, 0.0001}, SMP_SPACE_SRGB},
        {2, 4, {2.4, A, B, 0.2}, -1},
        {2, 4, {2.4, A, -0.5, 0.0}, -1},
        {3, 5, {2.4, A, B, 1 / 12.92, 0.04045}, SMP_SPACE_SRGB},
        {3, 5, {2.4, A, B, 1 / 12.92, 0.7}, -1},
        {4, 7, {2.4, A, B, 1 / 12.92, 0.04045, 0, 0}, SMP_SPACE_SRGB},
        {4, 7, {2.4, A, B, 1 / 12.92, 0.04045, 0.1, 0}, -1},
        {4, 7, {2.4, A, B, 1 / 12.92, 0.2, 0, 0.2}, -1},
        {5, 7, {2.4, A, B, 1 / 12.92, 0.04045, 0, 0}, -1},
    };
    static profile p;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make(&p, SMP_SPACE_SRGB, 0);
        put_parameters(&p, cases[i].type, cases[i].v, cases[i].count);
        ck_assert_msg(recognised(&p) == cases[i].space, "case %zu: %d", i, recognised(&p));
        p.size = p.curve + 9;
        ck_assert_int_eq(recognised(&p), -1);
    }
}
END_TEST

/* In gray the nearer curve counts, and none at all is none. */
START_TEST(grays)
{
    static const double adobe = 563.0 / 256.0, far = 1.0;
    static profile p;
    make(&p, SMP_SPACE_SRGB, 1);
    put_table(&p, SMP_SPACE_SRGB, 1024, 0);
    ck_assert_int_eq(recognised(&p), SMP_SPACE_SRGB);
    put_parameters(&p, 0, &adobe, 1);
    ck_assert_int_eq(recognised(&p), SMP_SPACE_ADOBE_RGB);
    put_parameters(&p, 0, &far, 1);
    ck_assert_int_eq(recognised(&p), -1);
    p.bytes[36] = 'x'; /* no profile at all */
    ck_assert_int_eq(recognised(&p), -1);
}
END_TEST

START_TEST(other_models)
{
    static profile p;
    make(&p, SMP_SPACE_SRGB, 0);
    put_table(&p, SMP_SPACE_SRGB, 256, 0);
    memcpy(p.bytes + 20, "Lab ", 4);
    ck_assert_int_eq(recognised(&p), -1);
    memcpy(p.bytes + 16, "CMYK", 4);
    ck_assert_int_eq(recognised(&p), -1);
}
END_TEST

/* ---- Exif -------------------------------------------------------------------------------------
 */

/* Two directories and an interoperability one, in either byte order. */
typedef struct block {
    uint8_t bytes[120];
    int big;
} block;

static void put(block *b, size_t at, uint32_t value, int size)
{
    for (int i = 0; i < size; i++)
        b->bytes[at + (size_t)(b->big ? size - 1 - i : i)] = (uint8_t)(value >> (8 * i));
}

static void entry(block *b, size_t at, uint32_t tag, uint32_t type, uint32_t value)
{
    put(b, at, tag, 2);
    put(b, at + 2, type, 2);
    put(b, at + 4, type == 2 ? 4 : 1, 4);
    put(b, at + 8, value, type == 3 ? 2 : 4);
}

static void start(block *b, int big)
{
    memset(b, 0, sizeof *b);
    b->big = big;
    memset(b->bytes, big ? 'M' : 'I', 2);
    put(b, 2, 42, 2);
    put(b, 4, 8, 4);
    put(b, 8, 1, 2);
    entry(b, 10, 0x8769, 4, 40); /* the Exif directory */
    put(b, 40, 2, 2);
    entry(b, 42, 0xa001, 3, 0xffff);
    entry(b, 54, 0xa005, 4, 80); /* the interoperability directory */
    put(b, 80, 1, 2);
    entry(b, 82, 1, 2, 0);
    memcpy(b->bytes + 90, "R03", 4);
}

static int adobe(const block *b)
{
    smpi_exif facts;
    ck_assert_int_eq(smpi_exif_read((smpi_span){b->bytes, sizeof b->bytes}, &facts), 1);
    ck_assert(!(facts.srgb && facts.adobe_rgb));
    return facts.adobe_rgb;
}

START_TEST(interoperability)
{
    for (int big = 0; big < 2; big++) {
        block b;
        start(&b, big);
        ck_assert(adobe(&b));
        for (int i = 0; i < 3; i++) { /* "R03" and nothing else */
            b.bytes[90 + i] ^= 1;
            ck_assert(!adobe(&b));
            b.bytes[90 + i] ^= 1;
        }
        put(&b, 86, 3, 4);
        ck_assert(!adobe(&b));
        start(&b, big);
        entry(&b, 42, 0xa001, 3, 1); /* sRGB says so itself */
        ck_assert(!adobe(&b));
        entry(&b, 42, 0xa001, 3, 2);
        ck_assert(adobe(&b));
        put(&b, 40, 1, 2); /* without the interoperability directory */
        for (uint32_t value = 0; value < 5; value++) {
            entry(&b, 42, 0xa001, 3, value);
            ck_assert_int_eq(adobe(&b), value == 2);
        }
        static const uint32_t nowhere[] = {0, 7, 117, 118, 119, 120, 0x7fffffff, 0xffffffff};
        for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
            start(&b, big);
            put(&b, 62, nowhere[i], 4);
            ck_assert(!adobe(&b));
            put(&b, 18, nowhere[i], 4);
            ck_assert(!adobe(&b));
        }
        start(&b, big);
        put(&b, 40, 0xffff, 2); /* more entries than there is room for */
        ck_assert(!adobe(&b));
        put(&b, 14, 0, 4); /* no value */
        ck_assert(!adobe(&b));
    }
}
END_TEST

/* What is no Exif, byte by byte of its head. */
START_TEST(heads)
{
    static const uint8_t wrong[][2] = {{0, 'X'}, {1, 'M'}, {2, 43}, {3, 1}, {4, 7}, {7, 1}, {9, 9}};
    smpi_exif facts;
    block b;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        start(&b, 0);
        b.bytes[wrong[i][0]] = wrong[i][1];
        ck_assert_int_eq(smpi_exif_read((smpi_span){b.bytes, sizeof b.bytes}, &facts), 0);
        ck_assert_uint_eq(facts.orientation, 1);
    }
    start(&b, 1);
    ck_assert_int_eq(smpi_exif_read((smpi_span){b.bytes, 7}, &facts), 0);
    ck_assert_int_eq(smpi_exif_read((smpi_span){NULL, 100}, &facts), 0);
    for (uint32_t value = 0; value < 11; value++) {
        entry(&b, 10, 0x112, 3, value);
        ck_assert_int_eq(smpi_exif_read((smpi_span){b.bytes, sizeof b.bytes}, &facts), 1);
        ck_assert_uint_eq(facts.orientation, value >= 1 && value <= 8 ? value : 1);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("codec");
    TCase *tests = tcase_create("curves");
    tcase_add_test(tests, tables);
    tcase_add_test(tests, parametric_curves);
    tcase_add_test(tests, grays);
    tcase_add_test(tests, other_models);
    tcase_add_test(tests, interoperability);
    tcase_add_test(tests, heads);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
