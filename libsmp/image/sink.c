/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * A file that grows while it is written. */
#include "image/sink.h"

#include <string.h>

#include "base/context.h"

void smpi_sink_open(smpi_sink *sink, const smp_context *ctx, size_t room, smp_diag *diag)
{
    *sink = (smpi_sink){.ctx = ctx, .room = room, .diag = diag};
    sink->status = smpi_bytes_create(ctx, room, &sink->bytes, diag);
    if (sink->status == SMP_OK)
        sink->data = smpi_bytes_writable(sink->bytes);
}

int smpi_sink_need(smpi_sink *sink, size_t more)
{
    if (sink->status != SMP_OK)
        return 0;
    if (more <= sink->room - sink->size)
        return 1;
    size_t room = SIZE_MAX; /* half as much again; what is too much is refused in words */
    if (more <= SIZE_MAX / 4 - sink->size && sink->room <= SIZE_MAX / 4)
        room = sink->room + sink->room / 2 + more;
    sink->status = smpi_bytes_resize(&sink->bytes, room, sink->diag);
    if (sink->status != SMP_OK)
        return 0;
    sink->data = smpi_bytes_writable(sink->bytes);
    sink->room = room;
    return 1;
}

void smpi_sink_put(smpi_sink *sink, const void *bytes, size_t size)
{
    if (!smpi_sink_need(sink, size))
        return;
    if (size)
        memcpy(sink->data + sink->size, bytes, size);
    sink->size += size;
}

smp_status smpi_sink_close(smpi_sink *sink, smp_bytes **bytes)
{
    smp_status status = sink->status;
    if (status == SMP_OK && sink->size < sink->room)
        status = smpi_bytes_resize(&sink->bytes, sink->size, sink->diag);
    if (status != SMP_OK)
        smp_bytes_destroy(&sink->bytes);
    *bytes = sink->bytes;
    *sink = (smpi_sink){.status = status};
    return status;
}
