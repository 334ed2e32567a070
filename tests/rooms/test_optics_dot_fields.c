/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * How dots combine, against Monte Carlo of pairs and square lattices (mc_fields.c); and the Monte
 * Carlo program against an independent one. The rule is the renderer's: docs/model/optics.md, 7. */
#include "rooms/dot_table.h"

#define NEAR_MORE 0.127 /* as libsmp/render/draw.c */
#define PI 3.14159265358979

/* What is drawn of the cores, narrower and wider tails at a place. */
typedef struct drawn {
    double core, near, far;
} drawn;

static void add(drawn *d, const smpi_dot_shape *s, double r, double light)
{
    double q = 1 - r * r / s->radius2, n = s->near * (1 + NEAR_MORE * s->near / s->near_r2);
    if (q > 0)
        d->core += light * s->core * (s->exponent + 1) / (PI * s->radius2) * pow(q, s->exponent);
    d->near += n / (PI * s->near_r2) * exp(-r * r / s->near_r2);
    d->far += s->far / (PI * s->far_r2) * exp(-r * r / s->far_r2);
}

/* The kernel "through": cores saturate where they overlap. */
static double through(const drawn *d)
{
    double tail = (1 + d->far) * exp(d->near) - 1, c = d->core * (1 + tail);
    double left = c <= 0.75 ? 1 - c : 0.0625 / (c - 0.5);
    return left / (1 + tail);
}

static smpi_dot_shape shape_of(const double *v)
{
    double column[5] = {v[4], v[5], v[6], v[7], 0};
    return dot_shape_nm(v[0], v + 1, column);
}

static double lattice(const smpi_dot_shape *s, double pitch)
{
    enum { CELLS = 24, REACH = 5 };
    drawn others = {0, 0, 0};
    double sum = 0;
    for (int k = -REACH; k <= REACH; k++)
        for (int j = -REACH; j <= REACH; j++)
            if (j || k)
                add(&others, s, pitch * sqrt(j * j + k * k), 1);
    double light = exp(-others.near) / (1 + others.far);
    for (int y = 0; y < CELLS; y++)
        for (int x = 0; x < CELLS; x++) {
            drawn d = {0, 0, 0};
            for (int k = -REACH; k <= REACH + 1; k++)
                for (int j = -REACH; j <= REACH + 1; j++)
                    add(&d, s, pitch * hypot((x + 0.5) / CELLS - j, (y + 0.5) / CELLS - k), light);
            sum += through(&d) / (CELLS * CELLS);
        }
    return sum;
}

START_TEST(fields)
{
    static dot_errors mean, drop[2];
    dot_table t = dot_table_read("dot_fields.csv");
    ck_assert_int_eq(t.count, 108);
    for (int i = 0; i < t.count; i++) {
        const double *v = t.row[i];
        smpi_dot_shape s = shape_of(v);
        double got = lattice(&s, v[8]);
        int dense = v[8] < 0.9;
        if (!dense)
            dot_errors_add(&mean, got - v[9], 0.02);
        dot_errors_add(drop + dense, (1 - got) / (1 - v[9]) - 1, 0.1);
    }
    free(t.row);
    dot_errors_check(&mean, "100 dots/cm2: mean over 0.02", 1);
    dot_errors_check(drop, "100 dots/cm2: drop over 10 %", 1);
    dot_errors_check(drop + 1, "200 dots/cm2: drop over 10 %", 1);
}
END_TEST

