/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Growing structs: defaults, garbage, older and newer callers, ranges and their words. */
#include <check.h>
#include <locale.h>
#include <math.h>

#include "base/diag.h"
#include "base/fields.h"
#include "support.h"

typedef struct sample {
    uint32_t struct_size;
    uint32_t kind;
    float melanin;
    float mu_per_mm;
    int32_t shift;
    uint32_t on;
    uint64_t bytes;
    double day_days;
    float weights[3];
    uint32_t reserved;
} sample;

static const char *const kinds[] = {"round", "", "straight", NULL};

static const smp_field fields[] = {
    SMPI_FIELD_HEAD(sample),
    SMPI_FIELD_ENUM(sample, kind, kinds, 2, 2, "Kind."),
    SMPI_FIELD(sample, melanin, "", 0.0, 0.5, 0.25, "Melanin."),
    SMPI_FIELD(sample, mu_per_mm, "1/mm", 0.0, 50.0, 4.0, "Absorption."),
    SMPI_FIELD(sample, shift, "px", -5.0, 5.0, -3.0, "Shift."),
    SMPI_FIELD_BOOL(sample, on, 1, "On."),
    SMPI_FIELD(sample, bytes, "bytes", 0.0, 1e15, 1e10, "Bytes."),
    SMPI_FIELD(sample, day_days, "days", 0.0, 36500.0, 60.0, "Day."),
    SMPI_FIELD_ARRAY(sample, weights, 3, "", 0.0, 1.0, 0.5, "Weights."),
    SMPI_FIELD_RESERVED(sample, reserved),
};
#define COUNT SMPI_COUNT(fields)

static smp_status read_sample(sample *out, const void *from, smp_diag *diag)
{
    smpi_diag_clear(diag);
    return smpi_desc_read(out, sizeof *out, from, fields, COUNT, diag);
}

static void has_defaults(const sample *s)
{
    ck_assert_uint_eq(s->kind, 2);
    ck_assert(s->melanin == 0.25f && s->mu_per_mm == 4.0f && s->day_days == 60.0);
    ck_assert_int_eq(s->shift, -3);
    ck_assert_uint_eq(s->on, 1);
    ck_assert(s->bytes == 10000000000u);
    ck_assert(s->weights[0] == 0.5f && s->weights[2] == 0.5f);
    ck_assert_uint_eq(s->reserved, 0);
}

START_TEST(table_tiles)
{
    uint32_t at = 0, count;
    for (uint32_t i = 0; i < COUNT; i++) {
        ck_assert_uint_eq(fields[i].offset, at);
        at += fields[i].size;
    }
    ck_assert_uint_eq(at, sizeof(sample));
    const smp_field *f = smp_context_desc_fields(&count);
    for (uint32_t i = at = 0; i < count; i++) {
        ck_assert_uint_eq(f[i].offset, at);
        at += f[i].size;
    }
    ck_assert_uint_eq(at, sizeof(smp_context_desc));
    ck_assert_ptr_eq(smp_context_desc_fields(NULL), f);
}
END_TEST

START_TEST(defaults)
{
    sample s;
    memset(&s, 0x33, sizeof s);
    smpi_fields_init(&s, sizeof s, fields, COUNT);
    has_defaults(&s);
    ck_assert_uint_eq(s.struct_size, sizeof s);
    memset(&s, 0x33, sizeof s);
    smp_diag diag;
    ck_assert_int_eq(read_sample(&s, NULL, &diag), SMP_OK);
    has_defaults(&s);
    smpi_fields_init(NULL, 100, fields, COUNT);
}
END_TEST

/* Memory of a caller that is shorter or longer than ours is filled inside its size only. */
START_TEST(init_other_sizes)
{
    for (size_t size = 0; size <= 2 * sizeof(sample); size += 4) {
        test_guard guard;
        unsigned char *caller = test_guard_create(&guard, size, 4);
        sample whole;
        smpi_fields_init(&whole, sizeof whole, fields, COUNT);
        smpi_fields_init(caller, size, fields, COUNT);
        for (uint32_t i = 1; i < COUNT; i++)
            if (fields[i].offset + fields[i].size <= size)
                ck_assert_mem_eq(caller + fields[i].offset,
                                 (unsigned char *)&whole + fields[i].offset, fields[i].size);
        for (size_t i = sizeof(sample); i < size; i++)
            ck_assert_int_eq(caller[i], 0);
        test_guard_destroy(&guard, "init");
    }
}
END_TEST

START_TEST(garbage)
{
    static const int fills[] = {0x00, 0x33, 0xa5, 0xff};
    unsigned char caller[sizeof(sample)];
    sample s;
    smp_diag diag;
    for (size_t i = 0; i < 4; i++) {
        memset(caller, fills[i], sizeof caller);
        ck_assert_int_eq(read_sample(&s, caller, &diag), SMP_ERR_ARGUMENT);
        ck_assert_ptr_nonnull(strstr(diag.text, "call the _init function"));
        ck_assert_int_eq(smpi_desc_store(caller, &s, sizeof s, &diag), SMP_ERR_ARGUMENT);
    }
    for (uint32_t size = 0; size < 9000; size++) {
        const int fine = size >= 4 && size <= SMPI_DESC_MAX && size % 4 == 0;
        unsigned char large[SMPI_DESC_MAX] = {0};
        smpi_fields_init(large, sizeof(sample), fields, COUNT);
        memcpy(large, &size, sizeof size);
        const smp_status status = smpi_desc_load(&s, sizeof s, large, NULL);
        ck_assert_int_eq(status, fine ? SMP_OK : SMP_ERR_ARGUMENT);
    }
}
END_TEST

