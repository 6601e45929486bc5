#include "zlib_codec.h"

#include <stdlib.h>
#include <string.h>

/* 256 KB for an encoder, as zlib does by default. */
#define MEMORY_LEVEL 8
#define WINDOW 15

bool zlib_begin_deflate(z_stream *stream, int level, int bits) {
  memset(stream, 0, sizeof *stream);
  return deflateInit2(stream, level, Z_DEFLATED, bits, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) == Z_OK;
}

bool zlib_begin_inflate(z_stream *stream, int bits) {
  memset(stream, 0, sizeof *stream);
  return inflateInit2(stream, bits) == Z_OK;
}

static void lend(z_stream *stream, const struct codec_io *io) {
  stream->next_in = (Bytef *)io->in;
  stream->avail_in = (uInt)io->in_len;
  stream->next_out = io->out;
  stream->avail_out = (uInt)io->out_len;
}

static void take_back(const z_stream *stream, struct codec_io *io) {
  io->in = stream->next_in;
  io->in_len = stream->avail_in;
  io->out = stream->next_out;
  io->out_len = stream->avail_out;
}

enum codec_status zlib_deflate(z_stream *stream, struct codec_io *io) {
  lend(stream, io);
  int result = deflate(stream, io->last ? Z_FINISH : Z_NO_FLUSH);
  take_back(stream, io);
  return result == Z_STREAM_END ? CODEC_END : CODEC_MORE;
}

enum codec_status zlib_inflate(z_stream *stream, struct codec_io *io) {
  lend(stream, io);
  int result = inflate(stream, Z_NO_FLUSH);
  take_back(stream, io);
  switch (result) {
  case Z_STREAM_END:
    return CODEC_END;
  case Z_MEM_ERROR:
    return CODEC_MEMORY;
  case Z_DATA_ERROR:
    return strcmp(stream->msg, "incorrect data check") == 0 ? CODEC_CHECKSUM : CODEC_DATA;
  case Z_NEED_DICT:
    return CODEC_DATA;
  default:
    return CODEC_MORE;
  }
}

struct codec {
  z_stream stream;
  bool ended;
};

static void *open_deflate(int level, int bits) {
  struct codec *codec = calloc(1, sizeof *codec);
  if (codec != NULL && !zlib_begin_deflate(&codec->stream, level, bits)) {
    free(codec);
    return NULL;
  }
  return codec;
}

static void *open_inflate(int bits) {
  struct codec *codec = calloc(1, sizeof *codec);
  if (codec != NULL && !zlib_begin_inflate(&codec->stream, bits)) {
    free(codec);
    return NULL;
  }
  return codec;
}

static void *open_zlib(int level, size_t size) {
  (void)size;
  return open_deflate(level, WINDOW);
}

static void *open_raw(int level, size_t size) {
  (void)size;
  return open_deflate(level, -WINDOW);
}

static void *open_unzlib(int level, size_t size) {
  (void)level, (void)size;
  return open_inflate(WINDOW);
}

static void *open_unraw(int level, size_t size) {
  (void)level, (void)size;
  return open_inflate(-WINDOW);
}

static enum codec_status step_deflate(void *state, struct codec_io *io) {
  struct codec *codec = state;
  return zlib_deflate(&codec->stream, io);
}

static enum codec_status step_inflate(void *state, struct codec_io *io) {
  struct codec *codec = state;
  enum codec_status status = codec->ended ? CODEC_END : zlib_inflate(&codec->stream, io);
  codec->ended = status == CODEC_END;
  return codec->ended && io->in_len > 0 ? CODEC_DATA : status;
}

static void close_deflate(void *state) {
  struct codec *codec = state;
  deflateEnd(&codec->stream);
  free(codec);
}

static void close_inflate(void *state) {
  struct codec *codec = state;
  inflateEnd(&codec->stream);
  free(codec);
}

const struct codec_type ZLIB = {open_zlib, step_deflate, close_deflate, 9};
const struct codec_type DEFLATE = {open_raw, step_deflate, close_deflate, 9};
const struct codec_type UNZLIB = {open_unzlib, step_inflate, close_inflate, -1};
const struct codec_type INFLATE = {open_unraw, step_inflate, close_inflate, -1};
