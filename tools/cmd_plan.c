/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp plan: print a plan as JSON, the default one or a file's, with changes. */
#include "face.h"
#include "plan_export.h"

#include <stdio.h>

static const char about[] =
    "Prints a treatment plan as JSON, every member written out: the default plan, or FILE.json\n"
    "read, checked and completed. Options change it. A plan has a head of its own; the one that\n"
    "smp render takes without a plan is as high as the ellipse says: give it here too.\n"
    "--summary prints areas, dots, hours and warnings instead; --csv, --dots and --svg write "
    "them,\n"
    "the dots, and a drawing to print at 100 % besides.\n"
    "\n"
    "examples\n"
    "  smp plan --ellipse 600,700,380,560 > plan.json\n"
    "  smp plan --ellipse 600,700,380,560 --hairline-style mature > plan.json\n"
    "  smp plan plan.json --seed 3 > other.json\n"
    "  smp plan --preset bold --hair-pattern norwood_5 --summary\n"
    "  smp plan plan.json --csv plan.csv --svg plan.svg > /dev/null\n"
    "  smp plan plan.json > /dev/null && echo plan.json is fine";

typedef struct plan_parts {
    smp_head head;
    smp_plan_desc plan;
    smp_hairline_desc hairline;
    smp_pattern_desc pattern;
    smp_life_desc life;
    uint32_t head_given; /* how many options of the head there were */
    double ellipse[5], pose[3];
    uint32_t ellipse_given, pose_given;
    cli_face face;
    const char *preset;
    plan_export out;
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
        {"hair-", &parts->pattern, NULL, 0, "the hair that is left", NULL},
        {"life-", &parts->life, NULL, 0, "skin and habits", NULL},
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
        {"preset", "NAME",
         "Start from a ready plan: conservative, typical, bold; or a fault to show: too_low, "
         "too_dense, helmet, grid, blow_out, blue.",
         CLI_TEXT, &parts->preset, 0, 0, 0, 0, NULL},
        {"summary", NULL, "Print areas, dots, hours and warnings instead of JSON.", CLI_FLAG,
         &parts->out.summary, 0, 0, 0, 0, NULL},
        {"melanin", "SHARE", "Of the skin, for the warnings: 0.006 light, 0.15 dark.", CLI_NUMBER,
         &parts->out.melanin, 0, 0.5, 0, 0, NULL},
        {"csv", "FILE", "Write area, dots and hours by zone and session.", CLI_TEXT,
         &parts->out.csv, 0, 0, 0, 0, NULL},
        {"dots", "FILE", "Write every dot, as CSV.", CLI_TEXT, &parts->out.dots, 0, 0, 0, 0, NULL},
        {"svg", "FILE", "Write a drawing with a scale bar, to be printed at 100 %.", CLI_TEXT,
         &parts->out.svg, 0, 0, 0, 0, NULL},
    };
    groups[0].fields = smp_plan_desc_fields(&groups[0].count);
    groups[1].fields = smp_hairline_desc_fields(&groups[1].count);
    groups[2].fields = smp_head_fields(&groups[2].count);
    groups[3].fields = smp_pattern_desc_fields(&groups[3].count);
    groups[4].fields = smp_life_desc_fields(&groups[4].count);
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
    smp_pattern_desc_init(&parts->pattern);
    smp_life_desc_init(&parts->life);
    parts->face = (cli_face){0};
    parts->preset = NULL;
    parts->out = (plan_export){.melanin = 0.006};
    parts->head_given = parts->ellipse_given = parts->pose_given = 0;
    for (int i = 0; i < 3; i++)
        parts->pose[i] = 0.0;
    parts->ellipse[4] = 0.0;
}

/* Lays the options over what a plan says already. */
static int lay_over(cli_job *job, const char *what, int argc, char **argv, smp_plan *plan)
{
    plan_parts parts;
    const char *again;
    defaults(&parts);
    if (smp_plan_get(plan, &parts.plan, &job->diag) != SMP_OK ||
        smp_plan_get_hairline(plan, &parts.hairline, &job->diag) != SMP_OK ||
        smp_plan_get_pattern(plan, &parts.pattern, &job->diag) != SMP_OK ||
        smp_plan_get_life(plan, &parts.life, &job->diag) != SMP_OK)
        return cli_job_fail(job, what);
    /* The second reading lays the options over the plan's values; it cannot fail any more. */
    if (parse(&parts, argc, argv, &again) >= 0)
        return CLI_USAGE;
    if (smp_plan_set(plan, &parts.plan, &job->diag) != SMP_OK ||
        smp_plan_set_hairline(plan, &parts.hairline, &job->diag) != SMP_OK ||
        smp_plan_set_pattern(plan, &parts.pattern, &job->diag) != SMP_OK ||
        smp_plan_set_life(plan, &parts.life, &job->diag) != SMP_OK)
        return cli_job_fail(job, what);
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
    if (parts->preset) {
        if (smp_plan_from_preset(job->ctx, parts->preset, &head, plan, &job->diag) != SMP_OK)
            return cli_job_fail(job, "--preset");
        return CLI_OK;
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
    if (smp_plan_set_pattern(*plan, &parts->pattern, &job->diag) != SMP_OK ||
        smp_plan_set_life(*plan, &parts->life, &job->diag) != SMP_OK)
        return cli_job_fail(job, "--hair-pattern");
    return CLI_OK;
}

/* What cannot be asked for together. */
static int check_together(const plan_parts *parts, const char *file)
{
    if (file && (parts->head_given || parts->ellipse_given || parts->face.landmarks))
        return cli_fail("plan", CLI_USAGE,
                        "%s and FILE.json exclude each other: change the head in %s",
                        parts->ellipse_given    ? "--ellipse"
                        : parts->face.landmarks ? "--landmarks"
                                                : "--head options",
                        file);
    if (file && parts->preset)
        return cli_fail("plan", CLI_USAGE, "--preset and FILE.json exclude each other");
    if (parts->ellipse_given && parts->face.landmarks)
        return cli_fail("plan", CLI_USAGE, "--ellipse and --landmarks exclude each other");
    if (parts->pose_given && !parts->ellipse_given)
        return cli_fail("plan", CLI_USAGE, "--pose needs --ellipse");
    return CLI_OK;
}

static int print_json(cli_job *job, const smp_plan *plan)
{
    smp_bytes *text = NULL;
    if (smp_plan_to_json(job->ctx, plan, &text, &job->diag) != SMP_OK)
        return cli_job_fail(job, "JSON");
    size_t size;
    const uint8_t *bytes = smp_bytes_data(text, &size);
    fwrite(bytes, 1, size, stdout);
    if (size && bytes[size - 1] != '\n')
        putchar('\n');
    smp_bytes_destroy(&text);
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
    code = check_together(&parts, file);
    if (code)
        return code;
    cli_job job;
    smp_plan *plan = NULL;
    code = cli_job_open(&job, "plan", 0, 0);
    if (!code)
        code = file ? cli_job_plan(&job, file, &plan) : from_options(&job, &parts, &plan);
    if (!code && (file || parts.preset))
        code = lay_over(&job, file ? file : "--preset", argc, argv, plan);
    if (!code)
        code = cli_plan_export(&job, plan, &parts.out);
    cli_job_quiet(&job);
    if (!code)
        code = parts.out.summary ? cli_plan_summary(&job, plan, parts.out.melanin)
                                 : print_json(&job, plan);
    smp_plan_destroy(&plan);
    cli_job_close(&job);
    return code;
}
