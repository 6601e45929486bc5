/* zlib's streams under codec_io. */
#ifndef ZLIB_CODEC_H
#define ZLIB_CODEC_H

#include <zlib.h>

#include "codec.h"

/* bits: of the window, negative for deflate without a wrapper; false without memory */
bool zlib_begin_deflate(z_stream *stream, int level, int bits);
bool zlib_begin_inflate(z_stream *stream, int bits);

enum codec_status zlib_deflate(z_stream *stream, struct codec_io *io);
enum codec_status zlib_inflate(z_stream *stream, struct codec_io *io);

#endif
