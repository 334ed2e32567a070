/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Landmarks and face meshes from JSON files, and the cameras that follow from them. */
#include "face.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_in.h"

const char cli_landmarks_help[] =
    "Named points of the face instead of the ellipse: {\"glabella\": [U, V], \"eye_left\": ..., "
    "\"eye_right\", \"tragus_left\", \"tragus_right\", \"nose_base\", \"chin\"}, left being the "
    "head's "
    "own; docs/model/geometry.md 8 says which suffice. For a view without a face \"points\": [[X, "
    "Y, "
    "Z, U, V], ...], marks whose place on the head is known in mm. With \"outline\": "
    "[[U, V], ...] the head is laid onto the bare skull's edge.";
const char cli_mesh_help[] = "A face mesh of 468 or 478 points instead of the ellipse: [[U, V], "
                             "...] or [{\"x\": U, \"y\": V}, "
                             "...], in pixels, or both from 0 to 1.";
const char cli_iris_help[] = "The scale, from the longest diameter of an iris (11.7 mm).";
const char cli_pupils_help[] = "The scale, from the distance between the pupils (63 mm).";

enum { MESH_MOST = 478, POINTS_MOST = 48, OUTLINE_MOST = 512 };

/* What the file of a mesh holds. */
typedef struct mesh_points {
    float points[MESH_MOST][2];
    uint32_t count;
    double widest; /* the largest number */
} mesh_points;

/* What the file of landmarks holds. */
typedef struct known_face {
    smp_landmarks marks;
    double xyz_mm[3 * POINTS_MOST], uv_px[2 * POINTS_MOST];
    double outline_px[2 * OUTLINE_MOST];
    uint32_t points, outline;
} known_face;

int cli_face_given(const cli_face *face)
{
    return face->landmarks || face->mesh;
}

static int bad_file(cli_job *job, const char *path, const char *what)
{
    return cli_fail(job->command, CLI_FAILED, "%s: %s", path, what);
}

/* [U, V] or [U, V, VISIBILITY]. */
static void read_landmark(cli_json *json, smp_landmarks *known, int which)
{
    cli_json_want(json, '[');
    known->uv_px[2 * which] = cli_json_number(json);
    cli_json_want(json, ',');
    known->uv_px[2 * which + 1] = cli_json_number(json);
    known->visibility[which] = cli_json_take(json, ',') ? cli_json_number(json) : 1.0;
    cli_json_want(json, ']');
}

/* A number of the struct by its name: 1, or 0 when there is none of that name. */
static int read_number(cli_json *json, smp_landmarks *known, const char *name)
{
    uint32_t count;
    const smp_field *fields = smp_landmarks_fields(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) != 0 || fields[i].count != 1 ||
            fields[i].type != SMP_FIELD_F64)
            continue;
        const double number = cli_json_number(json);
        memcpy((unsigned char *)known + fields[i].offset, &number, sizeof number);
        return 1;
    }
    return 0;
}

/* [[X, Y, Z, U, V], ...] */
static void read_points(cli_json *json, known_face *known)
{
    cli_json_want(json, '[');
    while (!json->failed && known->points < POINTS_MOST) {
        const uint32_t at = known->points++;
        for (uint32_t i = 0; i < 5; i++) {
            cli_json_want(json, i ? ',' : '[');
            const double number = cli_json_number(json);
            if (i < 3)
                known->xyz_mm[3 * at + i] = number;
            else
                known->uv_px[2 * at + i - 3] = number;
        }
        cli_json_want(json, ']');
        if (!cli_json_take(json, ','))
            break;
    }
    cli_json_want(json, ']');
}

/* [[U, V], ...] */
static void read_outline(cli_json *json, known_face *known)
{
    cli_json_want(json, '[');
    while (!json->failed && known->outline < OUTLINE_MOST) {
        double *at = known->outline_px + 2 * (size_t)known->outline++;
        cli_json_want(json, '[');
        at[0] = cli_json_number(json);
        cli_json_want(json, ',');
        at[1] = cli_json_number(json);
        cli_json_want(json, ']');
        if (!cli_json_take(json, ','))
            break;
    }
    cli_json_want(json, ']');
}

