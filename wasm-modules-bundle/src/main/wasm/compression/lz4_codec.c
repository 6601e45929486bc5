/* The LZ4 frame format, with the library's own reader and writer. */
#define LZ4F_STATIC_LINKING_ONLY
#include <lz4frame.h>
#include <stdlib.h>

#include "codec.h"

/* Input goes to the library in pieces of this size, so that its output fits a buffer of ours. */
#define PIECE 65536u

/* The shortest header: enough to see how long this one is. */
#define FIRST_HINT 7u

struct encoder {
  LZ4F_cctx *context;
  LZ4F_preferences_t preferences;
  uint8_t *buffer;
  size_t buffer_len;
  size_t have;
  size_t at;
  bool begun;
  bool ended;
};

static void close_lz4(void *state) {
  struct encoder *codec = state;
  LZ4F_freeCompressionContext(codec->context);
  free(codec->buffer);
  free(codec);
}

static void *open_lz4(int level, size_t size) {
  struct encoder *codec = calloc(1, sizeof *codec);
  if (codec == NULL) {
    return NULL;
  }
  codec->preferences.compressionLevel = level;
  codec->preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  codec->preferences.frameInfo.blockMode = LZ4F_blockIndependent;
  codec->preferences.frameInfo.blockSizeID =
      size > 0 && size <= 65536 ? LZ4F_max64KB : LZ4F_max256KB;
  codec->preferences.frameInfo.contentSize = size;
  codec->buffer_len = LZ4F_compressBound(PIECE, &codec->preferences) + LZ4F_HEADER_SIZE_MAX;
  codec->buffer = malloc(codec->buffer_len);
  if (codec->buffer == NULL ||
      LZ4F_isError(LZ4F_createCompressionContext(&codec->context, LZ4F_VERSION))) {
    close_lz4(codec);
    return NULL;
  }
  return codec;
}

/* Fills the empty buffer with what comes next. */
static size_t refill(struct encoder *codec, struct codec_io *io) {
  if (!codec->begun) {
    codec->begun = true;
    return LZ4F_compressBegin(codec->context, codec->buffer, codec->buffer_len,
                              &codec->preferences);
  }
  if (io->in_len > 0) {
    size_t piece = io->in_len < PIECE ? io->in_len : PIECE;
    const uint8_t *from = io->in;
    io->in += piece;
    io->in_len -= piece;
    return LZ4F_compressUpdate(codec->context, codec->buffer, codec->buffer_len, from, piece, NULL);
  }
  codec->ended = true;
  return LZ4F_compressEnd(codec->context, codec->buffer, codec->buffer_len, NULL);
}

static void drain(struct encoder *codec, struct codec_io *io) {
  size_t piece = codec->have - codec->at;
  if (piece > io->out_len) {
    piece = io->out_len;
  }
  __builtin_memcpy(io->out, codec->buffer + codec->at, piece);
  codec->at += piece;
  io->out += piece;
  io->out_len -= piece;
}

static enum codec_status step_lz4(void *state, struct codec_io *io) {
  struct encoder *codec = state;
  for (;;) {
    drain(codec, io);
    if (codec->at < codec->have) {
      return CODEC_MORE;
    }
    if (codec->ended) {
      return CODEC_END;
    }
    if (io->in_len == 0 && !io->last) {
      return CODEC_MORE;
    }
    size_t made = refill(codec, io);
    if (LZ4F_isError(made)) {
      return CODEC_MEMORY;
    }
    codec->have = made;
    codec->at = 0;
  }
}

struct decoder {
  LZ4F_dctx *context;
  size_t hint;
  bool between;
};

static void *open_unlz4(int level, size_t size) {
  (void)level, (void)size;
  struct decoder *codec = calloc(1, sizeof *codec);
  if (codec != NULL &&
      LZ4F_isError(LZ4F_createDecompressionContext(&codec->context, LZ4F_VERSION))) {
    free(codec);
    return NULL;
  }
  if (codec != NULL) {
    codec->hint = FIRST_HINT;
  }
  return codec;
}

static enum codec_status failure(size_t result) {
  switch (LZ4F_getErrorCode(result)) {
  case LZ4F_ERROR_allocation_failed:
    return CODEC_MEMORY;
  case LZ4F_ERROR_headerChecksum_invalid:
  case LZ4F_ERROR_blockChecksum_invalid:
  case LZ4F_ERROR_contentChecksum_invalid:
    return CODEC_CHECKSUM;
  default:
    return CODEC_DATA;
  }
}

/* As much as the library asked for at once: a block, so that an error has a place. */
static enum codec_status step_unlz4(void *state, struct codec_io *io) {
  struct decoder *codec = state;
  for (;;) {
    size_t taken = io->in_len < codec->hint ? io->in_len : codec->hint;
    if (codec->between && taken == 0) {
      return CODEC_END;
    }
    size_t made = io->out_len;
    size_t result = LZ4F_decompress(codec->context, io->out, &made, io->in, &taken, NULL);
    if (LZ4F_isError(result)) {
      return failure(result);
    }
    io->in += taken;
    io->in_len -= taken;
    io->out += made;
    io->out_len -= made;
    codec->between = result == 0;
    codec->hint = result == 0 ? FIRST_HINT : result;
    if (taken == 0 && made == 0) {
      return CODEC_MORE;
    }
  }
}

static void close_unlz4(void *state) {
  struct decoder *codec = state;
  LZ4F_freeDecompressionContext(codec->context);
  free(codec);
}

const struct codec_type LZ4 = {open_lz4, step_lz4, close_lz4, 12};
const struct codec_type UNLZ4 = {open_unlz4, step_unlz4, close_unlz4, -1};
