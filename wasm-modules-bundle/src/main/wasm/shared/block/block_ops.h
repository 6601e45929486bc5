/* Blocks as operations, with errors under the name of the module. */
#ifndef BLOCK_OPS_H
#define BLOCK_OPS_H

#include "abi.h"

/* The codes of one module. */
struct block_codes {
  const char *data;
  const char *truncated;
  const char *limit;
  const char *memory;
};

abi_result block_compress(const struct block_codes *codes, const uint8_t *in, size_t len,
                          int level);

/* limit: the most bytes that may come out */
abi_result block_decompress(const struct block_codes *codes, const uint8_t *in, size_t len,
                            size_t limit);

#endif
