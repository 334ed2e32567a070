/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * base/math.h against the C library's long double functions, and its special
 * values. One hash of it all for every platform: test_base_golden.c. */
#include <check.h>
#include <float.h>
#include <math.h>

#include "base/math.h"
#include "support.h"

#define SAMPLES 40000

/* Where long double is no wider than double, the reference itself is off by an ulp or so. */
static const double REFERENCE = sizeof(long double) > sizeof(double) ? 0.0 : 3e-16;

typedef enum measure { RELATIVE, ABSOLUTE, PHASE } measure;

/* One function over one range: `bound` is what math.h states. */
typedef struct subject {
    const char *name;
    double (*mine)(double);
    long double (*reference)(long double);
    double low, high, bound;
    measure how;
} subject;

static double mine_expf(double x)
{
    return (double)smpi_expf((float)x);
}
static long double their_expf(long double x)
{
    return expl((long double)(float)x);
}
static double mine_logf(double x)
{
    return (double)smpi_logf((float)x);
}
static long double their_logf(long double x)
{
    return logl((long double)(float)x);
}
static double mine_pow_half(double x)
{
    return smpi_pow(x, 1.0 / 2.4);
}
static long double their_pow_half(long double x)
{
    return powl(x, (long double)(1.0 / 2.4));
}
static double mine_pow_far(double x)
{
    return smpi_pow(x, 40.0);
}
static long double their_pow_far(long double x)
{
    return powl(x, 40.0L);
}
static double mine_powf(double x)
{
    return (double)smpi_powf((float)x, 1.0f / 2.4f);
}
static long double their_powf(long double x)
{
    return powl((long double)(float)x, (long double)(1.0f / 2.4f));
}
static double mine_powf_far(double x)
{
    return (double)smpi_powf((float)x, -17.5f);
}
static long double their_powf_far(long double x)
{
    return powl((long double)(float)x, -17.5L);
}
static double mine_atan(double x)
{
    return smpi_atan2(x, 1.0);
}
static double mine_atan_left(double x)
{
    return smpi_atan2(3.0, x);
}
static long double their_atan_left(long double x)
{
    return atan2l(3.0L, x);
}

static const subject subjects[] = {
    {"exp", smpi_exp, expl, -700, 709, 4e-16, RELATIVE},
    {"exp", smpi_exp, expl, -2, 2, 4e-16, RELATIVE},
    {"exp", smpi_exp, expl, -745, -708, 2.5e-324, ABSOLUTE},
    {"log", smpi_log, logl, 0, 1e300, 4e-16, RELATIVE},
    {"log", smpi_log, logl, 0, 2, 4e-16, RELATIVE},
    {"log", smpi_log, logl, 0.999, 1.001, 4e-16, RELATIVE},
    {"log", smpi_log, logl, 0, DBL_MIN, 4e-16, RELATIVE},
    {"pow 1/2.4", mine_pow_half, their_pow_half, 0, 100, 5e-15, RELATIVE},
    {"pow 40", mine_pow_far, their_pow_far, 0.1, 12, 1e-13, RELATIVE},
    {"sin", smpi_sin, sinl, -8, 8, 2e-16, PHASE},
    {"sin", smpi_sin, sinl, -1e6, 1e6, 2e-16, PHASE},
    {"sin", smpi_sin, sinl, -0.7, 0.7, 1e-15, RELATIVE},
    {"cos", smpi_cos, cosl, -8, 8, 2e-16, PHASE},
    {"cos", smpi_cos, cosl, -1e6, 1e6, 2e-16, PHASE},
    {"atan2 y 1", mine_atan, atanl, -3, 3, 1e-15, RELATIVE},
    {"atan2 y 1", mine_atan, atanl, -1e9, 1e9, 1e-15, RELATIVE},
    {"atan2 3 x", mine_atan_left, their_atan_left, -30, 30, 1e-15, RELATIVE},
    {"acos", smpi_acos, acosl, -1, 1, 1e-15, RELATIVE},
    {"acos", smpi_acos, acosl, 0.999, 1, 1e-15, RELATIVE},
    {"erf", smpi_erf, erfl, -7, 7, 1e-15, ABSOLUTE},
    {"erf", smpi_erf, erfl, -1.1, 1.1, 1e-15, RELATIVE},
    {"cbrt", smpi_cbrt, cbrtl, -1e9, 1e9, 1e-15, RELATIVE},
    {"cbrt", smpi_cbrt, cbrtl, 0, 1, 1e-15, RELATIVE},
    {"tanh", smpi_tanh, tanhl, -22, 22, 1e-15, ABSOLUTE},
    {"tanh", smpi_tanh, tanhl, -1, 1, 1e-15, RELATIVE},
    {"expf", mine_expf, their_expf, -87, 88, 3e-7, RELATIVE},
    {"logf", mine_logf, their_logf, 0, 1e30, 3e-7, RELATIVE},
    {"logf", mine_logf, their_logf, 0.9, 1.1, 3e-7, RELATIVE},
    {"powf 1/2.4", mine_powf, their_powf, 0, 4, 3e-7, RELATIVE},
    {"powf -17.5", mine_powf_far, their_powf_far, 0.01, 100, 3e-7, RELATIVE},
};

