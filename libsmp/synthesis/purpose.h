/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * What random numbers of this room are for. */
#ifndef SMPI_SYNTHESIS_PURPOSE_H
#define SMPI_SYNTHESIS_PURPOSE_H

#define SMPI_PURPOSE_THROW 0x53590001u
#define SMPI_PURPOSE_AREA 0x53590002u
#define SMPI_PURPOSE_DIAMETER 0x53590003u
#define SMPI_PURPOSE_DOSE 0x53590004u
#define SMPI_PURPOSE_DEPTH 0x53590005u

#endif
