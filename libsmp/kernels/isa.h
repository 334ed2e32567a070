/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The width that a kernel source is being compiled for: its name, its function names, its
 * prototypes. SMPK_ISA (scalar, v128, v256, v512) and SMPK_LANES come from the build. */
#ifndef SMPK_ISA_H
#define SMPK_ISA_H

#include "kernels/kernels.h"

#if !defined(SMPK_ISA) || !defined(SMPK_LANES)
#error "SMPK_ISA and SMPK_LANES say which width is compiled"
#endif

#define SMPK_JOIN_(a, b) smpk_##a##_##b
#define SMPK_JOIN(a, b) SMPK_JOIN_(a, b)
#define SMPK_TEXT_(a) #a
#define SMPK_TEXT(a) SMPK_TEXT_(a)

/* smpk_name_width */
#define SMPK_FN(name) SMPK_JOIN(name, SMPK_ISA)

#define SMPK_KERNEL(name, args) void SMPK_FN(name) args; /* NOLINT: args has its brackets */
#include "kernels/kernels.def"
#undef SMPK_KERNEL

extern const smpk_table SMPK_FN(table);

#endif