static double error_at(const subject *s, double x)
{
    const long double want = s->reference((long double)x);
    const long double off = fabsl((long double)s->mine(x) - want);
    switch (s->how) {
    case RELATIVE:
        return (double)(want != 0.0L ? off / fabsl(want) : off);
    case PHASE:
        return (double)(off / (1.0L + fabsl((long double)x)));
    default:
        return (double)off;
    }
}

START_TEST(against_long_double)
{
    const subject *s = &subjects[_i];
    uint64_t random = test_seed();
    double worst = 0.0, at = s->low;
    for (int i = 0; i < SAMPLES; i++) {
        double x = test_uniform(&random, s->low, s->high);
        if (i % 4 == 0 && s->low == 0.0) /* small ones too: evenly in the logarithm */
            x = s->high * exp2(-test_uniform(&random, 0.0, 40.0));
        const double error = error_at(s, x);
        if (!(error <= worst)) {
            worst = error;
            at = x;
        }
    }
    printf("%-11s [%g, %g]: worst %.3g at %a, stated %.3g\n", s->name, s->low, s->high, worst, at,
           s->bound);
    if (!(worst <= s->bound + REFERENCE))
        ck_abort_msg("%s(%a) is off by %g, stated %g", s->name, at, worst, s->bound);
}
END_TEST

