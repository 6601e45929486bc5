package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmMemory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text, as UTF-8 in both directions. What is not text is refused, never replaced silently. */
final class Utf8Codec extends BytesCodec {

  private static final char REPLACEMENT = '\uFFFD';

  @Override
  public Object prepare(Object value, long most) {
    String text = value.toString();
    // UTF-8 never has fewer bytes than a text has characters.
    if (text.length() > most) {
      throw new PayloadTooLarge(text.length());
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // The JDK encodes half a surrogate pair as '?': only a text with one can have lost something.
    if (new String(bytes, StandardCharsets.ISO_8859_1).indexOf('?') >= 0) {
      refuseUnpairedSurrogates(text);
    }
    return bytes;
  }

  private static void refuseUnpairedSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char current = text.charAt(i);
      if (Character.isHighSurrogate(current)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(current)) {
        throw new WasmInvalidInputException(
            "the text has half a surrogate pair (U+%04X) at index %d, which UTF-8 can't carry"
                .formatted((int) current, i));
      }
    }
  }

  @Override
  public Object read(WasmMemory memory, int address, int length, AnswerRoom room) {
    String text = memory.readString(address, length);
    if (text.indexOf(REPLACEMENT) >= 0) {
      refuseBrokenUtf8(memory.window(address, length));
    }
    return text;
  }

  private static void refuseBrokenUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException broken) {
      throw new WasmExecutionException(
          WasmErrorCategory.TRAP, "the module answered with text that is not UTF-8", broken);
    }
  }
}
