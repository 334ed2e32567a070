/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * libjpeg-turbo behind two calls. The accurate integer transform is used both ways; files with
 * warnings are left to the portable decoder, so that what is damaged is refused by one rule. */
#include "image/turbo.h"

#include <limits.h>

#ifdef SMPI_TURBOJPEG
#include <turbojpeg.h>

/* The header says what was promised, in a colour model that we know. */
static int is_wished(tjhandle tj, const uint8_t *bytes, size_t size, const smpi_stb_wish *wish)
{
    int width = 0, height = 0, sampling = -1, model = -1;
    if (tjDecompressHeader3(tj, bytes, size, &width, &height, &sampling, &model) != 0)
        return 0;
    return (uint32_t)width == wish->width && (uint32_t)height == wish->height &&
           (model == TJCS_YCbCr || model == TJCS_RGB || model == TJCS_GRAY);
}

int smpi_turbo_decode(const uint8_t *bytes, size_t size, const smpi_stb_wish *wish, void *pixels)
{
    const int format = wish->channels == 3 ? TJPF_RGB : TJPF_GRAY;
    const int flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS;
    tjhandle tj;
    int good;
    if (wish->wide || (wish->channels != 1 && wish->channels != 3) || size > ULONG_MAX)
        return 0;
    tj = tjInitDecompress();
    if (!tj)
        return 0;
    good = is_wished(tj, bytes, size, wish) &&
           tjDecompress2(tj, bytes, (unsigned long)size, pixels, (int)wish->width, 0,
                         (int)wish->height, format, flags) == 0;
    tjDestroy(tj);
    return good;
}

/* As the portable coder does. */
static int sampling_for(uint32_t quality)
{
    return quality <= 90 ? TJSAMP_420 : TJSAMP_444;
}

size_t smpi_turbo_bound(uint32_t width, uint32_t height, uint32_t quality)
{
    const unsigned long most = tjBufSize((int)width, (int)height, sampling_for(quality));
    return most == (unsigned long)-1 ? 0 : most;
}

size_t smpi_turbo_encode(const smp_image *image, uint32_t quality, uint8_t *out, size_t room)
{
    const int format = image->format == SMP_FORMAT_RGB8    ? TJPF_RGB
                       : image->format == SMP_FORMAT_RGBA8 ? TJPF_RGBX
                                                           : TJPF_BGRX;
    unsigned long size = room;
    unsigned char *at = out;
    tjhandle tj;
    int failed;
    if (image->stride > INT_MAX)
        return 0;
    tj = tjInitCompress();
    if (!tj)
        return 0;
    failed = tjCompress2(tj, image->data, (int)image->width, (int)image->stride, (int)image->height,
                         format, &at, &size, sampling_for(quality), (int)quality,
                         TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT);
    tjDestroy(tj);
    return failed ? 0 : size;
}
#else
int smpi_turbo_decode(const uint8_t *bytes, size_t size, const smpi_stb_wish *wish, void *pixels)
{
    (void)bytes;
    (void)size;
    (void)wish;
    (void)pixels;
    return 0;
}

size_t smpi_turbo_bound(uint32_t width, uint32_t height, uint32_t quality)
{
    (void)width;
    (void)height;
    (void)quality;
    return 0;
}

size_t smpi_turbo_encode(const smp_image *image, uint32_t quality, uint8_t *out, size_t room)
{
    (void)image;
    (void)quality;
    (void)out;
    (void)room;
    return 0;
}
#endif
