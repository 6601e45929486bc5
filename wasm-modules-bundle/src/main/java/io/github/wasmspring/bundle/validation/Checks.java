package io.github.wasmspring.bundle.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.wasmspring.WasmInvalidInputException;
import java.util.function.Consumer;

/** Runs a check on the bytes that the module would see, and answers as the module does. */
final class Checks {

  private Checks() {}

  /**
   * @throws WasmInvalidInputException if the text holds half of a surrogate pair
   */
  static Verdict ofText(String text, Consumer<byte[]> check) {
    byte[] bytes = encode(text);
    try {
      check.accept(bytes);
      return Verdict.ofValid();
    } catch (Fault fault) {
      return Verdict.of(fault.reason(), new String(bytes, 0, fault.at(), UTF_8).length());
    }
  }

  static Verdict ofBytes(byte[] bytes, Consumer<byte[]> check) {
    try {
      check.accept(bytes);
      return Verdict.ofValid();
    } catch (Fault fault) {
      return Verdict.of(fault.reason(), fault.at());
    }
  }

  static byte[] encode(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (Character.charCount(text.codePointAt(at)) == 1) {
          throw new WasmInvalidInputException(
              "half of a surrogate pair at index " + at + " has no UTF-8 form");
        }
        at++;
      }
    }
    return text.getBytes(UTF_8);
  }
}
