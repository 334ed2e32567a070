/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The table of one width, smpk_table_<width>: compiled once per width, as the kernels are. */
#include "kernels/isa.h"

#if SMPK_LANES == 1
#define TABLE_ISA SMPK_SCALAR
#elif SMPK_LANES == 4
#define TABLE_ISA SMPK_V128
#elif SMPK_LANES == 8
#define TABLE_ISA SMPK_V256
#elif SMPK_LANES == 16
#define TABLE_ISA SMPK_V512
#else
#error "SMPK_LANES is 1, 4, 8 or 16"
#endif

const smpk_table SMPK_FN(table) = {
    .isa = TABLE_ISA,
    .name = SMPK_TEXT(SMPK_ISA),
#define SMPK_KERNEL(kernel, args) .kernel = SMPK_FN(kernel),
#include "kernels/kernels.def"
#undef SMPK_KERNEL
};