START_TEST(pairs)
{
    static dot_errors apart, touching, total;
    dot_table t = dot_table_read("dot_pairs.csv");
    ck_assert_int_eq(t.count, 216);
    for (int i = 0; i < t.count; i++) {
        const double *v = t.row[i], gap = v[8];
        const double at[3][2] = {{0, gap}, {gap / 2, gap / 2}, {0.2, 0.2 + gap}};
        smpi_dot_shape s = shape_of(v);
        drawn other = {0, 0, 0};
        add(&other, &s, gap, 1);
        double light = exp(-other.near) / (1 + other.far);
        for (int k = 0; k < 3; k++) {
            drawn d = {0, 0, 0};
            add(&d, &s, at[k][0], light);
            add(&d, &s, at[k][1], light);
            dot_errors_add(gap > v[4] ? &apart : &touching, 1 - through(&d) - v[9 + 2 * k],
                           fmax(0.05, 0.1 * v[9 + 2 * k]));
        }
        if (gap > v[4])
            dot_errors_add(&total, 2 * s.integral / v[15] - 1, 0.1);
    }
    free(t.row);
    dot_errors_check(&apart, "pairs apart over max(0.05, 10 %)", 0.97);
    dot_errors_check(&touching, "pairs that overlap over max(0.05, 10 %)", 0.5);
    dot_errors_check(&total, "pairs apart: both integrals over 10 %", 0.9);
}
END_TEST

/* Rows of a table that name a skin; columns 1 on as numbers. */
static int read_named(const char *name, double rows[300][DOT_COLUMNS])
{
    char path[512], line[512];
    int count = 0;
    snprintf(path, sizeof path, "%s/%s", SMP_TEST_DATA, name);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "light", 5) != 0 && strncmp(line, "dark", 4) != 0)
            continue;
        rows[count][0] = line[0] == 'l' ? 0.006 : 0.09;
        char *word = strchr(line, ',');
        for (int n = 1; word && n < DOT_COLUMNS; n++, word = strchr(word + 1, ','))
            rows[count][n] = strtod(word + 1, NULL);
        count++;
    }
    fclose(file);
    return count;
}

static const double *same(const dot_table *t, const double *v, double d, double top, double dose)
{
    for (int i = 0; i < t->count; i++) {
        const double *r = t->row[i];
        if (r[0] == v[1] && fabs(r[1] - v[0]) < 1e-6 && fabs(r[4] - d) < 1e-6 &&
            fabs(r[5] - top) < 1e-6 && fabs(r[7] - dose) < 1e-6)
            return r;
    }
    ck_abort_msg("no row at %g nm, %g mm, top %g, dose %g", v[1], d, top, dose);
    return NULL;
}

/* Our Monte Carlo against the reference tables: differences in standard errors of both. */
START_TEST(monte_carlo_against_another)
{
    static double rows[300][DOT_COLUMNS];
    dot_table t = dot_table_read("dot_reference.csv");
    double square = 0, worst = 0, mean = 0;
    int count = read_named("dot_contrast_reference.csv", rows);
    ck_assert_int_eq(count, 216);
    for (int i = 0; i < count; i++) {
        const double *v = rows[i], *r = same(&t, v, v[2], v[3], v[4]);
        double z = (r[12] - v[8]) / hypot(v[7] / v[5], r[13]);
        square += z * z / count;
        mean += z / count;
        worst = fmax(worst, fabs(z));
    }
    printf("reference: %d contrasts, mean %.2f, rms %.2f, worst %.2f sigma\n", count, mean,
           sqrt(square), worst);
    ck_assert(fabs(mean) < 0.25 && sqrt(square) < 1.3 && worst < 4);
    static dot_errors around;
    static const int column[13] = {12, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26};
    count = read_named("dot_profile_reference.csv", rows);
    ck_assert_int_eq(count, 24);
    for (int i = 0; i < count; i++) {
        const double *v = rows[i], *r = same(&t, v, 0.3, v[2], 2);
        for (int k = 0; k < 13; k++) /* 1 sigma is 0.001 to 0.002 of white there */
            dot_errors_add(&around, r[column[k]] * (k ? 1e-4 : 1) - (1 - v[4 + k] / v[3]),
                           3 * 0.002 / v[3]);
    }
    dot_errors_check(&around, "reference: profiles over 3 sigma", 0.99);
    free(t.row);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("optics_dot_fields");
    TCase *tc = tcase_create("dot");
    tcase_set_timeout(tc, 300);
    tcase_add_test(tc, fields);
    tcase_add_test(tc, pairs);
    tcase_add_test(tc, monte_carlo_against_another);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