#define IS(expression, value)                                                            \
    do {                                                                                 \
        const double got = (double)(expression), want = (double)(value);                 \
        if (isnan(want) ? !isnan(got) : !(got == want && signbit(got) == signbit(want))) \
            ck_abort_msg("%s is %a, want %a", #expression, got, want);                   \
    } while (0)

START_TEST(special_double)
{
    IS(smpi_exp(0.0), 1.0);
    IS(smpi_exp(-746.0), 0.0);
    IS(smpi_exp(-HUGE_VAL), 0.0);
    IS(smpi_exp(709.79), HUGE_VAL);
    IS(smpi_exp(HUGE_VAL), HUGE_VAL);
    IS(smpi_exp(NAN), NAN);
    IS(smpi_log(1.0), 0.0);
    IS(smpi_log(0.0), -HUGE_VAL);
    IS(smpi_log(-1.0), NAN);
    IS(smpi_log(NAN), NAN);
    IS(smpi_log(HUGE_VAL), HUGE_VAL);
    IS(smpi_pow(0.0, 0.0), 1.0);
    IS(smpi_pow(0.0, 2.0), 0.0);
    IS(smpi_pow(0.0, -2.0), HUGE_VAL);
    IS(smpi_pow(1.0, NAN), 1.0);
    IS(smpi_pow(-1.0, 2.0), NAN);
    IS(smpi_pow(NAN, 2.0), NAN);
    IS(smpi_pow(2.0, NAN), NAN);
    IS(smpi_pow(HUGE_VAL, -1.0), 0.0);
    IS(smpi_pow(HUGE_VAL, 1.0), HUGE_VAL);
    IS(smpi_pow(10.0, 400.0), HUGE_VAL);
    IS(smpi_pow(10.0, -400.0), 0.0);
    IS(smpi_sin(0.0), 0.0);
    IS(smpi_cos(0.0), 1.0);
    IS(smpi_sin(HUGE_VAL), NAN);
    IS(smpi_cos(NAN), NAN);
    IS(smpi_sin(1e300), NAN);
    IS(smpi_erf(-9.0), -1.0);
    IS(smpi_erf(HUGE_VAL), 1.0);
    IS(smpi_erf(NAN), NAN);
    IS(smpi_cbrt(-27.0), -3.0);
    IS(smpi_cbrt(0.0), 0.0);
    IS(smpi_cbrt(-HUGE_VAL), -HUGE_VAL);
    IS(smpi_cbrt(1e-300 * 1e-15), 0x1.25915cd40e7e4p-349); /* rounded from 50 digits */
    IS(smpi_cbrt(NAN), NAN);
    IS(smpi_tanh(50.0), 1.0);
    IS(smpi_tanh(-HUGE_VAL), -1.0);
    IS(smpi_tanh(NAN), NAN);
}
END_TEST

START_TEST(special_angles)
{
    static const double ends[] = {0.0, 1.0, 2.5, 1e-300, 1e300, HUGE_VAL};
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++)
            for (int quadrant = 0; quadrant < 4 && (i < 5 || k < 5); quadrant++) {
                const double y = quadrant & 1 ? -ends[i] : ends[i];
                const double x = quadrant & 2 ? -ends[k] : ends[k];
                const double want = atan2(y, x), got = smpi_atan2(y, x);
                if (!(fabs(got - want) <= 1e-15 * fabs(want)) || signbit(got) != signbit(want))
                    ck_abort_msg("atan2(%a, %a) is %a, want %a", y, x, got, want);
            }
    IS(smpi_atan2(NAN, 1.0), NAN);
    IS(smpi_atan2(1.0, NAN), NAN);
    IS(smpi_acos(1.0), 0.0);
    IS(smpi_acos(1.5), 0.0);
    IS(smpi_acos(-1.5), SMPI_PI);
    IS(smpi_acos(0.0), SMPI_PI / 2);
    IS(smpi_acos(NAN), NAN);
}
END_TEST

START_TEST(special_single)
{
    IS(smpi_expf(0.0f), 1.0);
    IS(smpi_expf(-88.0f), 0.0);
    IS(smpi_expf(-HUGE_VALF), 0.0);
    IS(smpi_expf(89.0f), HUGE_VAL);
    IS(smpi_expf(NAN), NAN);
    IS(smpi_logf(1.0f), 0.0);
    IS(smpi_logf(0.0f), -HUGE_VAL);
    IS(smpi_logf(-1.0f), NAN);
    IS(smpi_logf(NAN), NAN);
    IS(smpi_logf(HUGE_VALF), HUGE_VAL);
    IS(smpi_powf(0.0f, 0.0f), 1.0);
    IS(smpi_powf(0.0f, 2.4f), 0.0);
    IS(smpi_powf(0.0f, -1.0f), HUGE_VAL);
    IS(smpi_powf(-0.1f, 2.0f), NAN);
    IS(smpi_powf(1.0f, 2.4f), 1.0);
    IS(smpi_powf(NAN, 2.4f), NAN);
    IS(smpi_powf(2.0f, NAN), NAN);
    IS(smpi_powf(1e30f, 2.0f), HUGE_VAL);
    IS(smpi_powf(1e30f, -2.0f), 0.0);
    IS(smpi_powf(HUGE_VALF, 2.0f), HUGE_VAL);
    IS(smpi_powf(HUGE_VALF, -2.0f), 0.0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("math");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, against_long_double, 0, (int)(sizeof subjects / sizeof *subjects));
    tcase_add_test(tests, special_double);
    tcase_add_test(tests, special_angles);
    tcase_add_test(tests, special_single);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
