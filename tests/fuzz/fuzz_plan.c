/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Plans from JSON. A plan that was read answers questions with numbers, and writes a text that
 * reads back as the same text (tried for a third of the lengths: heads take long). */
#include "fuzz.h"

#define LIMIT (UINT64_C(64) << 20)

static void ask(const smp_plan *plan)
{
    static const double points[][3] = {{0, 131, 0},    {0, 60, 95}, {70, 60, 0},
                                       {-50, 20, -80}, {10, 10, 0}, {1e30, 0, -1e30}};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        const double density = smp_plan_density(plan, points[i]);
        const double hair = smp_plan_hair(plan, points[i]);
        FUZZ_NEED(density >= 0.0 && density <= 1000.0);
        FUZZ_NEED(hair >= 0.0 && hair <= 1000.0);
        FUZZ_NEED(smp_plan_zone_at(plan, points[i]) <= SMP_ZONES_MAX);
    }
}

static void round_trip(const smp_context *ctx, const smp_plan *plan)
{
    smp_bytes *text[2] = {NULL, NULL};
    smp_plan *again = NULL;
    smp_diag diag;
    size_t size[2];
    smp_status status = smp_plan_to_json(ctx, plan, &text[0], &diag);
    FUZZ_NEED(fuzz_said(status, &diag) == (text[0] != NULL));
    if (status == SMP_OK) {
        const char *words = (const char *)smp_bytes_data(text[0], &size[0]);
        FUZZ_NEED(words[size[0]] == 0);
        status = smp_plan_from_json(ctx, words, size[0], &again, &diag);
        FUZZ_NEED(fuzz_said(status, &diag) || status == SMP_ERR_MEMORY || status == SMP_ERR_LIMIT);
    }
    if (status == SMP_OK && smp_plan_to_json(ctx, again, &text[1], &diag) == SMP_OK) {
        const uint8_t *b = smp_bytes_data(text[1], &size[1]);
        FUZZ_NEED(size[0] == size[1] && !memcmp(smp_bytes_data(text[0], NULL), b, size[0]));
    }
    smp_plan_destroy(&again);
    smp_bytes_destroy(&text[0]);
    smp_bytes_destroy(&text[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_memory memory;
    smp_plan *plan = NULL;
    smp_diag diag;
    smp_context *ctx = fuzz_context(&memory, 0xaa, LIMIT, 0);
    char *exact = calloc(1, size ? size : 1);
    FUZZ_NEED(exact);
    if (size)
        memcpy(exact, data, size);
    const smp_status status = smp_plan_from_json(ctx, exact, size, &plan, &diag);
    FUZZ_NEED(fuzz_said(status, &diag) == (plan != NULL));
    if (plan) {
        ask(plan);
        if (size % 3 == 0)
            round_trip(ctx, plan);
    }
    smp_plan_destroy(&plan);
    free(exact);
    fuzz_context_end(&ctx, &memory);
    return 0;
}