static int read_landmarks(cli_job *job, const char *path, cli_json *json, known_face *known)
{
    char name[40], words[120];
    cli_json_want(json, '{');
    while (!json->failed && !cli_json_take(json, '}')) {
        int which = 0;
        cli_json_text(json, name, sizeof name);
        cli_json_want(json, ':');
        while (which < SMP_LANDMARK_COUNT &&
               strcmp(name, smp_landmark_name((smp_landmark)which)) != 0)
            which++;
        if (json->failed)
            break;
        if (which < SMP_LANDMARK_COUNT) {
            read_landmark(json, &known->marks, which);
        } else if (!strcmp(name, "points")) {
            read_points(json, known);
        } else if (!strcmp(name, "outline")) {
            read_outline(json, known);
        } else if (!read_number(json, &known->marks, name)) {
            snprintf(words, sizeof words, "\"%s\" is no landmark and no number that is known",
                     name);
            return bad_file(job, path, words);
        }
        if (json->failed) {
            snprintf(words, sizeof words, "\"%s\" is not what was wanted, [U, V] or a number",
                     name);
            return bad_file(job, path, words);
        }
        if (!cli_json_take(json, ',')) {
            cli_json_want(json, '}');
            break;
        }
    }
    if (!cli_json_done(json))
        return bad_file(job, path, "not JSON of the form {\"glabella\": [U, V], ...}");
    return CLI_OK;
}

/* [U, V, ...] or {"x": U, "y": V, ...}. */
static void read_point(cli_json *json, float point[2])
{
    char name[8];
    if (cli_json_take(json, '[')) {
        point[0] = (float)cli_json_number(json);
        cli_json_want(json, ',');
        point[1] = (float)cli_json_number(json);
        while (cli_json_take(json, ','))
            cli_json_skip(json);
        cli_json_want(json, ']');
        return;
    }
    cli_json_want(json, '{');
    while (!json->failed) {
        cli_json_text(json, name, sizeof name);
        cli_json_want(json, ':');
        if (!strcmp(name, "x") || !strcmp(name, "y"))
            point[name[0] == 'y'] = (float)cli_json_number(json);
        else
            cli_json_skip(json);
        if (!cli_json_take(json, ','))
            break;
    }
    cli_json_want(json, '}');
}

static int read_mesh(cli_job *job, const char *path, cli_json *json, mesh_points *mesh)
{
    cli_json_want(json, '[');
    while (!json->failed && mesh->count < MESH_MOST) {
        float *point = mesh->points[mesh->count++];
        read_point(json, point);
        for (int k = 0; k < 2; k++)
            mesh->widest = (double)point[k] > mesh->widest ? (double)point[k] : mesh->widest;
        if (!cli_json_take(json, ','))
            break;
    }
    cli_json_want(json, ']');
    if (!cli_json_done(json))
        return bad_file(job, path, "not 468 or 478 points of the form [[U, V], ...]");
    return CLI_OK;
}

/* Reads the file of landmarks, when there is one, and lays the options over it. */
static int read_known(cli_job *job, const cli_face *face, known_face *known)
{
    smp_landmarks_init(&known->marks);
    known->points = known->outline = 0;
    if (face->landmarks) {
        unsigned char *bytes;
        size_t size;
        const char *why;
        if (!cli_read(face->landmarks, &bytes, &size, &why))
            return cli_fail(job->command, CLI_FAILED, "cannot read %s: %s", face->landmarks, why);
        cli_json json = {(const char *)bytes, (const char *)bytes + size, 0};
        const int code = read_landmarks(job, face->landmarks, &json, known);
        free(bytes);
        if (code)
            return code;
    }
    if (face->iris_px > 0.0)
        known->marks.iris_px = face->iris_px;
    if (face->pupils_px > 0.0)
        known->marks.pupils_px = face->pupils_px;
    if (face->px_per_mm > 0.0)
        known->marks.px_per_mm = face->px_per_mm;
    return CLI_OK;
}

