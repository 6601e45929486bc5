/*
 * RFC 1952 around zlib's deflate and inflate. zlib could do it itself, but then its inflate would be
 * above the size that HotSpot compiles.
 */
#include <stdlib.h>

#include "zlib_codec.h"

#define RAW (-15)
#define TRAILER 8

struct encoder {
  z_stream stream;
  uint32_t crc;
  uint32_t size;
  uint8_t frame[10]; /* the header, later the trailer */
  size_t frame_len;
  size_t frame_at;
  bool trailer;
};

static void put32(uint8_t *at, uint32_t value) {
  for (int i = 0; i < 4; i++) {
    at[i] = (uint8_t)(value >> 8 * i);
  }
}

static void *open_gzip(int level, size_t size) {
  (void)size;
  struct encoder *codec = calloc(1, sizeof *codec);
  if (codec != NULL && !zlib_begin_deflate(&codec->stream, level, RAW)) {
    free(codec);
    return NULL;
  }
  if (codec != NULL) {
    /* Deflate, no flags, no time; how hard it was tried; system unknown. */
    uint8_t effort = level == 9 ? 2 : level == 1 ? 4 : 0;
    const uint8_t header[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, effort, 255};
    __builtin_memcpy(codec->frame, header, sizeof header);
    codec->frame_len = sizeof header;
  }
  return codec;
}

/* True once header or trailer are out. */
static bool frame_out(struct encoder *codec, struct codec_io *io) {
  while (codec->frame_at < codec->frame_len && io->out_len > 0) {
    *io->out++ = codec->frame[codec->frame_at++];
    io->out_len--;
  }
  return codec->frame_at == codec->frame_len;
}

static enum codec_status step_gzip(void *state, struct codec_io *io) {
  struct encoder *codec = state;
  if (!frame_out(codec, io)) {
    return CODEC_MORE;
  }
  if (codec->trailer) {
    return CODEC_END;
  }
  const uint8_t *from = io->in;
  enum codec_status status = zlib_deflate(&codec->stream, io);
  size_t taken = (size_t)(io->in - from);
  if (taken > 0) {
    /* Of no bytes at no address it would begin again. */
    codec->crc = (uint32_t)crc32(codec->crc, from, (uInt)taken);
    codec->size += (uint32_t)taken;
  }
  if (status != CODEC_END) {
    return status;
  }
  put32(codec->frame, codec->crc);
  put32(codec->frame + 4, codec->size);
  codec->frame_at = 0;
  codec->frame_len = TRAILER;
  codec->trailer = true;
  return frame_out(codec, io) ? CODEC_END : CODEC_MORE;
}

static void close_gzip(void *state) {
  struct encoder *codec = state;
  deflateEnd(&codec->stream);
  free(codec);
}

enum part { FIXED, EXTRA_LENGTH, EXTRA, NAME, COMMENT, HEADER_CRC, BODY, CHECK, BETWEEN };

enum flag { HAS_CRC = 2, HAS_EXTRA = 4, HAS_NAME = 8, HAS_COMMENT = 16, RESERVED = 0xe0 };

struct decoder {
  z_stream stream;
  enum part part;
  uint32_t header_crc;
  uint32_t crc;
  uint32_t size;
  uint8_t field[10]; /* what has been read of the part */
  size_t have;
  size_t extra;
  uint8_t flags;
};

static void *open_gunzip(int level, size_t size) {
  (void)level, (void)size;
  struct decoder *codec = calloc(1, sizeof *codec);
  if (codec != NULL && !zlib_begin_inflate(&codec->stream, RAW)) {
    free(codec);
    return NULL;
  }
  return codec;
}

static void begin(struct decoder *codec, enum part part) {
  codec->part = part;
  codec->have = 0;
}

/* What a byte of the header does, apart from being part of its checksum. */
static enum codec_status fixed_byte(struct decoder *codec, uint8_t byte) {
  static const uint8_t start[] = {0x1f, 0x8b, 8};
  size_t at = codec->have;
  if ((at < sizeof start && byte != start[at]) || (at == 3 && (byte & RESERVED) != 0)) {
    return CODEC_DATA;
  }
  if (at == 3) {
    codec->flags = byte;
  }
  codec->have++;
  if (codec->have == 10) {
    begin(codec, EXTRA_LENGTH);
  }
  return CODEC_MORE;
}

static uint32_t little_endian(const uint8_t *field, int len) {
  uint32_t value = 0;
  for (int i = 0; i < len; i++) {
    value |= (uint32_t)field[i] << 8 * i;
  }
  return value;
}

