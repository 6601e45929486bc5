package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmInvalidInputException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As what the elements of a list cross where no interface says so. */
final class BatchElements {

  private BatchElements() {}

  /**
   * @throws WasmInvalidInputException if one is {@code null}, or some are numbers, text or bytes
   *     and others are something else
   */
  static Class<?> commonType(List<?> elements) {
    Class<?> common = null;
    for (int i = 0; i < elements.size(); i++) {
      Class<?> type = type(elements.get(i), i);
      if (common == null || common == type) {
        common = type;
      } else if (isPlain(common) || isPlain(type)) {
        throw new WasmInvalidInputException(
            "element %d is a %s, and the ones before are %s; without an interface all must be of one type"
                .formatted(i, type.getName(), common.getName()));
      } else {
        common = Object.class;
      }
    }
    return common == null ? Object.class : common;
  }

  private static Class<?> type(@Nullable Object element, int index) {
    if (element == null) {
      throw new WasmInvalidInputException(
          "element %d is null, and WebAssembly has no null".formatted(index));
    }
    if (element instanceof ByteBuffer) {
      return ByteBuffer.class;
    }
    return element instanceof CharSequence ? CharSequence.class : element.getClass();
  }

  /** Whether it does not cross as JSON. */
  private static boolean isPlain(Class<?> type) {
    return type.isArray()
        || type == ByteBuffer.class
        || type == CharSequence.class
        || type == Boolean.class
        || type == Character.class
        || Number.class.isAssignableFrom(type);
  }
}
