/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Status names, words, and numbers in any locale. */
#include <check.h>
#include <locale.h>
#include <math.h>

#include "base/diag.h"
#include "support.h"

START_TEST(status_names)
{
    ck_assert_str_eq(smp_status_name(SMP_OK), "SMP_OK");
    ck_assert_str_eq(smp_status_name(SMP_ERR_RANGE), "SMP_ERR_RANGE");
    ck_assert_str_eq(smp_status_name(SMP_ERR_CANCELLED), "SMP_ERR_CANCELLED");
    ck_assert_str_eq(smp_status_name((smp_status)9), "unknown status");
    ck_assert_str_eq(smp_status_name((smp_status)-1), "unknown status");
    ck_assert_str_eq(smp_version(), "0.1.0");
}
END_TEST

START_TEST(words)
{
    smp_diag diag;
    memset(&diag, 0x33, sizeof diag);
    smpi_diag_clear(&diag);
    ck_assert_int_eq(diag.status, SMP_OK);
    ck_assert_str_eq(diag.text, "");
    ck_assert_int_eq(smpi_fail(&diag, SMP_ERR_RANGE, "first %d", 1), SMP_ERR_RANGE);
    ck_assert_int_eq(smpi_fail(&diag, SMP_ERR_LIMIT, "second %d", 2), SMP_ERR_LIMIT);
    ck_assert_int_eq(diag.status, SMP_ERR_RANGE);
    ck_assert_str_eq(diag.text, "first 1");
    ck_assert_int_eq(smpi_fail(NULL, SMP_ERR_LIMIT, "nobody listens"), SMP_ERR_LIMIT);
    smpi_diag_clear(NULL);
}
END_TEST

/* Texts that are cut stay terminated and whole characters. */
START_TEST(long_words)
{
    char text[400];
    for (int shift = 0; shift < 4; shift++) {
        smp_diag diag = {0};
        size_t n = 0;
        for (int i = 0; i < shift; i++)
            text[n++] = 'x';
        while (n + 4 < sizeof text) {
            memcpy(text + n, "\xe2\x82\xac", 3); /* the euro sign */
            n += 3;
        }
        text[n] = '\0';
        smpi_fail(&diag, SMP_ERR_FORMAT, "%s", text);
        const size_t length = strlen(diag.text);
        ck_assert_uint_le(length, sizeof diag.text - 1);
        ck_assert_uint_ge(length, sizeof diag.text - 4);
        ck_assert_uint_eq((length - (size_t)shift) % 3, 0);
    }
}
END_TEST

/* Bytes that are no UTF-8, plain ones, and characters of two and four bytes. */
START_TEST(odd_words)
{
    static const char *const units[] = {"\x80", "y", "\xc3\xa9", "\xf0\x9f\x98\x80", "\xff"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++)
        for (size_t shift = 0; shift < 4; shift++) {
            char text[400] = "xxx";
            size_t n = shift;
            smp_diag diag = {0};
            for (; n + 5 < sizeof text; n += strlen(units[u]))
                strcpy(text + n, units[u]);
            smpi_fail(&diag, SMP_ERR_FORMAT, "%s", text);
            const size_t length = strlen(diag.text), size = strlen(units[u]);
            ck_assert_uint_ge(length, sizeof diag.text - 4);
            ck_assert(size == 1 || (length - shift) % size == 0);
            ck_assert_mem_eq(diag.text, text, length);
        }
}
END_TEST

static void check_formats(void)
{
    char text[128], pointer[64];
    const void *const place = text;
    smpi_format(text, sizeof text, "%hu|%jd|%td|%.20s|%i|%#x|%05d", (unsigned short)7,
                (intmax_t)-5000000000, (ptrdiff_t)-3, "abc", 4, 255u, 42);
    ck_assert_str_eq(text, "7|-5000000000|-3|abc|4|0xff|00042");
    snprintf(pointer, sizeof pointer, "<%p>", place);
    smpi_format(text, sizeof text, "<%p>", place);
    ck_assert_str_eq(text, pointer);
    ck_assert_uint_eq(smpi_format(NULL, 0, "%d", 123456), 6);
    smpi_format(text, sizeof text, "%g %.3f %e|%s|%.2s|%5d|%-4u|%zu|%llx|%ld|%c|%%|%+.1f", 0.5,
                1234.5678, 1e-7, "a", "abc", -12, 7u, (size_t)9, 255ull, -3l, 'z', 2.25);
    ck_assert_str_eq(text, "0.5 1234.568 1.000000e-07|a|ab|  -12|7   |9|ff|-3|z|%|+2.2");
    ck_assert_uint_eq(smpi_format(text, 4, "%d", 123456), 6);
    ck_assert_str_eq(text, "123");
    smpi_format(text, sizeof text, "%*d %.*f %g %g", 4, 7, 1, 0.25, (double)INFINITY,
                -(double)INFINITY);
    ck_assert_str_eq(text, "   7 0.2 inf -inf");
}

START_TEST(numbers_in_any_locale)
{
    static const char *const names[] = {"C",           "de_DE.UTF-8", "de_DE",
                                        "fr_FR.UTF-8", "ps_AF.UTF-8", "fa_IR.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!setlocale(LC_ALL, names[i])) {
            printf("SKIP: locale %s is not installed\n", names[i]);
            continue;
        }
        check_formats();
    }
    setlocale(LC_ALL, "C");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_diag");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, status_names);
    tcase_add_test(tests, words);
    tcase_add_test(tests, long_words);
    tcase_add_test(tests, odd_words);
    tcase_add_test(tests, numbers_in_any_locale);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