START_TEST(older_and_newer)
{
    struct {
        sample now;
        uint32_t later[4];
    } newer;
    sample s, old;
    smp_diag diag;
    smpi_fields_init(&old, sizeof old, fields, COUNT);
    old.melanin = 0.5f;
    old.struct_size = offsetof(sample, mu_per_mm);
    memset(&old.mu_per_mm, 0xff, sizeof old - offsetof(sample, mu_per_mm));
    ck_assert_int_eq(read_sample(&s, &old, &diag), SMP_OK);
    ck_assert(s.melanin == 0.5f && s.mu_per_mm == 4.0f && s.weights[2] == 0.5f);
    ck_assert_uint_eq(s.struct_size, sizeof s);

    smpi_fields_init(&newer, sizeof newer, fields, COUNT);
    ck_assert_int_eq(read_sample(&s, &newer, &diag), SMP_OK);
    newer.later[1] = 7;
    ck_assert_int_eq(read_sample(&s, &newer, &diag), SMP_ERR_UNSUPPORTED);
    char words[64];
    snprintf(words, sizeof words, "a field at byte %zu is newer than this library",
             sizeof(sample) + 4);
    ck_assert_str_eq(diag.text, words);
}
END_TEST

START_TEST(store)
{
    sample s;
    smpi_fields_init(&s, sizeof s, fields, COUNT);
    for (uint32_t size = 4; size <= 2 * sizeof s; size += 4) {
        test_guard guard;
        unsigned char *caller = test_guard_create(&guard, size, 0);
        const size_t both = size < sizeof s ? size : sizeof s;
        memcpy(caller, &size, sizeof size);
        ck_assert_int_eq(smpi_desc_store(caller, &s, sizeof s, NULL), SMP_OK);
        ck_assert_mem_eq(caller, &size, sizeof size);
        ck_assert_mem_eq(caller + 4, (unsigned char *)&s + 4, both - 4);
        for (size_t i = sizeof s; i < size; i++)
            ck_assert_int_eq(caller[i], 0);
        test_guard_destroy(&guard, "store");
    }
    ck_assert_int_eq(smpi_desc_store(NULL, &s, sizeof s, NULL), SMP_ERR_ARGUMENT);
}
END_TEST

/* One change to the defaults, and what is said of it; NULL: nothing. */
#define SAYS(change, words)                                            \
    do {                                                               \
        sample from, to;                                               \
        smp_diag diag;                                                 \
        smpi_fields_init(&from, sizeof from, fields, COUNT);           \
        from.change;                                                   \
        const smp_status status = read_sample(&to, &from, &diag);      \
        ck_assert_int_eq(status, (words)[0] ? SMP_ERR_RANGE : SMP_OK); \
        ck_assert_str_eq(diag.text, words);                            \
    } while (0)

static void check_ranges(void)
{
    SAYS(melanin = NAN, "melanin is nan, want [0, 0.5]");
    SAYS(melanin = -NAN, "melanin is nan, want [0, 0.5]");
    SAYS(melanin = INFINITY, "melanin is inf, want [0, 0.5]");
    SAYS(melanin = -INFINITY, "melanin is -inf, want [0, 0.5]");
    SAYS(melanin = 0.625f, "melanin is 0.625, want [0, 0.5]");
    SAYS(melanin = 0.5f, "");
    SAYS(melanin = 0.0f, "");
    SAYS(melanin = -0.0f, "");
    SAYS(mu_per_mm = 51.5f, "mu_per_mm is 51.5 1/mm, want [0, 50]");
    SAYS(mu_per_mm = NAN, "mu_per_mm is nan 1/mm, want [0, 50]");
    SAYS(kind = 0, "");
    SAYS(kind = 1, "kind is 1, want one of: round, straight");
    SAYS(kind = 3, "kind is 3, want one of: round, straight");
    SAYS(kind = UINT32_MAX, "kind is 4.2949673e+09, want one of: round, straight");
    SAYS(on = 0, "");
    SAYS(on = 2, "on is 2, want 0 or 1");
    SAYS(shift = -6, "shift is -6 px, want [-5, 5]");
    SAYS(shift = -5, "");
    SAYS(bytes = UINT64_MAX, "bytes is 1.84467441e+19 bytes, want [0, 1e+15]");
    SAYS(day_days = (double)NAN, "day_days is nan days, want [0, 36500]");
    SAYS(day_days = 36500.5, "day_days is 36500.5 days, want [0, 36500]");
    SAYS(weights[0] = -0.125f, "weights[0] is -0.125, want [0, 1]");
    SAYS(weights[2] = NAN, "weights[2] is nan, want [0, 1]");
    SAYS(reserved = 1, "reserved is 1, want [0, 0]");
}

START_TEST(ranges)
{
    check_ranges();
    if (setlocale(LC_ALL, "de_DE.UTF-8"))
        check_ranges();
    else
        printf("SKIP: locale de_DE.UTF-8 is not installed\n");
    setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(limits_as_floats)
{
    /* 0.2f is over 0.2: a field set to its documented limit must still be inside */
    const smp_field one = {"part", "", "", NULL, 0, SMP_FIELD_F32, 1, 4, 0.1, 0.2, 0.1};
    const float inside[] = {0.1f, 0.15f, 0.2f};
    const float outside[] = {0.2000001f, 0.09999999f, NAN};
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(smpi_fields_check(&inside[i], &one, 1, NULL), SMP_OK);
        ck_assert_int_eq(smpi_fields_check(&outside[i], &one, 1, NULL), SMP_ERR_RANGE);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_fields");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, table_tiles);
    tcase_add_test(tests, defaults);
    tcase_add_test(tests, init_other_sizes);
    tcase_add_test(tests, garbage);
    tcase_add_test(tests, older_and_newer);
    tcase_add_test(tests, store);
    tcase_add_test(tests, ranges);
    tcase_add_test(tests, limits_as_floats);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
