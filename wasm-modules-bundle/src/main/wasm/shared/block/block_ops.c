#include "block_ops.h"

#include <stdlib.h>

#include "lz4_block.h"

static abi_result no_memory(const struct block_codes *codes) {
  return abi_error(codes->memory, "The memory limit of the module does not suffice", NO_OFFSET);
}

abi_result block_compress(const struct block_codes *codes, const uint8_t *in, size_t len,
                          int level) {
  size_t room = lz4_block_bound(len);
  uint8_t *out = room == 0 ? NULL : malloc(room);
  size_t made = out == NULL ? 0 : lz4_block_compress(in, len, out, room, level);
  if (made == 0) {
    free(out);
    return no_memory(codes);
  }
  return abi_buffer(out, made);
}

static abi_result decode(const struct block_codes *codes, const uint8_t *in, size_t len,
                         size_t size) {
  uint8_t *out = malloc(size + 1);
  if (out == NULL) {
    return no_memory(codes);
  }
  if (lz4_decompress_checked((const char *)in, (char *)out, (int)len, (int)size, NULL, 0) < 0) {
    free(out);
    return abi_error(codes->data, "The compressed data is corrupt", (int64_t)len);
  }
  return abi_buffer(out, size);
}

abi_result block_decompress(const struct block_codes *codes, const uint8_t *in, size_t len,
                            size_t limit) {
  struct lz4_extent extent = lz4_extent(in, len, 0);
  if (extent.truncated) {
    return abi_error(codes->truncated, "The compressed data ends too early", (int64_t)len);
  }
  if (!extent.sound) {
    return abi_error(codes->data, "The compressed data is corrupt", (int64_t)extent.offset);
  }
  if (extent.size > limit) {
    return abi_error(codes->limit, "The data is larger than the limit", NO_OFFSET);
  }
  return decode(codes, in, len, extent.size);
}
