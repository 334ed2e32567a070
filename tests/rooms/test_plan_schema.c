/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * docs/plan.schema.json says what the field tables say: names, types, ranges, defaults. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "plan/json.h"
#include "support.h"

static cJSON *schema;

static void setup(void)
{
    size_t size;
    uint8_t *text = test_read_file(SMP_TEST_DATA "/../../docs/plan.schema.json", &size);
    TEST_ASSERT(text != NULL);
    schema = cJSON_ParseWithLength((const char *)text, size);
    TEST_ASSERT(schema != NULL);
    free(text);
}

static void teardown(void)
{
    cJSON_Delete(schema);
}

static const cJSON *at(const cJSON *from, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(from, name);
    if (!item)
        TEST_DIE("the schema lacks %s", name);
    return item;
}

static void same(const cJSON *property, const char *key, double value, const smp_field *field)
{
    const cJSON *item = at(property, key);
    const int single = field->type == SMP_FIELD_F32;
    ck_assert_msg(single ? (float)item->valuedouble == (float)value : item->valuedouble == value,
                  "%s.%s is %.9g, the table says %.9g", field->name, key, item->valuedouble, value);
}

static void check_object(const cJSON *object, smpi_fields_fn *table, int others)
{
    uint32_t count;
    const smp_field *fields = table(&count);
    const cJSON *properties = at(object, "properties");
    int members = 0;
    ck_assert_str_eq(at(object, "type")->valuestring, "object");
    ck_assert(cJSON_IsFalse(at(object, "additionalProperties")));
    for (uint32_t i = 0; i < count; i++) {
        const smp_field *f = &fields[i];
        if (!smpi_json_member(f))
            continue;
        members++;
        const cJSON *p = at(properties, f->name);
        ck_assert(!strncmp(at(p, "description")->valuestring, f->help, strlen(f->help)));
        if (f->type == SMP_FIELD_ENUM) {
            const cJSON *names = at(p, "enum");
            for (uint32_t k = 0; f->names[k]; k++)
                ck_assert_str_eq(cJSON_GetArrayItem(names, (int)k)->valuestring, f->names[k]);
            ck_assert_int_eq(cJSON_GetArraySize(names), (int)f->max + 1);
            ck_assert_str_eq(at(p, "default")->valuestring, f->names[(int)f->initial]);
            continue;
        }
        same(p, "minimum", f->min, f);
        same(p, "maximum", f->max, f);
        same(p, "default", f->initial, f);
        ck_assert_str_eq(at(p, "type")->valuestring,
                         f->type == SMP_FIELD_U32 ? "integer" : "number");
    }
    ck_assert_int_eq(cJSON_GetArraySize(properties), members + others);
}

START_TEST(schema_agrees_with_the_tables)
{
    const cJSON *top = at(schema, "properties"), *sessions = at(top, "sessions");
    check_object(schema, smp_plan_desc_fields, 11);
    check_object(at(top, "pigment"), smp_pigment_fields, 0);
    check_object(at(top, "pattern"), smp_pattern_desc_fields, 0);
    check_object(at(top, "life"), smp_life_desc_fields, 0);
    check_object(at(at(top, "zones"), "items"), smp_zone_desc_fields, 1);
    check_object(at(at(top, "events"), "items"), smp_event_desc_fields, 2);
    check_object(at(at(at(at(top, "events"), "items"), "properties"), "pigment"),
                 smp_pigment_fields, 0);
    check_object(at(at(at(at(top, "sessions"), "items"), "properties"), "pigment"),
                 smp_pigment_fields, 0);
    check_object(at(top, "head"), smp_head_fields, 0);
    check_object(at(top, "hairline"), smp_hairline_desc_fields, 1);
    check_object(at(sessions, "items"), smp_session_desc_fields, 2);
    ck_assert(at(sessions, "maxItems")->valuedouble == 8);
    const cJSON *curve = at(at(at(top, "hairline"), "properties"), "curve_mm");
    ck_assert(at(curve, "minItems")->valuedouble == 2 && at(curve, "maxItems")->valuedouble == 256);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan schema");
    TCase *tc = tcase_create("schema");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, schema_agrees_with_the_tables);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
