/* LZ4 blocks, for the modules compression and memory. */
#ifndef LZ4_BLOCK_H
#define LZ4_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a block says about itself before anything of it is decoded. */
struct lz4_extent {
  size_t size;    /* decoded, if it is sound */
  bool sound;     /* false where it breaks the format */
  bool truncated; /* then: true where it ends within a sequence */
  size_t offset;  /* then: where that sequence begins */
};

/*
 * Walks the sequences of a block without decoding them. The library does not say how large the output
 * is going to be, and takes an offset of zero, which the format forbids, for valid.
 *
 * history: how many bytes before the output a match may reach to
 */
struct lz4_extent lz4_extent(const uint8_t *block, size_t len, size_t history);

/* LZ4_decompress_safe_usingDict for blocks that pass lz4_extent; lz4frame.c is compiled to call it. */
int lz4_decompress_checked(const char *block, char *out, int len, int room, const char *history,
                           int history_len);

/* The most that len bytes become, or zero where that is too much for a block. */
size_t lz4_block_bound(size_t len);

/* Level 0 to 2: fast; to 12: slower and smaller. The length of the block, or zero without memory. */
size_t lz4_block_compress(const uint8_t *data, size_t len, uint8_t *out, size_t room, int level);

#endif
