/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A file that grows while it is written. After a failure it takes no more, and its status says
 * why. */
#ifndef SMPI_IMAGE_SINK_H
#define SMPI_IMAGE_SINK_H

#include <smp/base.h>

typedef struct smpi_sink {
    const smp_context *ctx;
    smp_bytes *bytes;
    uint8_t *data; /* of bytes */
    size_t size;   /* written */
    size_t room;   /* of bytes */
    smp_status status;
    smp_diag *diag;
} smpi_sink;

/* room: bytes that are likely to do. */
void smpi_sink_open(smpi_sink *sink, const smp_context *ctx, size_t room, smp_diag *diag);

/* Sees to it that `more` bytes fit behind those written. 0 after a failure. */
int smpi_sink_need(smpi_sink *sink, size_t more);

void smpi_sink_put(smpi_sink *sink, const void *bytes, size_t size);

/* Hands over what was written, in no more memory than it needs; the sink is empty then, also after
 * a failure. */
smp_status smpi_sink_close(smpi_sink *sink, smp_bytes **bytes);

#endif
