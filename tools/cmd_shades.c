/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * smp shades: the catalogue of shades on a skin, or those that match a hair colour. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"

static const char about[] =
    "Without --hair: every shade of the catalogue with its settled colour on a skin, as from a\n"
    "metre. With --hair or --hair-lab: the shades that come nearest to shaved skin with such "
    "hair.\n"
    "\n"
    "examples\n"
    "  smp shades\n"
    "  smp shades --hair black --skin c8a28f\n"
    "  smp shades --hair-lab 34,15,19 --skin-melanin 0.01 --count 5 --json\n"
    "\n"
    "hair: black, very-dark-brown, dark-brown, brown, light-brown, dark-blond, blond, red, grey,\n"
    "white. delta_e is CIEDE2000; 1 is just visible side by side.";

typedef struct shades_args {
    const char *hair_name, *skin_hex;
    double hair_lab[3];
    uint32_t lab_given, count;
    int json;
    smp_skin skin;
    smp_hair_desc hair;
    uint32_t hair_given, skin_given;
} shades_args;

static int fail(const smp_diag *diag)
{
    return cli_fail("shades", CLI_FAILED, "%s", diag->text);
}

/* The skin behind "c8a28f" (sRGB as an instrument reads it, the surface's mirror light included).
 */
static int skin_from_hex(shades_args *a)
{
    smp_diag diag;
    char *end;
    float rgb[3];
    const char *text = a->skin_hex + (a->skin_hex[0] == '#');
    unsigned long hex = strtoul(text, &end, 16);
    if (strlen(text) != 6 || *end)
        return cli_fail("shades", CLI_USAGE, "--skin wants six hex digits, not \"%s\"",
                        a->skin_hex);
    for (int c = 0; c < 3; c++) {
        float code = (float)(hex >> (16 - 8 * c) & 255) / 255;
        rgb[c] = smp_space_decode(SMP_SPACE_SRGB, code) - SMP_SKIN_SURFACE;
        rgb[c] = rgb[c] > 0 ? rgb[c] : 0;
    }
    if (smp_skin_from_rgb(SMP_SPACE_SRGB, rgb, &a->skin, NULL, &diag))
        return fail(&diag);
    return CLI_OK;
}

static void hex_of(const float rgb_lin[3], char text[8])
{
    unsigned code[3];
    for (int c = 0; c < 3; c++) {
        float v = smp_space_encode(SMP_SPACE_SRGB, rgb_lin[c] + SMP_SKIN_SURFACE);
        code[c] = (unsigned)((v < 0 ? 0 : v > 1 ? 1 : v) * 255 + 0.5f);
    }
    snprintf(text, 8, "#%02x%02x%02x", code[0], code[1], code[2]);
}

/* One line; delta_e below 0: none. */
static void print_shade(const shades_args *a, uint32_t shade, const float rgb[3], double delta_e,
                        int last)
{
    smp_pigment p;
    float dose = 0;
    char hex[8];
    if (smp_shade_get(shade, &p, &dose, NULL))
        return;
    hex_of(rgb, hex);
    if (!a->json) {
        printf("%-12s  %s  %8.2f", smp_shade_name(shade), hex, (double)dose);
        if (delta_e >= 0)
            printf("  %8.2f", delta_e);
        printf("\n");
        return;
    }
    printf("    {\"name\": \"%s\", \"settled\": \"%s\", \"dose\": %.4g, \"pigment\": {",
           smp_shade_name(shade), hex, (double)dose);
    printf("\"carbon_fine\": %.3g, \"carbon_coarse\": %.3g, \"iron_red\": %.3g, "
           "\"iron_yellow\": %.3g, \"iron_black\": %.3g, \"titania\": %.3g}",
           (double)p.carbon_fine, (double)p.carbon_coarse, (double)p.iron_red,
           (double)p.iron_yellow, (double)p.iron_black, (double)p.titania);
    if (delta_e >= 0)
        printf(", \"delta_e\": %.3f", delta_e);
    printf("}%s\n", last ? "" : ",");
}

static int print_catalogue(const shades_args *a, const float *rgb)
{
    uint32_t count = smp_shade_count();
    if (a->json)
        printf("{\n  \"shades\": [\n");
    else
        printf("%-12s  %-7s  %8s\n", "shade", "settled", "dose");
    for (uint32_t i = 0; i < count; i++)
        print_shade(a, i, rgb + (size_t)3 * i, -1, i + 1 == count);
    if (a->json)
        printf("  ]\n}\n");
    return CLI_OK;
}

