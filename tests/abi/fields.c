/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Prints every field of every growing struct, one line each, for comparison with fields.txt; fails
 * when a table does not tile its struct byte for byte or disagrees with _init. Sizes of the structs
 * that never change are fixed here. Uses the public API alone. */
#include <smp/smp.h>

#include <stdio.h>
#include <string.h>

#define FROZEN(type, bytes) \
    _Static_assert(sizeof(void *) != 8 || sizeof(type) == (bytes), #type " has changed its size")
#define PLACED(type, member, bytes)                                          \
    _Static_assert(sizeof(void *) != 8 || offsetof(type, member) == (bytes), \
                   #type "." #member " has moved")

FROZEN(smp_diag, 196);
PLACED(smp_diag, text, 4);
FROZEN(smp_allocator, 24);
FROZEN(smp_runner, 16);
FROZEN(smp_progress, 16);
FROZEN(smp_field, 72);
PLACED(smp_field, offset, 32);
PLACED(smp_field, min, 48);
FROZEN(smp_shade_rank, 8);
FROZEN(smp_layer, 40);
PLACED(smp_layer, thickness_mm, 32);
FROZEN(smp_grid, 24);
PLACED(smp_grid, stride, 16);
FROZEN(smp_image, 88);
PLACED(smp_image, stride, 16);
PLACED(smp_image, format, 24);
PLACED(smp_image, icc, 40);
PLACED(smp_image, reserved, 56);
FROZEN(smp_file_info, 72);
PLACED(smp_file_info, decode_bytes, 32);
FROZEN(smp_metadata, 56);
PLACED(smp_metadata, comment, 16);
FROZEN(smp_ellipse, 40);
FROZEN(smp_pose, 24);
FROZEN(smp_face_mesh, 32);
PLACED(smp_face_mesh, scale_px, 16);
FROZEN(smp_points, 24);
FROZEN(smp_views, 40);
PLACED(smp_views, tie_count, 32);
FROZEN(smp_scale, 16);
FROZEN(smp_rect, 16);
FROZEN(smp_phantom_hair, 20);
FROZEN(smp_hairs_view, 112);
FROZEN(smp_warning, 192);
PLACED(smp_warning, text, 12);
FROZEN(smp_dots_view, 136);
PLACED(smp_dots_view, x_mm, 8);
PLACED(smp_dots_view, zone, 104);
PLACED(smp_dots_view, reserved, 120);

typedef struct table {
    const char *name;
    const smp_field *(*fields)(uint32_t *count);
    void (*init)(void *desc);
    size_t size;
} table;

/* The growing structs. A new one is added here, to fields.txt and to docs/abi.md. */
#define GROWING(TYPE)       \
    TYPE(smp_context_desc)  \
    TYPE(smp_decode_desc)   \
    TYPE(smp_encode_desc)   \
    TYPE(smp_skin)          \
    TYPE(smp_pigment)       \
    TYPE(smp_estimate_desc) \
    TYPE(smp_tone)          \
    TYPE(smp_hair_desc)     \
    TYPE(smp_layered_desc)  \
    TYPE(smp_column)        \
    TYPE(smp_head)          \
    TYPE(smp_camera)        \
    TYPE(smp_landmarks)     \
    TYPE(smp_camera_fit)    \
    TYPE(smp_depth_desc)    \
    TYPE(smp_scalp_desc)    \
    TYPE(smp_plan_desc)     \
    TYPE(smp_hairline_desc) \
    TYPE(smp_session_desc)  \
    TYPE(smp_zone_desc)     \
    TYPE(smp_pattern_desc)  \
    TYPE(smp_event_desc)    \
    TYPE(smp_life_desc)     \
    TYPE(smp_measures)      \
    TYPE(smp_course_desc)   \
    TYPE(smp_removal_desc)  \
    TYPE(smp_phantom_desc)

#define INIT(type)                       \
    static void type##_start(void *desc) \
    {                                    \
        type##_init((type *)desc);       \
    }
GROWING(INIT)

#define ROW(type) {#type, type##_fields, type##_start, sizeof(type)},
static const table tables[] = {GROWING(ROW)};

static const char *type_name(uint32_t type)
{
    static const char *const names[] = {"?",   "u32",  "i32",  "f32",  "f64",
                                        "u64", "enum", "bool", "size", "handle"};
    return type < sizeof names / sizeof *names ? names[type] : "?";
}

static uint32_t type_size(uint32_t type)
{
    return type == SMP_FIELD_F64 || type == SMP_FIELD_U64 ? 8 : 4;
}

/* The first element of a field, as _init left it. */
static double value_of(const unsigned char *desc, const smp_field *field)
{
    const unsigned char *at = desc + field->offset;
    float f32;
    double f64;
    int32_t i32;
    uint64_t u64;
    uint32_t u32;
    switch (field->type) {
    case SMP_FIELD_F32:
        return (double)*(float *)memcpy(&f32, at, sizeof f32);
    case SMP_FIELD_F64:
        return *(double *)memcpy(&f64, at, sizeof f64);
    case SMP_FIELD_I32:
        return *(int32_t *)memcpy(&i32, at, sizeof i32);
    case SMP_FIELD_U64:
        return (double)*(uint64_t *)memcpy(&u64, at, sizeof u64);
    default:
        return *(uint32_t *)memcpy(&u32, at, sizeof u32);
    }
}

/* The rotation of a camera starts as the identity, which one `initial` cannot say. */
static int check_field(const table *t, const unsigned char *desc, const smp_field *f)
{
    int wrong = 0;
    double initial = f->type == SMP_FIELD_F32 ? (double)(float)f->initial : f->initial;
    if (!f->name || !f->unit || !f->help || !f->help[0])
        wrong = fprintf(stderr, "%s.%s lacks words\n", t->name, f->name ? f->name : "?");
    if (f->type == SMP_FIELD_HANDLE)
        return wrong;
    if (f->size != f->count * type_size(f->type))
        wrong = fprintf(stderr, "%s.%s: %u bytes for %u x %s\n", t->name, f->name, f->size,
                        f->count, type_name(f->type));
    if (f->count == 1 && value_of(desc, f) != initial)
        wrong = fprintf(stderr, "%s.%s: _init sets %.9g, the table says %.9g\n", t->name, f->name,
                        value_of(desc, f), initial);
    if (!(f->min <= f->initial && f->initial <= f->max))
        wrong = fprintf(stderr, "%s.%s: default %.9g is outside [%.9g, %.9g]\n", t->name, f->name,
                        f->initial, f->min, f->max);
    uint32_t names = 0;
    while (f->names && f->names[names])
        names++;
    if ((f->type == SMP_FIELD_ENUM) != (names > 0) || (names && (double)names != f->max + 1.0))
        wrong = fprintf(stderr, "%s.%s: %u names for values up to %g\n", t->name, f->name, names,
                        f->max);
    return wrong;
}

static int check_table(const table *t)
{
    unsigned char desc[512];
    uint32_t count, end = 0;
    int wrong = 0;
    const smp_field *fields = t->fields(&count);
    memset(desc, 0xa5, sizeof desc);
    t->init(desc);
    for (uint32_t i = 0; i < count; i++) {
        const smp_field *f = &fields[i];
        printf("%s %s offset %u size %u %s\n", t->name, f->name, f->offset, f->size,
               type_name(f->type));
        if (f->offset != end)
            wrong = fprintf(stderr, "%s.%s is at %u, want %u\n", t->name, f->name, f->offset, end);
        end = f->offset + f->size;
        if (check_field(t, desc, f))
            wrong = 1;
    }
    if (end != t->size)
        wrong = fprintf(stderr, "%s ends at %u, its size is %zu\n", t->name, end, t->size);
    if (desc[t->size] != 0xa5)
        wrong = fprintf(stderr, "%s_init wrote past the struct\n", t->name);
    return wrong;
}

int main(void)
{
    int wrong = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (check_table(&tables[i]))
            wrong = 1;
    return wrong;
}
