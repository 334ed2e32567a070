/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A file's header, whichever of the kinds it is. Nothing here allocates. */
#ifndef SMPI_IMAGE_HEADER_H
#define SMPI_IMAGE_HEADER_H

#include "image/walk.h"

/* Walks a whole file: kind, structure, checksums, size, space, orientation.
 * errors  SMP_ERR_FORMAT, SMP_ERR_UNSUPPORTED, SMP_ERR_LIMIT */
smp_status smpi_header_read(const uint8_t *bytes, size_t size, smpi_header *header, smp_diag *diag);

#endif