static int mesh_camera(cli_job *job, const cli_face *face, const smp_image *photo,
                       const smp_landmarks *known, const smp_head *head, smp_camera *camera)
{
    unsigned char *bytes;
    size_t size;
    const char *why;
    mesh_points mesh = {.count = 0};
    if (!cli_read(face->mesh, &bytes, &size, &why))
        return cli_fail(job->command, CLI_FAILED, "cannot read %s: %s", face->mesh, why);
    cli_json json = {(const char *)bytes, (const char *)bytes + size, 0};
    const int code = read_mesh(job, face->mesh, &json, &mesh);
    free(bytes);
    if (code)
        return code;
    /* From 0 to 1, a little beyond where the face leaves the picture. */
    const int shares = mesh.widest <= 2.0;
    const smp_face_mesh points = {&mesh.points[0][0],
                                  mesh.count,
                                  2,
                                  {shares ? photo->width : 1.0, shares ? photo->height : 1.0}};
    if (smp_camera_from_mesh(camera, head, &points, known, NULL, &job->diag) != SMP_OK)
        return cli_job_fail(job, face->mesh);
    return CLI_OK;
}

int cli_face_check(const char *command, const cli_face *face, uint32_t ellipse, uint32_t flat)
{
    const int ways = !!ellipse + !!flat + !!face->landmarks + !!face->mesh;
    if (!ways)
        return cli_fail(command, CLI_USAGE,
                        "where is the head? Give --ellipse CX,CY,RX,RY, --landmarks FILE.json, "
                        "--mesh FILE.json or --flat X,Y");
    if (ways > 1)
        return cli_fail(command, CLI_USAGE,
                        "--ellipse, --landmarks, --mesh and --flat exclude each other");
    if (flat && (face->iris_px > 0.0 || face->pupils_px > 0.0))
        return cli_fail(command, CLI_USAGE, "--iris and --pupils go with a face, not with --flat");
    return -1;
}

int cli_face_scale(cli_job *job, const cli_face *face, double *px_per_mm)
{
    smp_scale scale = {face->px_per_mm, 0.0};
    if (!(face->px_per_mm > 0.0) && (face->iris_px > 0.0 || face->pupils_px > 0.0) &&
        smp_scale_from_eyes(face->iris_px, face->pupils_px, &scale, &job->diag) != SMP_OK)
        return cli_job_fail(job, "--iris and --pupils");
    *px_per_mm = scale.px_per_mm;
    return CLI_OK;
}

int cli_face_head(cli_job *job, const cli_face *face, smp_head *head)
{
    known_face known;
    const int code = face->landmarks ? read_known(job, face, &known) : CLI_OK;
    if (!code && face->landmarks && !known.points &&
        smp_head_from_landmarks(head, &known.marks, NULL, &job->diag) != SMP_OK)
        return cli_job_fail(job, face->landmarks);
    return code;
}

int cli_face_camera(cli_job *job, const cli_face *face, const smp_image *photo,
                    const smp_head *head, smp_camera *camera)
{
    known_face known;
    const int code = read_known(job, face, &known);
    smp_camera_init(camera);
    if (code)
        return code;
    if (face->mesh)
        return mesh_camera(job, face, photo, &known.marks, head, camera);
    const smp_points points = {known.xyz_mm, known.uv_px, known.points, 0};
    const smp_status status =
        points.count ? smp_camera_from_points(camera, head, &points, &known.marks, NULL, &job->diag)
                     : smp_camera_from_landmarks(camera, head, &known.marks, NULL, &job->diag);
    if (status != SMP_OK ||
        (known.outline && smp_camera_refine(camera, head, known.outline_px, known.outline, NULL,
                                            &job->diag) != SMP_OK))
        return cli_job_fail(job, face->landmarks);
    return CLI_OK;
}
