/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The painted density of a plan. */
#ifndef SMPI_PLAN_PAINT_H
#define SMPI_PLAN_PAINT_H

#include "base/math.h"
#include "plan/plan.h"

#define SMPI_MAP_POLAR (0.74 * SMPI_PI) /* polar angle at the edge of a head's map */

/* The map's share at surface coordinates; the plan has one. */
double smpi_map_at(const smpi_plan_data *data, double u, double v);

#endif
