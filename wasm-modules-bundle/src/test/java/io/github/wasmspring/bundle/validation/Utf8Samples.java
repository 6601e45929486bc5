package io.github.wasmspring.bundle.validation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Bytes that are UTF-8, nearly, or not at all. */
final class Utf8Samples {

  /** Where the rules change. */
  private static final int[] EDGES = {
    0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
    0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfb, 0xfc, 0xfd, 0xfe, 0xff
  };

  private Utf8Samples() {}

  static byte[] random(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a".repeat(random.nextInt(20)).getBytes(StandardCharsets.UTF_8));
    for (int i = random.nextInt(6); i > 0; i--) {
      bytes.writeBytes(character(random).getBytes(StandardCharsets.UTF_8));
    }
    if (random.nextInt(3) > 0) {
      bytes.write(EDGES[random.nextInt(EDGES.length)]);
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes.write(random.nextInt(4) > 0 ? 0x80 + random.nextInt(0x40) : random.nextInt(256));
      }
    }
    bytes.writeBytes(character(random).getBytes(StandardCharsets.UTF_8));
    byte[] data = bytes.toByteArray();
    return random.nextInt(4) > 0 ? data : Arrays.copyOf(data, random.nextInt(data.length));
  }

  private static String character(Random random) {
    int limit = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
    int point = random.nextInt(limit);
    return Character.toString(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
  }

  static String hex(byte[] data) {
    return HexFormat.ofDelimiter(" ").formatHex(data);
  }
}
