/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Whether smpi_hash looks random for what it is used for: words that count up by one. */
#include <check.h>
#include <math.h>

#include "base/random.h"
#include "support.h"

#define MANY (1 << 16)

/* ck_assert writes a line each time that it is passed, too slow for inner loops. */
#define HOLDS(condition)                           \
    do {                                           \
        if (!(condition))                          \
            ck_abort_msg("not true: " #condition); \
    } while (0)

/* The three words of a hash in the patterns that rooms use. */
static uint64_t pattern(int kind, uint32_t i)
{
    switch (kind) {
    case 0:
        return smpi_hash(7, i, 1);
    case 1:
        return smpi_hash(i, 7, 1);
    case 2:
        return smpi_hash(7, 9, i);
    case 3:
        return smpi_hash(0, i << 12, 3); /* low bits always 0 */
    default:
        return smpi_hash(i, i, i);
    }
}
#define KINDS 5

/* Standard deviations that a count of heads out of n tosses is off by. */
static double heads_off(double heads, double n)
{
    return fabs(heads - 0.5 * n) / sqrt(0.25 * n);
}

/* The bits themselves: plans drawn once must look the same for ever. Worked out from the formula by
 * arbitrary-precision integers. */
START_TEST(pinned)
{
    static const uint64_t stirred[][2] = {
        {1, UINT64_C(0xb456bcfc34c2cb2c)},
        {UINT64_C(0x123456789abcdef), UINT64_C(0x87cbfbfe89022cea)},
        {UINT64_MAX, UINT64_C(0x64b5720b4b825f21)}};
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(smpi_stir(stirred[i][0]), stirred[i][1]);
    ck_assert_uint_eq(smpi_hash(1, 2, 3), UINT64_C(0xa2cf50ad325c329c));
    ck_assert_uint_eq(smpi_hash(UINT32_MAX, UINT32_MAX, UINT32_MAX), UINT64_C(0x823b2f9f6062d7c5));
}
END_TEST

START_TEST(balance)
{
    uint32_t ones[64] = {0};
    for (uint32_t i = 0; i < MANY; i++) {
        const uint64_t h = pattern(_i, i);
        for (int b = 0; b < 64; b++)
            ones[b] += (uint32_t)(h >> b & 1);
    }
    for (int b = 0; b < 64; b++)
        if (!(heads_off(ones[b], MANY) < 4.5))
            ck_abort_msg("bit %d is 1 in %u of %d", b, ones[b], MANY);
}
END_TEST

/* One input bit flipped: each output bit flips half the time. */
START_TEST(avalanche)
{
    enum { TRIALS = 2048 };
    double worst = 0.0, sum = 0.0;
    for (int in = 0; in < 96; in++) {
        uint32_t flips[64] = {0};
        for (uint32_t i = 0; i < TRIALS; i++) {
            uint32_t word[3] = {i, 3 * i + 1, i & 15};
            const uint64_t h = smpi_hash(word[0], word[1], word[2]);
            word[in / 32] ^= (uint32_t)1 << in % 32;
            const uint64_t change = h ^ smpi_hash(word[0], word[1], word[2]);
            for (int b = 0; b < 64; b++)
                flips[b] += (uint32_t)(change >> b & 1);
        }
        for (int b = 0; b < 64; b++) {
            const double off = heads_off(flips[b], TRIALS);
            worst = off > worst ? off : worst;
            sum += off * off;
        }
    }
    /* 6144 counts of a fair coin: largest about 4, mean square 1. */
    printf("avalanche: worst %.2f sigma, mean square %.3f\n", worst, sum / 6144.0);
    HOLDS(worst < 5.0);
    HOLDS(fabs(sum / 6144.0 - 1.0) < 0.12);
}
END_TEST

/* Correlation of neighbours at some distances, and of the two halves. */
START_TEST(neighbours)
{
    static const uint32_t steps[] = {1, 2, 3, 64, 1024};
    for (size_t s = 0; s <= sizeof steps / sizeof *steps; s++) {
        double sum = 0.0;
        for (uint32_t i = 0; i < MANY; i++) {
            const uint64_t h = pattern(_i, i);
            const double a = smpi_unit(h) - 0.5;
            const double b = (s < 5 ? smpi_unit(pattern(_i, i + steps[s])) : smpi_unit2(h)) - 0.5;
            sum += a * b;
        }
        const double sigma = sum * 12.0 / sqrt((double)MANY);
        if (!(fabs(sigma) < 4.5))
            ck_abort_msg("distance %zu: correlation of %.1f sigma", s, sigma);
    }
}
END_TEST

/* Pairs of neighbours fill a 64 x 64 table evenly. */
START_TEST(pairs)
{
    static uint32_t table[64][64];
    double chi = 0.0;
    const double want = MANY / 4096.0;
    memset(table, 0, sizeof table);
    for (uint32_t i = 0; i < MANY; i++)
        table[pattern(_i, i) >> 58][pattern(_i, i + 1) >> 58]++;
    for (int a = 0; a < 64; a++)
        for (int b = 0; b < 64; b++)
            chi += (table[a][b] - want) * (table[a][b] - want) / want;
    const double sigma = (chi - 4095.0) / sqrt(2.0 * 4095.0);
    if (!(fabs(sigma) < 5.0))
        ck_abort_msg("chi square %.0f, %.1f sigma off", chi, sigma);
}
END_TEST

START_TEST(no_two_alike)
{
    static uint64_t seen[1 << 18]; /* open addressing by the hash itself */
    uint32_t n = 0;
    memset(seen, 0, sizeof seen);
    for (uint32_t seed = 0; seed < 16; seed++)
        for (uint32_t i = 0; i < 1024; i++)
            for (uint32_t purpose = 0; purpose < 8; purpose++, n++) {
                const uint64_t h = smpi_hash(seed, i, purpose);
                size_t at = (size_t)(h & 0x3ffff);
                while (seen[at]) {
                    HOLDS(seen[at] != h);
                    at = (at + 1) & 0x3ffff;
                }
                seen[at] = h;
            }
    ck_assert_uint_eq(n, 131072);
}
END_TEST

START_TEST(uniform)
{
    double sum = 0.0, square = 0.0, low = 1.0, high = 0.0;
    for (uint32_t i = 0; i < MANY; i++) {
        const uint64_t h = pattern(_i, i);
        const double x = smpi_unit_double(h);
        HOLDS(fabs(x - smpi_unit(h)) < 0x1p-24);
        HOLDS(smpi_unit2(h) >= 0.0f && smpi_unit2(h) < 1.0f);
        sum += x;
        square += x * x;
        low = x < low ? x : low;
        high = x > high ? x : high;
    }
    HOLDS(low >= 0.0 && low < 1e-3 && high > 0.999 && high < 1.0);
    HOLDS(fabs(sum / MANY - 0.5) < 4.5 * 0.2887 / 256.0);
    HOLDS(fabs(square / MANY - 1.0 / 3.0) < 4.5 * 0.2981 / 256.0);
    HOLDS(smpi_unit(UINT64_MAX) < 1.0f && smpi_unit2(UINT64_MAX) < 1.0f);
    HOLDS(smpi_unit_double(UINT64_MAX) < 1.0 && smpi_unit(0) == 0.0f);
}
END_TEST

START_TEST(normal)
{
    enum { MORE = 1 << 18 };
    double power[5] = {0};
    for (uint32_t i = 0; i < MORE; i++) {
        double x = smpi_normal(smpi_hash(1, i, 2)), p = 1.0;
        for (int k = 1; k < 5; k++)
            power[k] += p *= x;
    }
    const double n = MORE;
    HOLDS(fabs(power[1] / n) < 4.5 / 512.0);
    HOLDS(fabs(power[2] / n - 1.0) < 4.5 * sqrt(2.0) / 512.0);
    HOLDS(fabs(power[3] / n) < 4.5 * sqrt(15.0) / 512.0);
    HOLDS(fabs(power[4] / n - 3.0) < 4.5 * sqrt(96.0) / 512.0);
}
END_TEST

/* The value of each hash is the normal quantile of its bits, and grows with them. */
START_TEST(normal_quantile)
{
    double worst = 0.0, last = 0.0;
    for (uint64_t k = 1; k < 1u << 27; k += k / 64 + 1) {
        const uint64_t h = (k - 1) << 37;
        const double p = ((double)(k - 1) + 0.5) * 0x1p-28;
        const double x = smpi_normal(h);
        const double off = fabs(0.5 * erfc(-x / sqrt(2.0)) / p - 1.0) / (1.0 + fabs(x));
        worst = off > worst ? off : worst;
        HOLDS(k == 1 || x >= last);
        last = x;
        HOLDS(smpi_normal(h | 0x800000000u) == -(float)x);
        HOLDS(fabs(x) < 6.0);
    }
    printf("normal: probability off by %.2g (1 + |x|) at most\n", worst);
    HOLDS(worst < 1e-6);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_random");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, pinned);
    tcase_add_loop_test(tests, balance, 0, KINDS);
    tcase_add_test(tests, avalanche);
    tcase_add_loop_test(tests, neighbours, 0, KINDS);
    tcase_add_loop_test(tests, pairs, 0, KINDS);
    tcase_add_test(tests, no_two_alike);
    tcase_add_loop_test(tests, uniform, 0, KINDS);
    tcase_add_test(tests, normal);
    tcase_add_test(tests, normal_quantile);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
