/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * zlib streams: hash chains, lazy matching, one Huffman code a block or bytes as they are,
 * whichever is shorter. source: RFC 1950, RFC 1951. */
#include "image/deflate.h"

#include <string.h>

#include "base/context.h"
#include "base/diag.h"
#include "image/huffman.h"

#define WINDOW 32768u
#define HASH_BITS 15
#define TOKENS 32768u /* of a block */
#define LONGEST 258u
#define SHORTEST 4u /* bytes: what the hash looks at */
#define NOWHERE 0xffffffffu
#define STORED 65535u /* bytes of a stored block at most */

typedef struct settings {
    uint16_t chain, nice, lazy; /* links followed; length that ends the search; try one byte on */
} settings;

static const settings of_effort[10] = {
    {0, 0, 0},   {4, 16, 0},   {6, 24, 0},   {8, 32, 0},    {8, 32, 1},
    {12, 64, 1}, {16, 128, 1}, {48, 200, 1}, {128, 258, 1}, {512, 258, 1},
};

typedef struct deflater {
    const uint8_t *bytes;
    size_t size;
    settings set;
    uint8_t *out;
    size_t at;
    uint64_t bits;
    uint32_t bit_count;
    uint32_t tokens, literal_counts[288], distance_counts[30];
    uint32_t head[1u << HASH_BITS]; /* position + 1, modulo 2^32, by hash */
    uint32_t link[WINDOW];
    uint32_t token[TOKENS]; /* length << 16 | distance, or a byte */
} deflater;

typedef struct codes {
    uint8_t literal_lengths[288], distance_lengths[30], order_lengths[19];
    uint16_t literal[288], distance[30], order[19];
    uint8_t runs[320], extra[320]; /* the lengths, as symbols of their own code */
    uint32_t run_count, literals, distances, orders;
} codes;

