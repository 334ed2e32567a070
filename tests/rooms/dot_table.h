/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Tables of the Monte Carlo programs, read; and how errors are counted against them. */
#ifndef SMP_TEST_DOT_TABLE_H
#define SMP_TEST_DOT_TABLE_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optics/dot.h"

#define DOT_COLUMNS 32
#define DOT_ROWS 2500

typedef struct dot_table {
    int count, columns;
    double (*row)[DOT_COLUMNS];
} dot_table;

static inline dot_table dot_table_read(const char *name)
{
    char path[512], line[1024];
    dot_table t = {0, 0, NULL};
    snprintf(path, sizeof path, "%s/%s", SMP_TEST_DATA, name);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    t.row = calloc(DOT_ROWS, sizeof *t.row);
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#' || (line[0] >= 'a' && line[0] <= 'z'))
            continue;
        int n = 0;
        for (char *word = strtok(line, ",\n"); word && n < DOT_COLUMNS; word = strtok(NULL, ",\n"))
            t.row[t.count][n++] = strtod(word, NULL);
        t.columns = n;
        ck_assert_int_lt(++t.count, DOT_ROWS);
    }
    fclose(file);
    return t;
}

/* melanin, blood, yellow as the tables have them */
static inline smp_skin dot_skin(const double *v)
{
    smp_skin s;
    smp_skin_init(&s);
    s.melanin = (float)v[0];
    s.blood = (float)v[1];
    s.yellow_um = (float)v[2];
    return s;
}

/* diameter, top, height, dose, spread */
static inline smp_column dot_column(const double *v)
{
    smp_column c;
    smp_column_init(&c);
    c.diameter_mm = (float)v[0];
    c.top_mm = (float)v[1];
    c.height_mm = (float)v[2];
    c.dose = (float)v[3];
    c.spread_mm = (float)v[4];
    return c;
}

/* The model at one wavelength. */
static inline smpi_dot_shape dot_shape_nm(double nm, const double skin[3], const double column[5])
{
    smpi_dot_model m;
    smpi_dot_shape shape;
    int sample = (int)((nm - 380) / 10 + 0.5), three[3] = {sample, sample, sample};
    smp_skin s = dot_skin(skin);
    smp_column c = dot_column(column);
    ck_assert_int_eq(smpi_dot_model_at(&m, &s, three, NULL), SMP_OK);
    smpi_dot_shape_of(&m, 0, &c, &shape);
    return shape;
}

/* Full width at half of the middle. */
static inline double dot_width(const smpi_dot_shape *s)
{
    double low = 0, high = 4, half = smpi_dot_shape_at(s, 0) / 2;
    for (int i = 0; i < 40; i++) {
        double r = (low + high) / 2;
        if (smpi_dot_shape_at(s, r) > half)
            low = r;
        else
            high = r;
    }
    return low + high;
}

/* Errors over what is allowed. */
typedef struct dot_errors {
    int count;
    double value[DOT_ROWS * 16];
} dot_errors;

static inline int dot_rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Fails unless `share` of the errors are within 1; prints what they are. */
static inline void dot_errors_check(dot_errors *e, const char *what, double share)
{
    ck_assert_int_gt(e->count, 0);
    qsort(e->value, (size_t)e->count, sizeof *e->value, dot_rising);
    int at = (int)ceil(share * e->count) - 1;
    printf("%-42s %5d: median %.3f, 95 %% %.3f, 99 %% %.3f, worst %.3f\n", what, e->count,
           e->value[e->count / 2], e->value[(int)(0.95 * (e->count - 1))],
           e->value[(int)(0.99 * (e->count - 1))], e->value[e->count - 1]);
    ck_assert_msg(e->value[at] <= 1, "%s: %g at share %g", what, e->value[at], share);
    e->count = 0;
}

static inline void dot_errors_add(dot_errors *e, double miss, double allowed)
{
    e->value[e->count++] = fabs(miss) / allowed;
}

#endif
