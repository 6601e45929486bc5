// libjpeg's decoder on the picture of the comparison, whose file PICTURE names. Prints one JSON object a line.
//   jpeg              measures it
//   jpeg decode MS    in batches of that many milliseconds
#include "measure.h"
#include <jpeglib.h>

enum { PIXELS = 320 * 240, SIZE = 1 << 16 };

static unsigned char file[SIZE], rgb[3 * PIXELS];
static unsigned long length;

// A fault ends the program, as libjpeg does it by default.
static void decode(void) {
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  decoder.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&decoder);
  jpeg_mem_src(&decoder, file, length);
  jpeg_read_header(&decoder, TRUE);
  decoder.out_color_space = JCS_RGB;
  jpeg_start_decompress(&decoder);
  if (decoder.output_width * decoder.output_height != PIXELS) exit(1);
  while (decoder.output_scanline < decoder.output_height) {
    JSAMPROW row = rgb + 3 * decoder.output_width * decoder.output_scanline;
    jpeg_read_scanlines(&decoder, &row, 1);
  }
  jpeg_finish_decompress(&decoder);
  jpeg_destroy_decompress(&decoder);
}

static double sample_at(int i) { return rgb[i]; }

int main(int count, char **arguments) {
  FILE *picture = fopen(PICTURE, "rb");
  choose(count, arguments);
  numbers = "samples";
  if (!picture) return perror(PICTURE), 1;
  length = fread(file, 1, SIZE, picture);
  fclose(picture);
  measure("jpeg", "decode", decode, sizeof rgb, sample_at);
  return 0;
}
