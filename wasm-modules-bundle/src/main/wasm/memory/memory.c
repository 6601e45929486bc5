/* Copies, compares and fills bytes, and finds where two of them differ. */
#include <stdlib.h>
#include <string.h>

#include "block_ops.h"

#define DEFAULT_LIMIT (64u << 20)
#define WORD sizeof(uint64_t)

static const struct block_codes CODES = {"memory.data", "memory.truncated", "memory.limit",
                                         "memory.memory"};

static abi_result bad_range(void) {
  return abi_error("memory.range", "The range is not inside the data", NO_OFFSET);
}

static abi_result no_memory(void) {
  return abi_error("memory.memory", "The memory limit of the module does not suffice", NO_OFFSET);
}

abi_result EXPORT(copy)(const uint8_t *data, size_t len, int from, int length) {
  if (from < 0 || length < 0 || (size_t)from > len || (size_t)length > len - (size_t)from) {
    return bad_range();
  }
  uint8_t *out = malloc((size_t)length);
  if (out == NULL) {
    return no_memory();
  }
  memcpy(out, data + from, (size_t)length);
  return abi_buffer(out, (size_t)length);
}

abi_result EXPORT(fill)(int length, int value) {
  if (length < 0) {
    return bad_range();
  }
  uint8_t *out = malloc((size_t)length);
  if (out == NULL) {
    return no_memory();
  }
  memset(out, value, (size_t)length);
  return abi_buffer(out, (size_t)length);
}

static uint64_t word(const uint8_t *at) {
  uint64_t word;
  memcpy(&word, at, WORD);
  return word;
}

/* Where two arrays of len bytes begin to differ from at on, or len. */
static size_t differ(const uint8_t *a, const uint8_t *b, size_t at, size_t len) {
  while (len - at >= WORD) {
    uint64_t difference = word(a + at) ^ word(b + at);
    if (difference != 0) {
      return at + (size_t)__builtin_ctzll(difference) / 8;
    }
    at += WORD;
  }
  while (at < len && a[at] == b[at]) {
    at++;
  }
  return at;
}

static size_t shorter(size_t a, size_t b) { return a < b ? a : b; }

int EXPORT(mismatch)(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len) {
  size_t common = shorter(a_len, b_len);
  size_t at = differ(a, b, 0, common);
  return at == common && a_len == b_len ? -1 : (int)at;
}

int EXPORT(compare)(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len) {
  size_t common = shorter(a_len, b_len);
  size_t at = differ(a, b, 0, common);
  if (at < common) {
    return a[at] < b[at] ? -1 : 1;
  }
  return a_len == b_len ? 0 : a_len < b_len ? -1 : 1;
}

/* Pairs of where a range begins and where it ends. */
struct ranges {
  int *bounds;
  size_t count;
  size_t room;
};

static int add(struct ranges *ranges, size_t start, size_t end) {
  if (ranges->count == ranges->room) {
    size_t room = 2 * ranges->room;
    int *larger = malloc(room * sizeof(int));
    if (larger == NULL) {
      return 0;
    }
    memcpy(larger, ranges->bounds, ranges->count * sizeof(int));
    free(ranges->bounds);
    ranges->bounds = larger;
    ranges->room = room;
  }
  ranges->bounds[ranges->count++] = (int)start;
  ranges->bounds[ranges->count++] = (int)end;
  return 1;
}

/* Where they agree again for more than gap bytes, or len. */
static size_t end_of_range(const uint8_t *a, const uint8_t *b, size_t at, size_t len, size_t gap) {
  size_t end = at + 1;
  for (size_t i = end; i < len && i - end <= gap; i++) {
    if (a[i] != b[i]) {
      end = i + 1;
    }
  }
  return end;
}

static int find(struct ranges *ranges, const uint8_t *a, size_t a_len, const uint8_t *b,
                size_t b_len, size_t gap) {
  size_t common = shorter(a_len, b_len);
  size_t longest = a_len > b_len ? a_len : b_len;
  size_t at = differ(a, b, 0, common);
  while (at < common) {
    size_t end = end_of_range(a, b, at, common, gap);
    if (longest > common && common - end <= gap) {
      return add(ranges, at, longest);
    }
    if (!add(ranges, at, end)) {
      return 0;
    }
    at = differ(a, b, end, common);
  }
  return longest == common || add(ranges, common, longest);
}

abi_result EXPORT(differing_ranges)(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len,
                                    int gap) {
  if (gap < 0) {
    return abi_error("memory.range", "The gap must not be negative", NO_OFFSET);
  }
  struct ranges ranges = {malloc(16 * sizeof(int)), 0, 16};
  if (ranges.bounds == NULL || !find(&ranges, a, a_len, b, b_len, (size_t)gap)) {
    free(ranges.bounds);
    return no_memory();
  }
  return abi_buffer(ranges.bounds, ranges.count * sizeof(int));
}

abi_result EXPORT(compress_block)(const uint8_t *data, size_t len) {
  return block_compress(&CODES, data, len, 1);
}

abi_result EXPORT(decompress_block)(const uint8_t *block, size_t len, int limit) {
  if (limit < 0) {
    return bad_range();
  }
  return block_decompress(&CODES, block, len, limit == 0 ? DEFAULT_LIMIT : (size_t)limit);
}
