/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Cameras from landmarks, meshes, points, depth and normal maps, outlines and rulers, with numbers
 * out of the input. Whatever is accepted must be a camera: finite, turned by a rotation, with a
 * scale; and it must say where points are. */
#include "fuzz.h"

static void is_camera(const smp_camera *c, const smp_head *head)
{
    const double *r = c->rotation;
    double uv[2], xyz[3], normal[3];
    static const double point[3] = {10, 100, 20};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double dot = 0;
            for (int k = 0; k < 3; k++)
                dot += r[3 * i + k] * r[3 * j + k];
            FUZZ_NEED(fabs(dot - (i == j)) < 1e-6);
        }
    FUZZ_NEED(c->px_per_mm > 0 && isfinite(c->px_per_mm) && isfinite(c->distance_mm));
    FUZZ_NEED(isfinite(c->center_px[0]) && isfinite(c->center_px[1]));
    const smp_pose pose = smp_camera_pose(c);
    FUZZ_NEED(isfinite(pose.yaw_deg) && isfinite(pose.pitch_deg) && isfinite(pose.roll_deg));
    if (smp_camera_project(c, point, uv)) {
        FUZZ_NEED(isfinite(uv[0]) && isfinite(uv[1]));
        if (smp_camera_unproject(c, head, uv, xyz, normal))
            FUZZ_NEED(isfinite(xyz[0]) && isfinite(normal[0] + normal[1] + normal[2]));
    }
}

static void take_head(fuzz_input *in, smp_head *head)
{
    smp_head_init(head);
    if (fuzz_u8(in) & 1)
        return;
    head->width_mm = (float)fuzz_number(in, 5, 1000);
    head->height_mm = (float)fuzz_number(in, 5, 1000);
    head->length_mm = (float)fuzz_number(in, 5, 1000);
    head->vertex_mm = (float)fuzz_number(in, 0, 1000);
    head->widest_mm = (float)fuzz_number(in, 0, 1000);
}

/* Half of the time the landmarks are those of a real view, shifted by what the input says. */
static void take_landmarks(fuzz_input *in, smp_landmarks *l, const smp_head *head)
{
    smp_landmarks_init(l);
    const uint32_t flags = fuzz_u8(in);
    smp_camera view;
    const smp_ellipse outline = {300, 400, 152, 220, fuzz_number(in, -60, 60)};
    const smp_pose pose = {fuzz_number(in, -80, 80), fuzz_number(in, -60, 60), 0};
    const int real =
        flags & 1 && smp_camera_from_ellipse(&view, head, &outline, &pose, 0, NULL) == SMP_OK;
    for (int i = 0; i < SMP_LANDMARK_COUNT; i++) {
        double xyz[3], uv[2] = {300, 400};
        if (real && smp_head_landmark(head, (smp_landmark)i, xyz, NULL) == SMP_OK)
            (void)smp_camera_project(&view, xyz, uv);
        const double reach = real ? 4 : 1000;
        l->uv_px[2 * i] = uv[0] + fuzz_number(in, -reach, reach);
        l->uv_px[2 * i + 1] = uv[1] + fuzz_number(in, -reach, reach);
        l->visibility[i] = fuzz_u8(in) / 200.0;
    }
    if (flags & 2)
        l->noise_px = fuzz_number(in, 0, 1000);
    if (flags & 4)
        l->distance_mm = fuzz_number(in, 0, 3000);
    if (flags & 8)
        l->focal_px = fuzz_number(in, 0, 8000);
    if (flags & 16)
        l->iris_px = fuzz_number(in, 0, 60);
    if (flags & 32)
        l->hint_sigma_deg = fuzz_number(in, 0, 180);
    if (flags & 64)
        l->px_per_mm = fuzz_number(in, 0, 20);
    if (flags & 128)
        l->spread = fuzz_number(in, 0, 3);
}

static smp_status from_mesh(fuzz_input *in, smp_camera *camera, const smp_head *head,
                            const smp_landmarks *options, smp_camera_fit *fit, smp_diag *diag)
{
    const uint32_t count = fuzz_u8(in) & 1 ? 468 : 478, stride = 2 + fuzz_u8(in) % 3;
    float *points = calloc((size_t)(count - 1) * stride + 2, sizeof *points);
    FUZZ_NEED(points);
    static const uint32_t used[] = {8, 9, 263, 33, 2, 152, 454, 234, 468, 469, 471, 473, 476};
    for (size_t i = 0; i < sizeof used / sizeof *used && used[i] < count; i++)
        for (uint32_t k = 0; k < 2; k++)
            points[used[i] * stride + k] = (float)fuzz_number(in, 0, 1);
    const smp_face_mesh mesh = {points, count, stride, {fuzz_number(in, 1, 2000), 900}};
    const smp_status status = smp_camera_from_mesh(camera, head, &mesh, options, fit, diag);
    free(points);
    return status;
}

