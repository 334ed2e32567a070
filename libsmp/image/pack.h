/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * zlib for PNG: packing with memory from the context, unpacking without any. */
#ifndef SMPI_IMAGE_PACK_H
#define SMPI_IMAGE_PACK_H

#include <smp/base.h>

#include "image/bytes.h"

/* A zlib stream that is being made. */
typedef struct smpi_pack smpi_pack;

/* All memory is taken here. effort 1 (fast) to 9 (small). errors  SMP_ERR_MEMORY, SMP_ERR_LIMIT */
smp_status smpi_pack_create(const smp_context *ctx, uint32_t effort, smpi_pack **pack,
                            smp_diag *diag);
void smpi_pack_destroy(smpi_pack **pack);

/* Packs on, until *in is used up or the `room` bytes of out are full; *in moves on, *written tells
 * what came out. last: nothing follows *in. 1 when the stream is complete. */
int smpi_pack_run(smpi_pack *pack, smpi_span *in, int last, uint8_t *out, size_t room,
                  size_t *written);

/* Unpacks a zlib stream into out, at most `room` bytes; more is cut off. Returns the bytes written;
 * *whole tells whether the stream ended well inside the room. Allocates nothing. */
size_t smpi_unpack(smpi_span packed, uint8_t *out, size_t room, int *whole);

#endif