/* Parts that the flags leave out are over before they begin. */
static void skip_absent(struct decoder *codec) {
  if (codec->part == EXTRA_LENGTH && (codec->flags & HAS_EXTRA) == 0) {
    begin(codec, NAME);
  }
  if (codec->part == EXTRA && codec->extra == 0) {
    begin(codec, NAME);
  }
  if (codec->part == NAME && (codec->flags & HAS_NAME) == 0) {
    begin(codec, COMMENT);
  }
  if (codec->part == COMMENT && (codec->flags & HAS_COMMENT) == 0) {
    begin(codec, HEADER_CRC);
  }
  if (codec->part == HEADER_CRC && (codec->flags & HAS_CRC) == 0) {
    begin(codec, BODY);
  }
}

static enum codec_status header_byte(struct decoder *codec, uint8_t byte) {
  if (codec->part != HEADER_CRC) {
    codec->header_crc = (uint32_t)crc32(codec->header_crc, &byte, 1);
  }
  switch (codec->part) {
  case FIXED:
    return fixed_byte(codec, byte);
  case EXTRA_LENGTH:
    codec->field[codec->have++] = byte;
    if (codec->have == 2) {
      codec->extra = little_endian(codec->field, 2);
      begin(codec, EXTRA);
    }
    return CODEC_MORE;
  case EXTRA:
    codec->extra--;
    return CODEC_MORE;
  case NAME:
  case COMMENT:
    if (byte == 0) {
      begin(codec, codec->part + 1);
    }
    return CODEC_MORE;
  default:
    codec->field[codec->have++] = byte;
    if (codec->have < 2) {
      return CODEC_MORE;
    }
    begin(codec, BODY);
    return little_endian(codec->field, 2) == (codec->header_crc & 0xffff) ? CODEC_MORE
                                                                         : CODEC_CHECKSUM;
  }
}

static enum codec_status read_header(struct decoder *codec, struct codec_io *io) {
  while (io->in_len > 0 && codec->part < BODY) {
    enum codec_status status = header_byte(codec, *io->in);
    if (status != CODEC_MORE) {
      return status;
    }
    io->in++;
    io->in_len--;
    if (codec->part != FIXED) {
      skip_absent(codec);
    }
  }
  return CODEC_MORE;
}

static enum codec_status read_body(struct decoder *codec, struct codec_io *io) {
  uint8_t *to = io->out;
  enum codec_status status = zlib_inflate(&codec->stream, io);
  size_t made = (size_t)(io->out - to);
  codec->crc = (uint32_t)crc32(codec->crc, to, (uInt)made);
  codec->size += (uint32_t)made;
  if (status == CODEC_END) {
    begin(codec, CHECK);
    return CODEC_MORE;
  }
  return status;
}

static enum codec_status read_check(struct decoder *codec, struct codec_io *io) {
  while (io->in_len > 0 && codec->have < TRAILER) {
    codec->field[codec->have++] = *io->in++;
    io->in_len--;
  }
  if (codec->have < TRAILER) {
    return CODEC_MORE;
  }
  begin(codec, BETWEEN);
  bool good = little_endian(codec->field, 4) == codec->crc &&
              little_endian(codec->field + 4, 4) == codec->size;
  return good ? CODEC_END : CODEC_CHECKSUM;
}

static void next_member(struct decoder *codec) {
  inflateReset(&codec->stream);
  codec->header_crc = 0;
  codec->crc = 0;
  codec->size = 0;
  begin(codec, FIXED);
}

static enum codec_status step_gunzip(void *state, struct codec_io *io) {
  struct decoder *codec = state;
  for (;;) {
    if (codec->part == BETWEEN) {
      if (io->in_len == 0) {
        return CODEC_END;
      }
      next_member(codec);
    }
    enum codec_status status = read_header(codec, io);
    if (status == CODEC_MORE && codec->part == BODY) {
      status = read_body(codec, io);
    }
    if (status == CODEC_MORE && codec->part == CHECK) {
      status = read_check(codec, io);
    }
    if (status != CODEC_END) {
      return status;
    }
  }
}

static void close_gunzip(void *state) {
  struct decoder *codec = state;
  inflateEnd(&codec->stream);
  free(codec);
}

const struct codec_type GZIP = {open_gzip, step_gzip, close_gzip, 9};
const struct codec_type GUNZIP = {open_gunzip, step_gunzip, close_gunzip, -1};
