/* The operations that take everything at once. */
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "block_ops.h"

#define LEAST_ROOM 1024u
#define SCRATCH 4096u
#define LOOK_AHEAD (16u << 20)

/* Output that grows as long as there is a need, up to a limit. */
struct output {
  uint8_t *bytes;
  size_t room;
  size_t most;
};

static bool reserve(struct output *output, size_t room) {
  output->room = room < output->most ? room : output->most;
  output->bytes = malloc(output->room);
  return output->bytes != NULL;
}

static bool enlarge(struct output *output) {
  struct output larger = {.most = output->most};
  if (output->room > SIZE_MAX / 4 || !reserve(&larger, 2 * output->room)) {
    return false;
  }
  memcpy(larger.bytes, output->bytes, output->room);
  free(output->bytes);
  *output = larger;
  return true;
}

/* Runs a codec to its end. */
static enum codec_status run(const struct codec_type *type, void *codec, struct codec_io *io,
                             struct output *output) {
  for (;;) {
    enum codec_status status = type->step(codec, io);
    if (status != CODEC_MORE || io->out_len > 0 || output->room == output->most) {
      return status;
    }
    size_t have = output->room;
    if (!enlarge(output)) {
      return CODEC_MEMORY;
    }
    io->out = output->bytes + have;
    io->out_len = output->room - have;
  }
}

/*
 * Goes on behind the limit, for a while. A decoder of brotli finds damage a window ahead of what it
 * has given out, and the one of the fallback not as far ahead: were it not for this, the two would
 * report damage and limit as they come upon them.
 */
static enum codec_status look_on(const struct codec_type *type, void *codec, struct codec_io *io) {
  uint8_t ignored[SCRATCH];
  for (size_t seen = 0; seen < LOOK_AHEAD; seen += SCRATCH) {
    io->out = ignored;
    io->out_len = SCRATCH;
    enum codec_status status = type->step(codec, io);
    if (status != CODEC_MORE) {
      return status;
    }
    if (io->out_len > 0 && io->in_len == 0) {
      return CODEC_DATA; /* it ends too early */
    }
  }
  return CODEC_MORE;
}

/* limit: the most bytes that may come out */
static abi_result convert(const struct codec_type *type, int level, const uint8_t *in, size_t len,
                          size_t limit) {
  struct output output = {.most = limit + 1};
  void *codec = type->open(level, len);
  size_t guess = type->levels < 0 ? 3 * (len < SIZE_MAX / 4 ? len : SIZE_MAX / 4) : len / 4;
  if (codec == NULL || !reserve(&output, guess + LEAST_ROOM)) {
    if (codec != NULL) {
      type->close(codec);
    }
    return fault_memory();
  }
  struct codec_io io = {in, len, output.bytes, output.room, true};
  enum codec_status status = run(type, codec, &io, &output);
  size_t made = (size_t)(io.out - output.bytes);
  if (type == &UNBROTLI && made > limit && status == CODEC_MORE) {
    status = look_on(type, codec, &io);
  }
  type->close(codec);
  size_t at = (size_t)(io.in - in);
  if (status == CODEC_END && made <= limit) {
    return abi_buffer(output.bytes, made);
  }
  free(output.bytes);
  if (made > limit && !(type == &UNBROTLI && status == CODEC_DATA)) {
    return fault_limit();
  }
  if (status != CODEC_MORE) {
    return fault_status(status, at);
  }
  /* The decoder of the fallback can't tell an early end of brotli from damage. */
  return type == &UNBROTLI ? fault_status(CODEC_DATA, at) : fault_truncated(at);
}

static abi_result compress(const struct codec_type *type, const uint8_t *in, size_t len,
                           int level) {
  if (level < 0 || level > type->levels) {
    return fault_level(type->levels);
  }
  return convert(type, level, in, len, INT32_MAX - 1);
}

static abi_result decompress(const struct codec_type *type, const uint8_t *in, size_t len,
                             int limit) {
  if (limit < 0) {
    return fault_size();
  }
  return convert(type, 0, in, len, limit == 0 ? (size_t)DEFAULT_LIMIT : (size_t)limit);
}

#define COMPRESS(name, type)                                                                       \
  abi_result EXPORT(name)(const uint8_t *in, size_t len, int level) {                              \
    return compress(&type, in, len, level);                                                        \
  }

#define DECOMPRESS(name, type)                                                                     \
  abi_result EXPORT(name)(const uint8_t *in, size_t len, int limit) {                              \
    return decompress(&type, in, len, limit);                                                      \
  }

COMPRESS(gzip, GZIP)
DECOMPRESS(gunzip, GUNZIP)
COMPRESS(zlib_compress, ZLIB)
DECOMPRESS(zlib_decompress, UNZLIB)
COMPRESS(deflate, DEFLATE)
DECOMPRESS(inflate, INFLATE)
COMPRESS(lz4_compress, LZ4)
DECOMPRESS(lz4_decompress, UNLZ4)
COMPRESS(brotli_compress, BROTLI)
DECOMPRESS(brotli_decompress, UNBROTLI)

static const struct block_codes CODES = {"compression.data", "compression.truncated",
                                         "compression.limit", "compression.memory"};

abi_result EXPORT(lz4_block_compress)(const uint8_t *in, size_t len, int level) {
  if (level < 0 || level > LZ4.levels) {
    return fault_level(LZ4.levels);
  }
  return block_compress(&CODES, in, len, level);
}

abi_result EXPORT(lz4_block_decompress)(const uint8_t *in, size_t len, int limit) {
  if (limit < 0) {
    return fault_size();
  }
  return block_decompress(&CODES, in, len, limit == 0 ? (size_t)DEFAULT_LIMIT : (size_t)limit);
}
