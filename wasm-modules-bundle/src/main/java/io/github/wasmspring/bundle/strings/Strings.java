package io.github.wasmspring.bundle.strings;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmModule;
import java.util.function.Supplier;

/**
 * Hashes, compares and searches text. Positions count UTF-16 units, as {@link String#indexOf} does.
 * Text with half a surrogate pair is refused with a {@link WasmInvalidInputException}.
 */
@WasmModule("strings")
public interface Strings {

  /** The xxHash64 of the text in UTF-8, with seed 0; fast and not for security. */
  default long hash(String text) {
    return java(() -> JavaStrings.hash(text));
  }

  /**
   * Compares by Unicode code points, which is also the order of the bytes in UTF-8.
   *
   * @return -1, 0 or 1
   */
  default int compare(String text, String other) {
    return java(() -> JavaStrings.compare(text, other));
  }

  /**
   * @return where the needle occurs first, -1 if nowhere; an empty needle is found nowhere
   */
  default int search(String text, String needle) {
    return java(() -> JavaStrings.search(text, needle));
  }

  /**
   * @return where the needle occurs, from left to right and without overlap
   */
  default int[] searchAll(String text, String needle) {
    return java(() -> JavaStrings.searchAll(text, needle));
  }

  /**
   * @return how often the needle occurs, from left to right and without overlap
   */
  default int count(String text, String needle) {
    return java(() -> JavaStrings.count(text, needle));
  }

  private static <T> T java(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (IllegalArgumentException notText) {
      throw new WasmInvalidInputException(String.valueOf(notText.getMessage()), notText);
    }
  }
}
