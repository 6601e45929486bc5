/* What all codecs have in common: they take input and give output piece by piece. */
#ifndef CODEC_H
#define CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum codec_status {
  CODEC_MORE,     /* goes on with more input or more room for output */
  CODEC_END,      /* may end here; more input begins the next member, where the format has members */
  CODEC_DATA,     /* this input is not in the format */
  CODEC_CHECKSUM, /* a checksum or length inside the input is not that of the data */
  CODEC_MEMORY,   /* out of memory */
};

/* Moved forward by the codec. */
struct codec_io {
  const uint8_t *in;
  size_t in_len;
  uint8_t *out;
  size_t out_len;
  bool last; /* no input will follow what is here */
};

/*
 * Makes a codec of the kind that is asked for, or null without memory.
 *
 * level: of encoders
 * size: of encoders, how much input there will be, or 0 if nobody knows
 */
typedef void *codec_open(int level, size_t size);

/* Goes as far as input and room reach. */
typedef enum codec_status codec_step(void *codec, struct codec_io *io);

typedef void codec_close(void *codec);

struct codec_type {
  codec_open *open;
  codec_step *step;
  codec_close *close;
  int levels; /* encoders: the highest level; decoders: -1 */
};

extern const struct codec_type GZIP, ZLIB, DEFLATE, LZ4, BROTLI;
extern const struct codec_type GUNZIP, UNZLIB, INFLATE, UNLZ4, UNBROTLI;

#endif
