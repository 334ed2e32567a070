/* SPDX-FileCopyrightText: 2026 libsmp developers
 * SPDX-License-Identifier: MIT
 *
 * Canonical Huffman codes. source: Moffat and Katajainen 1995 (lengths in place); RFC 1951, 3.2.2
 * (codes). */
#include "image/huffman.h"

#include <string.h>

/* Sorts count << 16 | symbol ascending: a total order. Shell's gaps; qsort may allocate. */
static void sort(uint64_t *v, int n)
{
    static const int gaps[] = {109, 41, 19, 5, 1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (int i = gaps[g]; i < n; i++) {
            uint64_t x = v[i];
            int k = i;
            for (; k >= gaps[g] && v[k - gaps[g]] > x; k -= gaps[g])
                v[k] = v[k - gaps[g]];
            v[k] = x;
        }
}

/* Depths of the n >= 2 leaves of an optimal tree over ascending counts, written over them. */
static void depths(uint32_t *a, int n)
{
    int root = 0, next_leaf = 0;
    for (int next = 0; next < n - 1; next++) { /* a[next] becomes an inner node */
        uint32_t sum = 0;
        for (int child = 0; child < 2; child++) {
            if (next_leaf >= n || (root < next && a[root] < a[next_leaf])) {
                sum += a[root];
                a[root++] = (uint32_t)next;
            } else {
                sum += a[next_leaf++];
            }
        }
        a[next] = sum;
    }
    a[n - 2] = 0; /* from parents to depths of inner nodes */
    for (int next = n - 3; next >= 0; next--)
        a[next] = a[a[next]] + 1;
    int free_places = 1, used = 0, depth = 0, inner = n - 2, at = n - 1;
    while (free_places > 0) {
        while (inner >= 0 && a[inner] == (uint32_t)depth) {
            used++;
            inner--;
        }
        for (; free_places > used; free_places--)
            a[at--] = (uint32_t)depth;
        free_places = 2 * used;
        depth++;
        used = 0;
    }
}

/* How many codes of each length, none over longest, still a full tree. */
static void count_lengths(const uint32_t *depth, int n, uint32_t longest, uint32_t of_length[16])
{
    uint32_t full = 1u << longest, sum = 0;
    memset(of_length, 0, 16 * sizeof *of_length);
    for (int i = 0; i < n; i++)
        of_length[depth[i] < longest ? depth[i] : longest]++;
    for (uint32_t l = 1; l <= longest; l++)
        sum += of_length[l] << (longest - l);
    while (sum > full) { /* one leaf moves down to make room for one that is too deep */
        uint32_t l = longest - 1;
        while (!of_length[l])
            l--;
        of_length[l]--;
        of_length[l + 1] += 2;
        of_length[longest]--;
        sum--;
    }
}

static uint16_t reversed(uint32_t code, uint32_t length)
{
    uint32_t r = 0;
    for (uint32_t i = 0; i < length; i++)
        r |= (code >> i & 1) << (length - 1 - i);
    return (uint16_t)r;
}

static void give_codes(const uint8_t *lengths, uint32_t symbols, const uint32_t of_length[16],
                       uint16_t *codes)
{
    uint32_t next[16] = {0}, code = 0;
    for (uint32_t l = 1; l < 16; l++) {
        next[l] = code;
        code = (code + of_length[l]) << 1;
    }
    for (uint32_t s = 0; s < symbols; s++)
        codes[s] = lengths[s] ? reversed(next[lengths[s]]++, lengths[s]) : 0;
}

void smpi_huffman(const uint32_t *counts, uint32_t symbols, uint32_t longest, uint8_t *lengths,
                  uint16_t *codes)
{
    uint64_t leaves[SMPI_HUFFMAN_MAX];
    uint32_t depth[SMPI_HUFFMAN_MAX], of_length[16];
    int n = 0;
    for (uint32_t s = 0; s < symbols; s++)
        if (counts[s])
            leaves[n++] = (uint64_t)counts[s] << 16 | s;
    for (uint32_t s = 0; n < 2; s++)
        if (!counts[s])
            leaves[n++] = 1u << 16 | s;
    sort(leaves, n);
    for (int i = 0; i < n; i++)
        depth[i] = (uint32_t)(leaves[i] >> 16);
    depths(depth, n);
    count_lengths(depth, n, longest, of_length);
    memset(lengths, 0, symbols);
    int i = 0;
    for (uint32_t l = longest; l >= 1; l--) /* the rarest get the longest */
        for (uint32_t k = 0; k < of_length[l]; k++)
            lengths[leaves[i++] & 0xffff] = (uint8_t)l;
    give_codes(lengths, symbols, of_length, codes);
}
