/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A program that is compiled with the headers of several releases (check_upgrade.py makes them) and
 * run with the libraries of others: prints what it got, which must be the same each time.
 *
 * SMP_NEXT  the headers are of a later release: some structs end in next_a, which the program sets
 *           at the end, one after the other, and prints what the library says */
#include <smp/smp.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUARD 64

/* A struct, and bytes behind it that a library with a longer one must leave alone. */
#define GUARDED(type, name)              \
    struct {                             \
        type value;                      \
        unsigned char behind[GUARD];     \
    } name;                              \
    memset(&(name), 0x5a, sizeof(name)); \
    type##_init(&(name).value)

static void need(smp_status status, const smp_diag *diag)
{
    if (status == SMP_OK)
        return;
    printf("failed: %s: %s\n", smp_status_name(status), diag->text);
    exit(1);
}

static void intact(const char *name, const unsigned char behind[GUARD])
{
    for (int i = 0; i < GUARD; i++)
        if (behind[i] != 0x5a) {
            printf("%s: byte %d behind the struct was written\n", name, i);
            exit(1);
        }
}

static void print_hash(const char *name, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    unsigned long long hash = 14695981039346656037u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    printf("%s %016llx\n", name, hash);
}

static void use_plan(const smp_context *ctx, smp_plan *plan)
{
    smp_diag diag;
    smp_event_desc events[2];
    smp_bytes *json;
    GUARDED(smp_event_desc, event);
    GUARDED(smp_plan_desc, desc);
    GUARDED(smp_measures, measures);
    smp_event_desc_init(&events[0]);
    smp_event_desc_init(&events[1]);
    events[0].day = 900.0;
    events[1].day = 1800.0;
    events[1].share = 0.2f;
    need(smp_plan_set_events(plan, events, 2, &diag), &diag);
    need(smp_plan_get_event(plan, 1, &event.value, &diag), &diag);
    need(smp_plan_get(plan, &desc.value, &diag), &diag);
    need(smp_plan_measure(plan, SMP_MASK_ALL, SMP_MASK_ALL, &measures.value, &diag), &diag);
    intact("smp_event_desc", event.behind);
    intact("smp_plan_desc", desc.behind);
    intact("smp_measures", measures.behind);
    printf("event %.9g %.9g plan %.9g measures %.9g %.9g\n", event.value.day,
           (double)event.value.share, (double)desc.value.dose, measures.value.dots,
           measures.value.hours);
    need(smp_plan_to_json(ctx, plan, &json, &diag), &diag);
    size_t size;
    const uint8_t *text = smp_bytes_data(json, &size);
    print_hash("json", text, size);
    smp_bytes_destroy(&json);
}

static void use_files(const smp_context *ctx, const smp_image *image)
{
    smp_diag diag;
    smp_bytes *file;
    smp_picture *picture;
    size_t size;
    GUARDED(smp_encode_desc, encode);
    GUARDED(smp_decode_desc, decode);
    encode.value.kind = SMP_FILE_PNG;
    need(smp_encode(ctx, image, &encode.value, NULL, &file, &diag), &diag);
    const uint8_t *bytes = smp_bytes_data(file, &size);
    need(smp_decode(ctx, bytes, size, &decode.value, &picture, &diag), &diag);
    const smp_image *read = smp_picture_image(picture);
    print_hash("file", read->data, (size_t)read->height * (size_t)read->stride);
    intact("smp_encode_desc", encode.behind);
    intact("smp_decode_desc", decode.behind);
    smp_picture_destroy(&picture);
    smp_bytes_destroy(&file);
}

static void use_numbers(void)
{
    smp_diag diag;
    uint32_t sessions;
    float left[SMP_LASER_SESSIONS_MAX];
    static const float lab[3] = {61.0f, 15.0f, 18.0f};
    GUARDED(smp_removal_desc, removal);
    GUARDED(smp_tone, tone);
    need(smp_laser_sessions(&removal.value, NULL, &sessions, left, &diag), &diag);
    need(smp_tone_from_lab(lab, &tone.value, &diag), &diag);
    intact("smp_removal_desc", removal.behind);
    intact("smp_tone", tone.behind);
    printf("laser %u %.9g tone %.9g %u\n", sessions, (double)left[1], (double)tone.value.ita_deg,
           tone.value.fitzpatrick);
}

static void use_picture(const smp_context *ctx)
{
    smp_diag diag;
    smp_phantom *phantom;
    smp_scalp *scalp;
    smp_plan *plan;
    smp_preview *preview;
    GUARDED(smp_phantom_desc, drawn);
    GUARDED(smp_scalp_desc, reading);
    GUARDED(smp_plan_desc, desc);
    drawn.value.width = 120;
    drawn.value.height = 150;
    desc.value.dose = 3.5f;
    need(smp_phantom_create(ctx, &drawn.value, NULL, &phantom, &diag), &diag);
    const smp_image *photo = smp_phantom_image(phantom);
    const smp_camera camera = smp_phantom_camera(phantom);
    const smp_head head = smp_phantom_head(phantom);
    need(smp_scalp_create(ctx, photo, &camera, &head, NULL, &reading.value, NULL, &scalp, &diag),
         &diag);
    need(smp_plan_create(ctx, &head, &desc.value, &plan, &diag), &diag);
    use_plan(ctx, plan);
    need(smp_preview_create(ctx, scalp, plan, NULL, &preview, &diag), &diag);
    need(smp_preview_render(preview, 1000.0, NULL, photo, NULL, &diag), &diag);
    print_hash("picture", photo->data, (size_t)photo->height * (size_t)photo->stride);
    use_files(ctx, photo);
    smp_preview_destroy(&preview);
    smp_plan_destroy(&plan);
    smp_scalp_destroy(&scalp);
    smp_phantom_destroy(&phantom);
}

/* What a library says to a field that a later release has. */
static void set_next(const smp_context *ctx)
{
#ifdef SMP_NEXT
    smp_diag diag;
    smp_plan *plan;
    smp_phantom *phantom;
    uint32_t sessions;
    smp_plan_desc desc;
    smp_phantom_desc drawn;
    smp_removal_desc removal;
    smp_plan_desc_init(&desc);
    smp_phantom_desc_init(&drawn);
    smp_removal_desc_init(&removal);
    desc.next_a = 1;
    drawn.next_a = 1;
    drawn.width = drawn.height = 64;
    removal.next_a = 1;
    smp_status status = smp_plan_create(ctx, NULL, &desc, &plan, &diag);
    printf("next %s: %s\n", smp_status_name(status), diag.text);
    smp_plan_destroy(&plan);
    status = smp_phantom_create(ctx, &drawn, NULL, &phantom, &diag);
    printf("next %s: %s\n", smp_status_name(status), diag.text);
    smp_phantom_destroy(&phantom);
    status = smp_laser_sessions(&removal, NULL, &sessions, NULL, &diag);
    printf("next %s: %s\n", smp_status_name(status), diag.text);
#else
    (void)ctx;
#endif
}

int main(void)
{
    smp_diag diag;
    smp_context *ctx;
    GUARDED(smp_context_desc, desc);
    need(smp_context_create(&ctx, &desc.value, &diag), &diag);
    intact("smp_context_desc", desc.behind);
    use_picture(ctx);
    use_numbers();
    set_next(ctx);
    printf("held %llu\n", (unsigned long long)smp_context_memory(ctx, NULL));
    smp_context_destroy(&ctx);
    return 0;
}