static smp_status from_points(fuzz_input *in, smp_camera *camera, const smp_head *head,
                              const smp_landmarks *options, smp_camera_fit *fit, smp_diag *diag)
{
    double xyz[3 * 48], uv[2 * 48];
    const smp_points points = {xyz, uv, fuzz_u8(in) % 50, 0};
    for (int i = 0; i < 48; i++) {
        for (int k = 0; k < 3; k++)
            xyz[3 * i + k] = fuzz_number(in, -150, 150);
        for (int k = 0; k < 2; k++)
            uv[2 * i + k] = fuzz_number(in, 0, 1000);
    }
    return smp_camera_from_points(camera, head, &points, options, fit, diag);
}

/* Depth or normals: a grid of at most 24 x 24 cells with a stride, exactly as large as it says. */
static smp_status from_map(fuzz_input *in, smp_camera *camera, const smp_head *head,
                           smp_camera_fit *fit, smp_diag *diag)
{
    const uint32_t flags = fuzz_u8(in), planes = flags & 1 ? 3 : 1;
    const uint32_t w = fuzz_u8(in) % 25, h = fuzz_u8(in) % 25, stride = w + (flags >> 1 & 3);
    const size_t cells = w && h ? (size_t)stride * (h - 1) + w : 1;
    float *data = malloc(cells * planes * sizeof *data);
    smp_grid maps[3];
    smp_depth_desc desc;
    FUZZ_NEED(data);
    for (size_t i = 0; i < cells * planes; i++)
        data[i] = (float)(planes == 3 ? fuzz_number(in, -1, 1) : fuzz_number(in, 380, 640));
    for (uint32_t i = 0; i < 3; i++)
        maps[i] = (smp_grid){data + (i % planes) * cells, w, h, stride};
    smp_depth_desc_init(&desc);
    desc.px_per_cell = fuzz_number(in, 0, 60);
    desc.px_per_mm = fuzz_number(in, 0, 4);
    desc.focal_px = flags & 8 ? fuzz_number(in, 0, 3000) : 0;
    desc.hint_yaw_deg = fuzz_number(in, -180, 180);
    const smp_status status = planes == 3
                                  ? smp_camera_from_normals(camera, head, maps, &desc, fit, diag)
                                  : smp_camera_from_depth(camera, head, maps, &desc, fit, diag);
    free(data);
    return status;
}

static smp_status refine(fuzz_input *in, smp_camera *camera, const smp_head *head,
                         smp_camera_fit *fit, smp_diag *diag)
{
    const smp_ellipse outline = {300, 400, fuzz_number(in, 50, 300), 220, fuzz_number(in, -90, 90)};
    const uint32_t count = fuzz_u8(in) % 40;
    double uv[2 * 40];
    if (smp_camera_from_ellipse(camera, head, &outline, NULL, 0, diag) != SMP_OK)
        return diag->status;
    is_camera(camera, head);
    for (uint32_t i = 0; i < count; i++) {
        const double angle = 6.3 * i / count;
        uv[2 * i] = 300 + outline.rx_px * cos(angle) + fuzz_number(in, -20, 20);
        uv[2 * i + 1] = 400 + 220 * sin(angle) + fuzz_number(in, -20, 20);
    }
    return smp_camera_refine(camera, head, uv, count, fit, diag);
}

static void scales(fuzz_input *in)
{
    double uv[16], mm[4];
    smp_scale scale;
    smp_diag diag;
    for (int i = 0; i < 16; i++)
        uv[i] = fuzz_number(in, 0, 1000);
    for (int i = 0; i < 4; i++)
        mm[i] = fuzz_number(in, 0, 200);
    smp_status status = smp_scale_from_pairs(uv, mm, 1 + fuzz_u8(in) % 4, 0.5, &scale, &diag);
    if (fuzz_said(status, &diag))
        FUZZ_NEED(scale.px_per_mm > 0 && isfinite(scale.sigma));
    status = smp_scale_from_eyes(fuzz_number(in, 0, 99), fuzz_number(in, 0, 600), &scale, &diag);
    if (fuzz_said(status, &diag))
        FUZZ_NEED(scale.px_per_mm > 0 && isfinite(scale.sigma));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input in = {data, size};
    const uint32_t way = fuzz_u8(&in) % 6;
    smp_head head;
    smp_landmarks landmarks;
    smp_camera camera;
    smp_camera_fit fit;
    smp_diag diag;
    smp_status status = SMP_ERR_ARGUMENT;
    smp_camera_fit_init(&fit);
    take_head(&in, &head);
    if (way == 5) {
        scales(&in);
        return 0;
    }
    if (way < 3)
        take_landmarks(&in, &landmarks, &head);
    if (way == 0)
        status = smp_camera_from_landmarks(&camera, &head, &landmarks, &fit, &diag);
    else if (way == 1)
        status = from_mesh(&in, &camera, &head, &landmarks, &fit, &diag);
    else if (way == 2)
        status = from_points(&in, &camera, &head, &landmarks, &fit, &diag);
    else if (way == 3)
        status = from_map(&in, &camera, &head, &fit, &diag);
    else
        status = refine(&in, &camera, &head, &fit, &diag);
    if (fuzz_said(status, &diag))
        is_camera(&camera, &head);
    return 0;
}
