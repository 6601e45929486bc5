/*
 * Streams: input comes in pieces, output goes in pieces. A stream holds one piece of input and the state
 * of its codec, however much passes through it.
 */
#include <stdlib.h>
#include <string.h>

#include "fault.h"

struct stream {
  struct stream *next;
  const struct codec_type *type;
  void *codec; /* null until it is needed */
  int64_t left; /* how much output is still allowed */
  int64_t taken;
  uint8_t *piece; /* input that has not been read from yet, or null */
  size_t len;
  size_t at;
  abi_result (*failed)(const struct stream *stream);
  enum codec_status status;
  int level;
  int handle;
  bool finished;
};

static struct stream *streams;
static int last_handle;

static struct stream *find(int handle) {
  struct stream *stream = streams;
  while (stream != NULL && stream->handle != handle) {
    stream = stream->next;
  }
  return stream;
}

static abi_result no_stream(void) {
  return abi_error("compression.handle", "There is no stream with this handle", NO_OFFSET);
}

static int begin(const struct codec_type *type, int level, int64_t limit) {
  struct stream *stream = calloc(1, sizeof *stream);
  if (stream == NULL) {
    return 0;
  }
  stream->type = type;
  stream->level = level;
  stream->left = limit;
  stream->handle = ++last_handle;
  stream->next = streams;
  streams = stream;
  return stream->handle;
}

static abi_result bad_level(const struct stream *stream) {
  return fault_level(stream->type->levels);
}

static abi_result bad_size(const struct stream *stream) {
  (void)stream;
  return fault_size();
}

static abi_result no_memory(const struct stream *stream) {
  (void)stream;
  return fault_memory();
}

static abi_result too_large(const struct stream *stream) {
  (void)stream;
  return fault_limit();
}

static abi_result too_short(const struct stream *stream) {
  return abi_error("compression.truncated", "The compressed data ends too early", stream->taken);
}

static abi_result bad_data(const struct stream *stream) {
  return fault_status(stream->status, (size_t)stream->taken);
}

/* Ends in an error, which every later call answers as well. */
static abi_result fail(struct stream *stream, abi_result (*fault)(const struct stream *)) {
  stream->failed = fault;
  return fault(stream);
}

/* Makes the codec when it is first needed: only then can what is wrong with it be said. */
static abi_result prepare(struct stream *stream) {
  if (stream->failed != NULL) {
    return stream->failed(stream);
  }
  if (stream->codec != NULL) {
    return 0;
  }
  if (stream->type->levels >= 0 && (stream->level < 0 || stream->level > stream->type->levels)) {
    return fail(stream, bad_level);
  }
  if (stream->left < 0) {
    return fail(stream, bad_size);
  }
  stream->codec = stream->type->open(stream->level, 0);
  return stream->codec == NULL ? fail(stream, no_memory) : 0;
}

static void drop_piece(struct stream *stream) {
  free(stream->piece);
  stream->piece = NULL;
  stream->len = 0;
  stream->at = 0;
}

abi_result EXPORT(write)(int handle, const uint8_t *in, size_t len) {
  struct stream *stream = find(handle);
  if (stream == NULL) {
    return no_stream();
  }
  abi_result fault = prepare(stream);
  if (fault != 0) {
    return fault;
  }
  if (stream->piece != NULL) {
    return abi_error("compression.pending", "Read until nothing comes before writing more",
                     NO_OFFSET);
  }
  if (stream->finished) {
    return abi_error("compression.finished", "The input of this stream has been finished",
                     NO_OFFSET);
  }
  if (len == 0) {
    return 0;
  }
  stream->piece = malloc(len);
  if (stream->piece == NULL) {
    return fault_memory();
  }
  memcpy(stream->piece, in, len);
  stream->len = len;
  return 0;
}

abi_result EXPORT(finish)(int handle) {
  struct stream *stream = find(handle);
  if (stream == NULL) {
    return no_stream();
  }
  abi_result fault = prepare(stream);
  if (fault == 0) {
    stream->finished = true;
  }
  return fault;
}

/* Lets the codec work until the room is full or nothing moves. */
static size_t pump(struct stream *stream, uint8_t *out, size_t room) {
  struct codec_io io = {stream->piece + stream->at, stream->len - stream->at, out, room,
                        stream->finished};
  const uint8_t *from = io.in;
  stream->status = stream->type->step(stream->codec, &io);
  stream->at += (size_t)(io.in - from);
  stream->taken += io.in - from;
  return (size_t)(io.out - out);
}

static abi_result answer(struct stream *stream, uint8_t *out, size_t made, size_t room) {
  if (stream->type->levels < 0 && (int64_t)made > stream->left) {
    free(out);
    return fail(stream, too_large);
  }
  if (stream->status != CODEC_MORE && stream->status != CODEC_END) {
    free(out);
    return fail(stream, bad_data);
  }
  stream->left -= (int64_t)made;
  if (made < room && stream->at == stream->len) {
    drop_piece(stream);
  }
  if (made == 0 && stream->finished && stream->status == CODEC_MORE) {
    free(out);
    return fail(stream, too_short);
  }
  return abi_buffer(out, made);
}

abi_result EXPORT(read)(int handle, int most) {
  struct stream *stream = find(handle);
  if (stream == NULL) {
    return no_stream();
  }
  if (most <= 0) {
    return abi_error("compression.size", "At least one byte must be read", NO_OFFSET);
  }
  abi_result fault = prepare(stream);
  if (fault != 0) {
    return fault;
  }
  uint8_t *out = malloc((size_t)most);
  if (out == NULL) {
    return fault_memory();
  }
  return answer(stream, out, pump(stream, out, (size_t)most), (size_t)most);
}

abi_result EXPORT(close)(int handle) {
  struct stream **link = &streams;
  while (*link != NULL && (*link)->handle != handle) {
    link = &(*link)->next;
  }
  struct stream *stream = *link;
  if (stream == NULL) {
    return no_stream();
  }
  *link = stream->next;
  if (stream->codec != NULL) {
    stream->type->close(stream->codec);
  }
  free(stream->piece);
  free(stream);
  return 0;
}

#define ENCODER(name, type)                                                                        \
  int EXPORT(name)(int level) { return begin(&type, level, INT64_MAX); }

#define DECODER(name, type)                                                                        \
  int EXPORT(name)(int64_t limit) { return begin(&type, 0, limit == 0 ? DEFAULT_LIMIT : limit); }

ENCODER(gzip_new, GZIP)
DECODER(gunzip_new, GUNZIP)
ENCODER(zlib_compress_new, ZLIB)
DECODER(zlib_decompress_new, UNZLIB)
ENCODER(deflate_new, DEFLATE)
DECODER(inflate_new, INFLATE)
ENCODER(lz4_compress_new, LZ4)
DECODER(lz4_decompress_new, UNLZ4)
ENCODER(brotli_compress_new, BROTLI)
DECODER(brotli_decompress_new, UNBROTLI)
