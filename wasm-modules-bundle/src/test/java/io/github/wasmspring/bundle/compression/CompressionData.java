package io.github.wasmspring.bundle.compression;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Data that compresses well, badly and not at all. */
final class CompressionData {

  private static final List<String> WORDS =
      List.of(
          "the", "module", "answers", "bytes", "never", "more", "than", "the limit", "42", "\n");

  private CompressionData() {}

  static byte[] text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      if (random.nextInt(20) == 0) {
        text.append(random.nextInt());
      }
    }
    return text.substring(0, length).getBytes(UTF_8);
  }

  static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One of text, noise, runs, few symbols, and pieces of all of them. */
  static byte[] any(Random random, int length) {
    switch (random.nextInt(4)) {
      case 0:
        return text(random, length);
      case 1:
        return noise(random, length);
      case 2:
        byte[] few = noise(random, length);
        int mask = 1 << random.nextInt(5);
        for (int i = 0; i < length; i++) {
          few[i] &= (byte) (mask - 1);
        }
        return few;
      default:
        byte[] runs = new byte[length];
        for (int i = 0; i < length; i++) {
          runs[i] = random.nextInt(30) == 0 || i == 0 ? (byte) random.nextInt() : runs[i - 1];
        }
        return runs;
    }
  }
}
