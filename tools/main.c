/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The program smp: previews of scalp micropigmentation from the command line. */
#include "job.h"

#include <stdio.h>
#include <string.h>

static const char help[] =
    "usage: smp COMMAND ...\n"
    "\n"
    "Previews of scalp micropigmentation: a photo of a scalp and a plan in, the same photo\n"
    "after the treatment out.\n"
    "\n"
    "  smp demo                  draw a synthetic head and its treatment over six years\n"
    "  smp render IN OUT ...     a photo as it looks on a day after the treatment\n"
    "  smp timelapse IN DIR ...  the same photo on many days, a contact sheet, and a chart of how\n"
    "                            the treatment heals and fades\n"
    "  smp plan                  print a treatment plan as JSON, to be changed and rendered\n"
    "  smp analyze IN ...        what a photo says: light, skin, sharpness, hairs, as JSON\n"
    "  smp shades                pigments that match a hair colour on a skin, or all of them\n"
    "  smp phantom OUT           draw a synthetic head that looks like a photo\n"
    "  smp info [FILE]           this program's version, or what a picture's header says\n"
    "\n"
    "A first try, without a photo:\n"
    "  smp phantom head.png\n"
    "  smp info head.png\n"
    "  smp demo\n"
    "\n"
    "With a photo: the ellipse is the outline of the head, in pixels. Its centre, half its width\n"
    "(side to side above the ears) and half its height (crown to chin):\n"
    "  smp render photo.jpg preview.jpg --ellipse 600,700,380,560\n"
    "\n"
    "smp COMMAND --help says more. Exit codes: 0 done, 1 the job failed, 2 wrong usage.\n";

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } commands[] = {
        {"demo", cli_demo},       {"render", cli_render},       {"plan", cli_plan},
        {"phantom", cli_phantom}, {"info", cli_info},           {"analyze", cli_analyze},
        {"shades", cli_shades},   {"timelapse", cli_timelapse},
    };
    if (argc < 2) {
        fputs(help, stderr);
        return CLI_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        fputs(help, stdout);
        return CLI_OK;
    }
    if (!strcmp(argv[1], "--version")) {
        printf("smp %s\n", smp_version());
        return CLI_OK;
    }
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (!strcmp(argv[1], commands[i].name)) {
            int code = commands[i].run(argc - 2, argv + 2);
            /* A full disk or a closed pipe shows only here. */
            if (fflush(stdout) != 0 || ferror(stdout))
                return cli_fail(argv[1], CLI_FAILED, "writing to standard output failed");
            return code;
        }
    fprintf(stderr, "smp: there is no %s \"%s\" (smp --help lists them)\n",
            argv[1][0] == '-' ? "option" : "command", argv[1]);
    return CLI_USAGE;
}
