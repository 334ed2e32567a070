/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * All of libsmp: scalp micropigmentation previews. Start with smp/render.h; rules for all calls:
 * smp/base.h. */
#ifndef SMP_SMP_H
#define SMP_SMP_H

#include <smp/ageing.h>
#include <smp/base.h>
#include <smp/color.h>
#include <smp/dots.h>
#include <smp/geometry.h>
#include <smp/image.h>
#include <smp/optics.h>
#include <smp/phantom.h>
#include <smp/plan.h>
#include <smp/render.h>
#include <smp/scalp.h>
#include <smp/shades.h>

#endif
