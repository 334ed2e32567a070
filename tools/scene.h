/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A photo with its head, plan and preview, for the commands that render. */
#ifndef SMP_TOOLS_SCENE_H
#define SMP_TOOLS_SCENE_H

#include "face.h"

/* The options' values; all zero: none was given. */
typedef struct cli_scene_args {
    double ellipse[5], pose[3], flat[2];
    uint32_t ellipse_given, pose_given, flat_given, scale_given, seed_given;
    cli_face face;
    const char *mask, *plan;
    uint32_t seed;
    int keep_hairs, match_hairs, density_mode;
} cli_scene_args;

typedef struct cli_scene {
    smp_picture *photo, *mask;
    smp_plan *plan;
    smp_scalp *scalp;
    smp_preview *preview;
    smp_camera camera;
} cli_scene;

extern const char cli_pose_help[], cli_flat_help[];

/* The lines that a command's table of options takes. */
/* clang-format off */
#define CLI_SCENE_OPTIONS(s) \
    {"ellipse", "CX,CY,RX,RY[,DEG]", "The head's outline in pixels; DEG turns it clockwise.", \
     CLI_NUMBERS, (s)->ellipse, 0, 0, 4, 5, &(s)->ellipse_given}, \
    {"pose", "YAW,PITCH,ROLL", cli_pose_help, \
     CLI_NUMBERS, (s)->pose, 0, 0, 3, 3, &(s)->pose_given}, \
    {"px-per-mm", "N", \
     "The scale, when it is known better than from the head's width; --flat needs it.", \
     CLI_NUMBER, &(s)->face.px_per_mm, 1e-3, 1000, 0, 0, &(s)->scale_given}, \
    CLI_FACE_OPTIONS(&(s)->face), \
    {"flat", "X,Y", cli_flat_help, CLI_NUMBERS, (s)->flat, 0, 0, 2, 2, &(s)->flat_given}, \
    {"mask", "FILE", "A picture of the photo's size: black is never changed, white may be.", \
     CLI_TEXT, &(s)->mask, 0, 0, 0, 0, NULL}, \
    {"plan", "FILE.json", "The plan, with its own head; smp plan prints one.", \
     CLI_TEXT, &(s)->plan, 0, 0, 0, 0, NULL}, \
    {"seed", "N", "Which arrangement of dots; goes before the plan's.", \
     CLI_COUNT, &(s)->seed, 0, 4294967295.0, 0, 0, &(s)->seed_given}, \
    {"keep-hairs", NULL, \
     "Find the short hairs that are there and keep new dots off them (for 15 px/mm or more).", \
     CLI_FLAG, &(s)->keep_hairs, 0, 0, 0, 0, NULL}, \
    {"match-hairs", NULL, \
     "Make new dots as wide and dark as the short hairs that are there, once they have settled.", \
     CLI_FLAG, &(s)->match_hairs, 0, 0, 0, 0, NULL}, \
    {"density-mode", NULL, "For thinning hair: pigment on the skin between the strands.", \
     CLI_FLAG, &(s)->density_mode, 0, 0, 0, 0, NULL}
/* clang-format on */

/* What the table of options cannot say: -1, or the exit code after saying what is wrong. */
int cli_scene_check(const char *command, const cli_scene_args *args);

/* Reads the photo and makes all of a scene, which starts as zeros; prints why not. */
int cli_scene_make(cli_job *job, const cli_scene_args *args, const char *in, int keep_exif,
                   cli_scene *scene);
void cli_scene_clear(cli_scene *scene);

#endif
