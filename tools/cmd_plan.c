/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp plan: print a plan as JSON, the default one or a file's, with changes. */
#include "face.h"

#include <stdio.h>

static const char about[] =
    "Prints a treatment plan as JSON, every member written out: the default plan, or FILE.json\n"
    "read, checked and completed. Options change it. A plan has a head of its own; the one that\n"
    "smp render takes without a plan is as high as the ellipse says: give it here too.\n"
    "\n"
    "examples\n"
    "  smp plan --ellipse 600,700,380,560 > plan.json\n"
    "  smp plan --ellipse 600,700,380,560 --hairline-style mature > plan.json\n"
    "  smp plan plan.json --seed 3 > other.json\n"
    "  smp plan plan.json > /dev/null && echo plan.json is fine";

typedef struct plan_parts {
    smp_head head;
    smp_plan_desc plan;
    smp_hairline_desc hairline;
    uint32_t head_given; /* how many options of the head there were */
    double ellipse[5], pose[3];
    uint32_t ellipse_given, pose_given;
    cli_face face;
} plan_parts;

/* No style, as long as no option names one. */
enum { STYLE_OPEN = SMP_HAIRLINE_COUNT };

static int parse(plan_parts *parts, int argc, char **argv, const char **file)
{
    static const char *const names[] = {"FILE.json"};
    cli_group groups[] = {
        {"", &parts->plan, NULL, 0, "the plan", NULL},
        {"hairline-", &parts->hairline, NULL, 0, "the hairline", NULL},
        {"head-", &parts->head, NULL, 0, "the head (only without FILE.json)", &parts->head_given},
    };
    const cli_option options[] = {
        {"ellipse", "CX,CY,RX,RY[,DEG]",
         "The head's outline in the photo, as for smp render: sets the head's height from it.",
         CLI_NUMBERS, parts->ellipse, 0, 0, 4, 5, &parts->ellipse_given},
        {"pose", "YAW,PITCH,ROLL", "How the head is turned there. Default 0,0,0.", CLI_NUMBERS,
         parts->pose, 0, 0, 3, 3, &parts->pose_given},
        {"landmarks", "FILE.json",
         "Points of the face in the photo, as for smp render: sets the head's proportions.",
         CLI_TEXT, &parts->face.landmarks, 0, 0, 0, 0, NULL},
        {"iris", "PX", "With --landmarks: the head's size, from the diameter of an iris.",
         CLI_NUMBER, &parts->face.iris_px, 0.1, 1e5, 0, 0, NULL},
    };
    groups[0].fields = smp_plan_desc_fields(&groups[0].count);
    groups[1].fields = smp_hairline_desc_fields(&groups[1].count);
    groups[2].fields = smp_head_fields(&groups[2].count);
    const cli_spec spec = {.command = "plan",
                           .usage = "plan [FILE.json] [options]",
                           .about = about,
                           .options = options,
                           .option_count = sizeof options / sizeof *options,
                           .groups = groups,
                           .group_count = sizeof groups / sizeof *groups,
                           .names = names,
                           .name_count = 1};
    return cli_parse(&spec, argc, argv, file);
}

static void defaults(plan_parts *parts)
{
    smp_head_init(&parts->head);
    smp_plan_desc_init(&parts->plan);
    smp_hairline_desc_init(&parts->hairline);
    parts->hairline.style = STYLE_OPEN;
    parts->face = (cli_face){0};
    parts->head_given = parts->ellipse_given = parts->pose_given = 0;
    for (int i = 0; i < 3; i++)
        parts->pose[i] = 0.0;
    parts->ellipse[4] = 0.0;
}

