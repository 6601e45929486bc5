#include <brotli/decode.h>
#include <brotli/encode.h>
#include <stdlib.h>

#include "codec.h"

#define WINDOW_GAP 16

static void *open_brotli(int level, size_t size) {
  BrotliEncoderState *codec = BrotliEncoderCreateInstance(NULL, NULL, NULL);
  if (codec == NULL) {
    return NULL;
  }
  uint32_t window = BROTLI_DEFAULT_WINDOW;
  if (size > 0) {
    /* No larger than the input needs: both sides take memory by it. */
    while (window > BROTLI_MIN_WINDOW_BITS && ((size_t)1 << (window - 1)) - WINDOW_GAP >= size) {
      window--;
    }
    BrotliEncoderSetParameter(codec, BROTLI_PARAM_SIZE_HINT, (uint32_t)size);
  }
  BrotliEncoderSetParameter(codec, BROTLI_PARAM_QUALITY, (uint32_t)level);
  BrotliEncoderSetParameter(codec, BROTLI_PARAM_LGWIN, window);
  return codec;
}

static enum codec_status step_brotli(void *state, struct codec_io *io) {
  BrotliEncoderState *codec = state;
  BrotliEncoderOperation operation =
      io->last ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS;
  if (!BrotliEncoderCompressStream(codec, operation, &io->in_len, &io->in, &io->out_len, &io->out,
                                   NULL)) {
    return CODEC_MEMORY;
  }
  return BrotliEncoderIsFinished(codec) ? CODEC_END : CODEC_MORE;
}

static void close_brotli(void *state) { BrotliEncoderDestroyInstance(state); }

static void *open_unbrotli(int level, size_t size) {
  (void)level, (void)size;
  return BrotliDecoderCreateInstance(NULL, NULL, NULL);
}

static bool out_of_memory(BrotliDecoderErrorCode code) {
  return code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
         code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
}

static enum codec_status step_unbrotli(void *state, struct codec_io *io) {
  BrotliDecoderState *codec = state;
  if (BrotliDecoderIsFinished(codec)) {
    return io->in_len > 0 ? CODEC_DATA : CODEC_END;
  }
  switch (
      BrotliDecoderDecompressStream(codec, &io->in_len, &io->in, &io->out_len, &io->out, NULL)) {
  case BROTLI_DECODER_RESULT_SUCCESS:
    return io->in_len > 0 ? CODEC_DATA : CODEC_END;
  case BROTLI_DECODER_RESULT_ERROR:
    return out_of_memory(BrotliDecoderGetErrorCode(codec)) ? CODEC_MEMORY : CODEC_DATA;
  default:
    return CODEC_MORE;
  }
}

static void close_unbrotli(void *state) { BrotliDecoderDestroyInstance(state); }

const struct codec_type BROTLI = {open_brotli, step_brotli, close_brotli, 11};
const struct codec_type UNBROTLI = {open_unbrotli, step_unbrotli, close_unbrotli, -1};
