/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * The maps of a scalp as numbers and as pictures. */
#ifndef SMP_TOOLS_MAPS_H
#define SMP_TOOLS_MAPS_H

#include "job.h"

/* Prints the member "maps" of a JSON object: of each map its size, and range and mean where the
 * mask is over a half. */
void cli_maps_print(const smp_scalp *scalp);

/* Writes name.png of each map, gray from its least to its most value where the mask is, and
 * overlay.png: the photo with the mask in green and the hairs in red. */
int cli_maps_write(cli_job *job, const char *folder, const smp_scalp *scalp,
                   const smp_image *photo);

#endif