static const uint16_t length_base[29] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                         15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                         67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t length_bits[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                        2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const uint16_t distance_base[30] = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
static const uint8_t run_order[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                      11, 4,  12, 3, 13, 2, 14, 1, 15};

static uint32_t top_bit(uint32_t v)
{
    uint32_t n = 0;
    while (v >>= 1)
        n++;
    return n;
}

static uint32_t length_symbol(uint32_t length)
{
    if (length == LONGEST)
        return 28;
    if (length < 11)
        return length - 3;
    uint32_t b = top_bit(length - 3);
    return 4 * (b - 1) + (((length - 3) >> (b - 2)) & 3);
}

static uint32_t distance_symbol(uint32_t distance)
{
    uint32_t d = distance - 1;
    if (d < 4)
        return d;
    uint32_t b = top_bit(d);
    return 2 * b + (d >> (b - 1) & 1);
}

static uint32_t distance_bits(uint32_t symbol)
{
    return symbol < 4 ? 0 : symbol / 2 - 1;
}

static void put_bits(deflater *d, uint32_t value, uint32_t count)
{
    d->bits |= (uint64_t)value << d->bit_count;
    d->bit_count += count;
    while (d->bit_count >= 8) {
        d->out[d->at++] = (uint8_t)d->bits;
        d->bits >>= 8;
        d->bit_count -= 8;
    }
}

static void flush_bits(deflater *d)
{
    if (d->bit_count)
        put_bits(d, 0, 8 - d->bit_count);
}

/* ---- matches ------------------------------------------------------------------------------- */

static uint32_t hash_of(const uint8_t *p)
{
    uint32_t v = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    return (v * 2654435761u) >> (32 - HASH_BITS); /* Knuth's multiplier */
}

static void enter(deflater *d, size_t at)
{
    if (d->size - at < SHORTEST)
        return;
    uint32_t h = hash_of(d->bytes + at);
    d->link[at % WINDOW] = d->head[h];
    d->head[h] = (uint32_t)at;
}

static uint32_t common(const uint8_t *a, const uint8_t *b, uint32_t most)
{
    uint32_t n = 0;
    while (n + 8 <= most && memcmp(a + n, b + n, 8) == 0)
        n += 8;
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

/* The longest match for `at`, over `best` bytes long; 0 when there is none. */
static uint32_t search(const deflater *d, size_t at, uint32_t best, uint32_t *distance)
{
    uint32_t most = d->size - at < LONGEST ? (uint32_t)(d->size - at) : LONGEST;
    uint32_t found = 0;
    if (most < SHORTEST || best >= most)
        return 0;
    const uint8_t *here = d->bytes + at;
    uint32_t from = d->head[hash_of(here)];
    for (uint32_t left = d->set.chain; left && from != NOWHERE; left--) {
        uint32_t away = (uint32_t)at - from;
        if (away == 0 || away > WINDOW - LONGEST)
            break;
        const uint8_t *there = d->bytes + (at - away);
        if (there[best] == here[best]) {
            uint32_t n = common(there, here, most);
            if (n > best) {
                best = found = n;
                *distance = away;
                if (n >= d->set.nice || n == most)
                    break;
            }
        }
        uint32_t next = d->link[from % WINDOW];
        if ((uint32_t)at - next <= away) /* an entry that was written over */
            break;
        from = next;
    }
    return found;
}

/* ---- blocks -------------------------------------------------------------------------------- */

/* The lengths of both codes as runs: RFC 1951, 3.2.7. */
static void find_runs(codes *c, uint32_t counts[19])
{
    uint8_t all[320];
    uint32_t n = c->literals + c->distances;
    memcpy(all, c->literal_lengths, c->literals);
    memcpy(all + c->literals, c->distance_lengths, c->distances);
    c->run_count = 0;
    for (uint32_t i = 0; i < n;) {
        uint32_t run = 1, symbol = all[i], extra = 0, used = 1;
        while (i + run < n && all[i + run] == all[i] && run < 138)
            run++;
        if (all[i] == 0 && run >= 3) {
            symbol = run < 11 ? 17 : 18;
            extra = run < 11 ? run - 3 : run - 11;
            used = run;
        } else if (i > 0 && all[i - 1] == all[i] && run >= 3) {
            symbol = 16;
            used = run < 6 ? run : 6;
            extra = used - 3;
        }
        c->runs[c->run_count] = (uint8_t)symbol;
        c->extra[c->run_count++] = (uint8_t)extra;
        counts[symbol]++;
        i += used;
    }
}

/* Makes the block's codes; returns the bits that it takes. */
static uint64_t make_codes(deflater *d, codes *c)
{
    static const uint8_t run_bits[19] = {[16] = 2, [17] = 3, [18] = 7};
    uint32_t run_counts[19] = {0};
    uint64_t bits = 0;
    smpi_huffman(d->literal_counts, 286, 15, c->literal_lengths, c->literal);
    smpi_huffman(d->distance_counts, 30, 15, c->distance_lengths, c->distance);
    for (c->literals = 286; c->literals > 257 && !c->literal_lengths[c->literals - 1];)
        c->literals--;
    for (c->distances = 30; c->distances > 1 && !c->distance_lengths[c->distances - 1];)
        c->distances--;
    find_runs(c, run_counts);
    smpi_huffman(run_counts, 19, 7, c->order_lengths, c->order);
    for (c->orders = 19; c->orders > 4 && !c->order_lengths[run_order[c->orders - 1]];)
        c->orders--;
    bits = 17 + 3 * c->orders;
    for (uint32_t i = 0; i < 19; i++)
        bits += (uint64_t)run_counts[i] * (c->order_lengths[i] + run_bits[i]);
    for (uint32_t i = 0; i < 286; i++)
        bits += (uint64_t)d->literal_counts[i] *
                (c->literal_lengths[i] + (i > 256 ? length_bits[i - 257] : 0u));
    for (uint32_t i = 0; i < 30; i++)
        bits += (uint64_t)d->distance_counts[i] * (c->distance_lengths[i] + distance_bits(i));
    return bits;
}

static void put_coded(deflater *d, const codes *c, int last)
{
    put_bits(d, (uint32_t)last | 2u << 1, 3);
    put_bits(d, c->literals - 257, 5);
    put_bits(d, c->distances - 1, 5);
    put_bits(d, c->orders - 4, 4);
    for (uint32_t i = 0; i < c->orders; i++)
        put_bits(d, c->order_lengths[run_order[i]], 3);
    for (uint32_t i = 0; i < c->run_count; i++) {
        uint32_t s = c->runs[i];
        put_bits(d, c->order[s], c->order_lengths[s]);
        if (s >= 16)
            put_bits(d, c->extra[i], s == 16 ? 2 : s == 17 ? 3 : 7);
    }
    for (uint32_t i = 0; i < d->tokens; i++) {
        uint32_t length = d->token[i] >> 16, low = d->token[i] & 0xffff;
        if (!length) {
            put_bits(d, c->literal[low], c->literal_lengths[low]);
            continue;
        }
        uint32_t ls = length_symbol(length), ds = distance_symbol(low);
        put_bits(d, c->literal[257 + ls], c->literal_lengths[257 + ls]);
        put_bits(d, length - length_base[ls], length_bits[ls]);
        put_bits(d, c->distance[ds], c->distance_lengths[ds]);
        put_bits(d, low - distance_base[ds], distance_bits(ds));
    }
    put_bits(d, c->literal[256], c->literal_lengths[256]);
}

static void put_stored(deflater *d, const uint8_t *bytes, size_t size, int last)
{
    do {
        uint32_t n = size < STORED ? (uint32_t)size : STORED;
        put_bits(d, (uint32_t)(last && n == size), 3);
        flush_bits(d);
        put_bits(d, n, 16);
        put_bits(d, ~n & 0xffff, 16);
        memcpy(d->out + d->at, bytes, n);
        d->at += n;
        bytes += n;
        size -= n;
    } while (size);
}

static void put_block(deflater *d, size_t from, size_t to, int last)
{
    codes c;
    d->literal_counts[256] = 1;
    uint64_t coded = make_codes(d, &c);
    if (coded < ((uint64_t)(to - from) + 5 * ((to - from) / STORED + 1)) * 8)
        put_coded(d, &c, last);
    else
        put_stored(d, d->bytes + from, to - from, last);
    d->tokens = 0;
    memset(d->literal_counts, 0, sizeof d->literal_counts);
    memset(d->distance_counts, 0, sizeof d->distance_counts);
}

static void add_literal(deflater *d, uint8_t byte)
{
    d->token[d->tokens++] = byte;
    d->literal_counts[byte]++;
}

static void add_match(deflater *d, uint32_t length, uint32_t distance)
{
    d->token[d->tokens++] = length << 16 | distance;
    d->literal_counts[257 + length_symbol(length)]++;
    d->distance_counts[distance_symbol(distance)]++;
}

static void compress(deflater *d)
{
    size_t from = 0, at = 0;
    while (at < d->size) {
        uint32_t distance = 0, better = 0;
        uint32_t length = search(d, at, SHORTEST - 1, &distance);
        enter(d, at);
        if (length && d->set.lazy && length < d->set.nice && at + 1 < d->size &&
            search(d, at + 1, length, &better))
            length = 0;
        if (length) {
            add_match(d, length, distance);
            for (uint32_t i = 1; i < length; i++)
                enter(d, at + i);
            at += length;
        } else {
            add_literal(d, d->bytes[at++]);
        }
        if (d->tokens == TOKENS && at < d->size) {
            put_block(d, from, at, 0);
            from = at;
        }
    }
    put_block(d, from, d->size, 1);
    flush_bits(d);
}

/* RFC 1950, 8: sums modulo 65521; 5552 bytes are the most that cannot overflow 32 bits. */
static uint32_t adler(const uint8_t *bytes, size_t size)
{
    uint32_t a = 1, b = 0;
    while (size) {
        size_t n = size < 5552 ? size : 5552;
        for (size_t i = 0; i < n; i++) {
            a += bytes[i];
            b += a;
        }
        a %= 65521;
        b %= 65521;
        bytes += n;
        size -= n;
    }
    return b << 16 | a;
}

size_t smpi_deflate_room(size_t size)
{
    /* A block covers at least TOKENS bytes (the last one may be short); stored, it costs 5 bytes
     * more, and the bits of the one before it are filled up. */
    size_t room;
    return smpi_add(size, size / TOKENS * 16 + 64, &room) ? SIZE_MAX : room;
}

smp_status smpi_deflate(const smp_context *ctx, smpi_span in, uint32_t effort, uint8_t *out,
                        size_t *written, smp_diag *diag)
{
    deflater *d;
    SMPI_TRY(smpi_new(ctx, &d, 1, sizeof *d, "compressor", diag));
    memset(d, 0, sizeof *d);
    memset(d->head, 0xff, sizeof d->head);
    d->bytes = in.data;
    d->size = in.size;
    d->set = of_effort[effort];
    d->out = out;
    d->out[d->at++] = 0x78; /* deflate, 32 KiB window */
    d->out[d->at++] = 0x9c;
    compress(d);
    uint32_t sum = adler(in.data, in.size);
    for (int shift = 24; shift >= 0; shift -= 8)
        d->out[d->at++] = (uint8_t)(sum >> shift);
    *written = d->at;
    smpi_free(ctx, d, sizeof *d);
    return SMP_OK;
}