static int print_ranks(const shades_args *a, const float *rgb, smp_shade_rank *ranks)
{
    smp_diag diag;
    float stubble[3], bare[3];
    char hex[2][8];
    uint32_t count = a->count < smp_shade_count() ? a->count : smp_shade_count();
    if (smp_shade_match(&a->hair, &a->skin, count, ranks, &diag) ||
        smp_stubble_color(&a->hair, &a->skin, SMP_SPACE_SRGB, stubble, &diag) ||
        smp_skin_color(&a->skin, SMP_SPACE_SRGB, bare, &diag))
        return fail(&diag);
    hex_of(bare, hex[0]);
    hex_of(stubble, hex[1]);
    if (a->json)
        printf("{\n  \"skin\": \"%s\",\n  \"stubble\": \"%s\",\n  \"shades\": [\n", hex[0], hex[1]);
    else
        printf("skin %s, shaved %s\n%-12s  %-7s  %8s  %8s\n", hex[0], hex[1], "shade", "settled",
               "dose", "delta_e");
    for (uint32_t i = 0; i < count; i++)
        print_shade(a, ranks[i].shade, rgb + (size_t)3 * ranks[i].shade, (double)ranks[i].delta_e,
                    i + 1 == count);
    if (a->json)
        printf("  ]\n}\n");
    return CLI_OK;
}

static int print_all(const shades_args *a)
{
    smp_diag diag;
    uint32_t count = smp_shade_count();
    int code;
    float *rgb = malloc(sizeof *rgb * 3 * count);
    smp_shade_rank *ranks = malloc(sizeof *ranks * count);
    if (!rgb || !ranks)
        code = cli_fail("shades", CLI_FAILED, "out of memory");
    else if (smp_shade_color(&a->skin, SMP_SPACE_SRGB, 0, count, rgb, &diag))
        code = fail(&diag);
    else if (a->hair_name || a->lab_given || a->hair_given)
        code = print_ranks(a, rgb, ranks);
    else
        code = print_catalogue(a, rgb);
    free(rgb);
    free(ranks);
    return code;
}

static int parse(shades_args *a, int argc, char **argv)
{
    uint32_t skin_count, hair_count;
    const smp_field *skin_fields = smp_skin_fields(&skin_count);
    const smp_field *hair_fields = smp_hair_desc_fields(&hair_count);
    const cli_option options[] = {
        {"hair", "NAME", "Rank the shades for this hair colour.", CLI_TEXT, &a->hair_name, 0, 0, 0,
         0, NULL},
        {"hair-lab", "L,A,B", "The same for a tress of this CIE Lab.", CLI_NUMBERS, a->hair_lab, 0,
         0, 3, 3, &a->lab_given},
        {"skin", "RRGGBB", "The skin's colour in sRGB, in even light at exposure 1.", CLI_TEXT,
         &a->skin_hex, 0, 0, 0, 0, NULL},
        {"count", "N", "How many shades to list. Default 10.", CLI_COUNT, &a->count, 1, 10000, 0, 0,
         NULL},
        {"json", NULL, "Print it as JSON.", CLI_FLAG, &a->json, 0, 0, 0, 0, NULL},
    };
    const cli_group groups[] = {
        {"skin-", &a->skin, skin_fields, skin_count, "The skin, in place of --skin",
         &a->skin_given},
        {"hair-", &a->hair, hair_fields, hair_count, "The hair", &a->hair_given},
    };
    const cli_spec spec = {.command = "shades",
                           .usage = "shades [--hair NAME] [--skin RRGGBB] [OPTIONS]",
                           .about = about,
                           .options = options,
                           .option_count = sizeof options / sizeof *options,
                           .groups = groups,
                           .group_count = 2};
    return cli_parse(&spec, argc, argv, NULL);
}

int cli_shades(int argc, char **argv)
{
    shades_args a = {.count = 10};
    smp_diag diag;
    smp_skin_init(&a.skin);
    smp_hair_desc_init(&a.hair);
    int code = parse(&a, argc, argv);
    if (code >= 0)
        return code;
    if (a.skin_hex && (code = skin_from_hex(&a)) != CLI_OK)
        return code;
    if (a.hair_name && smp_hair_named(a.hair_name, &a.hair, &diag))
        return cli_fail("shades", CLI_USAGE, "%s", diag.text);
    if (a.lab_given) {
        a.hair.lightness = (float)a.hair_lab[0];
        a.hair.a = (float)a.hair_lab[1];
        a.hair.b = (float)a.hair_lab[2];
    }
    return print_all(&a);
}
