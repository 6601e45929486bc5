#include "lz4_block.h"

#include <lz4.h>
#include <lz4hc.h>

/* Of the format: the end of a block is literals, so that decoders may copy eight bytes at a time. */
#define LAST_LITERALS 5
#define MATCH_LIMIT 12
#define LEAST_MATCH 4
#define MORE_FOLLOWS 15

/* More than any block has; far from where 32 bits end. */
#define MOST 0x7e000000u

enum verdict { FINE, CORRUPT, TRUNCATED };

struct walk {
  const uint8_t *block;
  size_t len;
  size_t at;
  size_t size;
  size_t match_start; /* of the last match, in the output */
  size_t match_end;
};

/* A length that begins in the token. */
static enum verdict length(struct walk *walk, size_t first, size_t *length) {
  *length = first;
  if (first < MORE_FOLLOWS) {
    return FINE;
  }
  for (;;) {
    if (walk->at >= walk->len) {
      return TRUNCATED;
    }
    uint8_t more = walk->block[walk->at++];
    *length += more;
    if (more < 255) {
      return FINE;
    }
    if (*length > MOST) {
      return CORRUPT;
    }
  }
}

static enum verdict literals(struct walk *walk, uint8_t token) {
  size_t count;
  enum verdict verdict = length(walk, token >> 4, &count);
  if (verdict != FINE) {
    return verdict;
  }
  if (count > walk->len - walk->at) {
    return TRUNCATED;
  }
  walk->at += count;
  walk->size += count;
  return walk->size <= MOST ? FINE : CORRUPT;
}

static enum verdict match(struct walk *walk, uint8_t token, size_t history) {
  if (walk->len - walk->at < 2) {
    return TRUNCATED;
  }
  size_t offset = walk->block[walk->at] | (size_t)walk->block[walk->at + 1] << 8;
  if (offset == 0 || offset > walk->size + history) {
    return CORRUPT;
  }
  walk->at += 2;
  size_t count;
  enum verdict verdict = length(walk, token & 15, &count);
  walk->match_start = walk->size;
  walk->size += count + LEAST_MATCH;
  walk->match_end = walk->size;
  return verdict == FINE && walk->size > MOST ? CORRUPT : verdict;
}

/* The library insists on the rules for the end, and on the token zero for nothing at all. */
static bool ends_well(const struct walk *walk) {
  if (walk->match_end == 0) {
    return walk->size > 0 || (walk->len == 1 && walk->block[0] == 0);
  }
  return walk->size - walk->match_end >= LAST_LITERALS &&
         walk->size - walk->match_start >= MATCH_LIMIT;
}

struct lz4_extent lz4_extent(const uint8_t *block, size_t len, size_t history) {
  struct walk walk = {.block = block, .len = len};
  while (walk.at < len) {
    size_t start = walk.at;
    uint8_t token = block[walk.at++];
    enum verdict verdict = literals(&walk, token);
    if (verdict == FINE && walk.at == len) {
      return (struct lz4_extent){.size = walk.size, .sound = ends_well(&walk), .offset = start};
    }
    if (verdict == FINE) {
      verdict = match(&walk, token, history);
    }
    if (verdict != FINE) {
      return (struct lz4_extent){.truncated = verdict == TRUNCATED, .offset = start};
    }
  }
  return (struct lz4_extent){.truncated = true, .offset = len};
}

int lz4_decompress_checked(const char *block, char *out, int len, int room, const char *history,
                           int history_len) {
  struct lz4_extent extent = lz4_extent((const uint8_t *)block, (size_t)len, (size_t)history_len);
  if (!extent.sound || extent.size > (size_t)room) {
    return -1;
  }
  return LZ4_decompress_safe_usingDict(block, out, len, (int)extent.size, history, history_len);
}

size_t lz4_block_bound(size_t len) {
  return len > LZ4_MAX_INPUT_SIZE ? 0 : (size_t)LZ4_compressBound((int)len);
}

size_t lz4_block_compress(const uint8_t *data, size_t len, uint8_t *out, size_t room, int level) {
  const char *from = (const char *)data;
  int written = level < LZ4HC_CLEVEL_MIN
                    ? LZ4_compress_default(from, (char *)out, (int)len, (int)room)
                    : LZ4_compress_HC(from, (char *)out, (int)len, (int)room, level);
  return written < 0 ? 0 : (size_t)written;
}
