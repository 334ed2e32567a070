/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Mathematics and random numbers have the same bits on every processor, compiler and C library: one
 * hash each. No framework, so that it runs under emulators too. */
#include "base/math.h"
#include "base/random.h"
#include "support.h"

#define MATH UINT64_C(0x4f70bf51e910f82)
#define RANDOM UINT64_C(0x3c783176d0784558)

static uint64_t hash_math(void)
{
    uint64_t hash = TEST_HASH_START;
    for (int i = -4000; i <= 4000; i++) {
        const double x = (double)i * 0.01171875, y = (double)(i + 4001) * 0.0341796875;
        const double all[] = {
            smpi_exp(x),       smpi_log(y),           smpi_pow(y, x * 0.125),
            smpi_sin(x * 9.0), smpi_cos(x * 1e3),     smpi_atan2(x, y - 100.0),
            smpi_erf(x * 0.2), smpi_acos(x * 0.0213), smpi_cbrt(x),
            smpi_tanh(x),
        };
        const float single[] = {smpi_expf((float)x), smpi_logf((float)y),
                                smpi_powf((float)y, (float)x * 0.125f)};
        hash = test_hash(hash, all, sizeof all);
        hash = test_hash(hash, single, sizeof single);
    }
    return hash;
}

/* Pictures hang on these for ever. */
static uint64_t hash_random(void)
{
    uint64_t hash = TEST_HASH_START;
    for (uint32_t i = 0; i < 10000; i++) {
        const uint64_t h = smpi_hash(i % 7, i, i % 5);
        const float x[] = {smpi_unit(h), smpi_unit2(h), smpi_normal(h)};
        hash = test_hash(hash, &h, sizeof h);
        hash = test_hash(hash, x, sizeof x);
    }
    return hash;
}

static int differs(const char *name, uint64_t got, uint64_t want)
{
    printf("%s 0x%llx%s\n", name, (unsigned long long)got, got == want ? "" : " DIFFERS");
    return got != want;
}

int main(void)
{
    return differs("math", hash_math(), MATH) + differs("random", hash_random(), RANDOM);
}
