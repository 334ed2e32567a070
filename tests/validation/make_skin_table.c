/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Writes libsmp/scalp/skin_table.c to standard output: the colours of bare skin over melanin, blood
 * and yellow, by smp_skin_color(). Build it against the library and run it from anywhere. */
#include <math.h>
#include <stdio.h>

#include <smp/optics.h>

#include "../../libsmp/scalp/skin_table.h"

int main(void)
{
    printf("/* SPDX-FileCopyrightText: 2026 libsmp developers\n"
           " * SPDX-License-Identifier: MIT\n"
           " *\n"
           " * Colours of bare skin: round(1000 ln R, G, B), linear sRGB, by yellow, melanin and "
           "blood.\n"
           " * Written by tests/validation/make_skin_table.c; do not edit. */\n"
           "#include \"scalp/skin_table.h\"\n\n"
           "/* clang-format off */\n"
           "const int16_t smpi_skin_table[SMPI_SKIN_TABLE] = {\n");
    for (int y = 0; y < SMPI_SKIN_YELLOWS; y++)
        for (int m = 0; m < SMPI_SKIN_MELANINS; m++) {
            for (int b = 0; b < SMPI_SKIN_BLOODS; b++) {
                smp_skin skin;
                float rgb[3];
                smp_skin_init(&skin);
                skin.yellow_um = (float)(SMPI_SKIN_YELLOW_FIRST + SMPI_SKIN_YELLOW_STEP * y);
                skin.melanin = (float)exp(SMPI_SKIN_MELANIN_FIRST + SMPI_SKIN_MELANIN_STEP * m);
                skin.blood = (float)exp(SMPI_SKIN_BLOOD_FIRST + SMPI_SKIN_BLOOD_STEP * b);
                if (smp_skin_color(&skin, SMP_SPACE_LINEAR_SRGB, rgb, NULL) != SMP_OK)
                    return 1;
                printf("%s%s", b % 5 ? ", " : b ? ",\n" : "", b % 5 ? "" : "    ");
                for (int c = 0; c < 3; c++)
                    printf("%s%ld", c ? ", " : "",
                           lround(1000.0 * log(rgb[c] > 1e-4f ? (double)rgb[c] : 1e-4)));
            }
            printf(",\n");
        }
    printf("};\n");
    return 0;
}