/* A plan read from a file, with the options put over what it says. */
static int from_file(cli_job *job, const char *file, int argc, char **argv, smp_plan **plan)
{
    plan_parts parts;
    const char *again;
    defaults(&parts);
    int code = cli_job_plan(job, file, plan);
    if (code)
        return code;
    if (smp_plan_get(*plan, &parts.plan, &job->diag) != SMP_OK ||
        smp_plan_get_hairline(*plan, &parts.hairline, &job->diag) != SMP_OK ||
        smp_plan_get_head(*plan, &parts.head, &job->diag) != SMP_OK)
        return cli_job_fail(job, file);
    /* The second reading lays the options over the file's values; it cannot fail any more. */
    if (parse(&parts, argc, argv, &again) >= 0)
        return CLI_USAGE;
    if (smp_plan_set(*plan, &parts.plan, &job->diag) != SMP_OK ||
        smp_plan_set_hairline(*plan, &parts.hairline, &job->diag) != SMP_OK)
        return cli_job_fail(job, file);
    return CLI_OK;
}

static int from_options(cli_job *job, const plan_parts *parts, smp_plan **plan)
{
    smp_head head = parts->head;
    smp_ellipse ellipse = {parts->ellipse[0], parts->ellipse[1], parts->ellipse[2],
                           parts->ellipse[3], parts->ellipse[4]};
    smp_pose pose = {parts->pose[0], parts->pose[1], parts->pose[2]};
    if (parts->ellipse_given && smp_head_from_ellipse(&head, &ellipse, &pose, &job->diag) != SMP_OK)
        return cli_job_fail(job, "--ellipse");
    if (parts->face.landmarks) {
        const int code = cli_face_head(job, &parts->face, &head);
        if (code)
            return code;
    }
    /* The options were each in range; what is left to fail is how the head's sizes fit together. */
    if (smp_plan_create(job->ctx, &head, &parts->plan, plan, &job->diag) != SMP_OK)
        return cli_job_fail(job, "the head");
    smp_hairline_desc hairline = parts->hairline;
    if (hairline.style == STYLE_OPEN)
        hairline.style = parts->head.shape == SMP_SHAPE_FLAT ? (uint32_t)SMP_HAIRLINE_NONE
                                                             : (uint32_t)SMP_HAIRLINE_NATURAL;
    if (smp_plan_set_hairline(*plan, &hairline, &job->diag) != SMP_OK)
        return cli_job_fail(job, "--hairline-style");
    return CLI_OK;
}

int cli_plan(int argc, char **argv)
{
    plan_parts parts;
    const char *file;
    defaults(&parts);
    int code = parse(&parts, argc, argv, &file);
    if (code >= 0)
        return code;
    if (file && (parts.head_given || parts.ellipse_given || parts.face.landmarks))
        return cli_fail("plan", CLI_USAGE,
                        "%s and FILE.json exclude each other: change the head in %s",
                        parts.ellipse_given    ? "--ellipse"
                        : parts.face.landmarks ? "--landmarks"
                                               : "--head options",
                        file);
    if (parts.ellipse_given && parts.face.landmarks)
        return cli_fail("plan", CLI_USAGE, "--ellipse and --landmarks exclude each other");
    if (parts.pose_given && !parts.ellipse_given)
        return cli_fail("plan", CLI_USAGE, "--pose needs --ellipse");
    cli_job job;
    smp_plan *plan = NULL;
    smp_bytes *text = NULL;
    code = cli_job_open(&job, "plan", 1, 0);
    if (!code)
        code = file ? from_file(&job, file, argc, argv, &plan) : from_options(&job, &parts, &plan);
    if (!code && smp_plan_to_json(job.ctx, plan, &text, &job.diag) != SMP_OK)
        code = cli_job_fail(&job, "JSON");
    if (!code) {
        size_t size;
        const uint8_t *bytes = smp_bytes_data(text, &size);
        fwrite(bytes, 1, size, stdout);
        if (size && bytes[size - 1] != '\n')
            putchar('\n');
    }
    smp_bytes_destroy(&text);
    smp_plan_destroy(&plan);
    cli_job_close(&job);
    return code;
}
