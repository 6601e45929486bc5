package io.github.wasmspring.internal.code;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text as QuickJS has it: UTF-8, in which surrogates may be alone, as they may in Java and
 * JavaScript.
 */
final class GuestText {

  private GuestText() {}

  static byte[] encode(String text) {
    return hasLoneSurrogate(text) ? slowly(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!isPair(text, i)) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static boolean isPair(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }

  private static byte[] slowly(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        if (isPair(text, i)) {
          i++;
        } else {
          bytes.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
          bytes.write(0xe0 | unit >> 12);
          bytes.write(0x80 | unit >> 6 & 0x3f);
          bytes.write(0x80 | unit & 0x3f);
          from = i + 1;
        }
      }
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
