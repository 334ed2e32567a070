/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Where the head is in a photo, from files of landmarks or a face mesh. */
#ifndef SMP_TOOLS_FACE_H
#define SMP_TOOLS_FACE_H

#include "job.h"

/* The options' values; all zero: none was given. */
typedef struct cli_face {
    const char *landmarks, *mesh; /* paths */
    double iris_px, pupils_px;
    double px_per_mm; /* what the command's own option says; 0: nothing */
} cli_face;

extern const char cli_landmarks_help[], cli_mesh_help[], cli_iris_help[], cli_pupils_help[];

/* The lines that a command's table of options takes. */
/* clang-format off */
#define CLI_FACE_OPTIONS(face) \
    {"landmarks", "FILE.json", cli_landmarks_help, \
     CLI_TEXT, &(face)->landmarks, 0, 0, 0, 0, NULL}, \
    {"mesh", "FILE.json", cli_mesh_help, CLI_TEXT, &(face)->mesh, 0, 0, 0, 0, NULL}, \
    {"iris", "PX", cli_iris_help, CLI_NUMBER, &(face)->iris_px, 0.1, 1e5, 0, 0, NULL}, \
    {"pupils", "PX", cli_pupils_help, CLI_NUMBER, &(face)->pupils_px, 0.1, 1e5, 0, 0, NULL}
/* clang-format on */

/* 1 when the face says where the head is. */
int cli_face_given(const cli_face *face);

/* Whether just one thing says where the head is: -1, or the exit code after saying what is wrong.
 */
int cli_face_check(const char *command, const cli_face *face, uint32_t ellipse, uint32_t flat);

/* The scale for an ellipse: what the command's option says, or what the eyes say; 0 when nothing
 * does. */
int cli_face_scale(cli_job *job, const cli_face *face, double *px_per_mm);

/* The head that the landmarks of the face show (a mesh: the default one). */
int cli_face_head(cli_job *job, const cli_face *face, smp_head *head);

/* A camera on `head` in a photo. Prints why not. */
int cli_face_camera(cli_job *job, const cli_face *face, const smp_image *photo,
                    const smp_head *head, smp_camera *camera);

#endif
