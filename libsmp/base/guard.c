/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The floating-point environment, and the host's own back. On x86-64 the two control words are read
 * (a few nanoseconds) and written only where they are not as they should be; the library does not
 * use x87 arithmetic, but the C library's conversions between text and numbers follow its rounding.
 */
#include "base/guard.h"

#if defined(__SSE2__) || defined(_M_X64)
#include <xmmintrin.h>

#define CONTROL 0xffc0u /* flush to zero, rounding, masks of traps, tiny inputs are zero */
#define USUAL 0x1f80u   /* to nearest, all masked */

smpi_float smpi_float_enter(void)
{
    smpi_float f = {.changed = (_mm_getcsr() & CONTROL) != USUAL || fegetround() != FE_TONEAREST};
    if (f.changed) {
        fegetenv(&f.host);
        fesetenv(FE_DFL_ENV);
        _mm_setcsr(USUAL);
    }
    return f;
}
#else
smpi_float smpi_float_enter(void)
{
    smpi_float f = {.changed = 1};
    fegetenv(&f.host);
    fesetenv(FE_DFL_ENV);
    return f;
}
#endif

void smpi_float_leave(const smpi_float *f)
{
    if (f->changed)
        fesetenv(&f->host);
}
