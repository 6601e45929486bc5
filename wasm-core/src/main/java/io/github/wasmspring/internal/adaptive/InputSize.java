package io.github.wasmspring.internal.adaptive;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How large the input of a call is, about, and to which of a few classes of sizes it belongs. */
final class InputSize {

  /** Nothing, below 64 bytes, and from there each class reaches to four times the one before. */
  static final int CLASSES = 13;

  private static final int SMALLEST_SHIFT = 6;

  /** What an element of a collection is taken for: looking at each would cost too much. */
  private static final long ELEMENT = 16;

  private InputSize() {}

  /** The class of a call's arguments, 0 to {@link #CLASSES} - 1. */
  static int classOf(@Nullable Object[] arguments) {
    long bytes = 0;
    for (Object argument : arguments) {
      bytes += bytes(argument);
    }
    return classOf(bytes);
  }

  static int classOf(long bytes) {
    if (bytes <= 0) {
      return 0;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(bytes);
    return bits <= SMALLEST_SHIFT ? 1 : Math.min(CLASSES - 1, (bits - SMALLEST_SHIFT - 1) / 2 + 2);
  }

  /** The smallest input of a class, in bytes. */
  static long from(int sizeClass) {
    return sizeClass < 2 ? sizeClass : 1L << (SMALLEST_SHIFT + 2 * (sizeClass - 2));
  }

  /** The largest input of a class, in bytes, {@code null} if there is no largest one. */
  static @Nullable Long to(int sizeClass) {
    return sizeClass == CLASSES - 1 ? null : Long.valueOf(from(sizeClass + 1) - 1);
  }

  private static long bytes(@Nullable Object argument) {
    if (argument == null || argument instanceof Number) {
      return 0;
    }
    if (argument instanceof String text) {
      return text.length();
    }
    if (argument instanceof byte[] array) {
      return array.length;
    }
    return argument.getClass().isArray() ? arrayBytes(argument) : otherBytes(argument);
  }

  private static long arrayBytes(Object array) {
    if (array instanceof int[] numbers) {
      return (long) numbers.length * Integer.BYTES;
    }
    if (array instanceof long[] numbers) {
      return (long) numbers.length * Long.BYTES;
    }
    if (array instanceof float[] numbers) {
      return (long) numbers.length * Float.BYTES;
    }
    if (array instanceof double[] numbers) {
      return (long) numbers.length * Double.BYTES;
    }
    if (array instanceof short[] numbers) {
      return (long) numbers.length * Short.BYTES;
    }
    if (array instanceof char[] characters) {
      return (long) characters.length * Character.BYTES;
    }
    if (array instanceof boolean[] flags) {
      return flags.length;
    }
    return ((Object[]) array).length * ELEMENT;
  }

  private static long otherBytes(Object argument) {
    if (argument instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    if (argument instanceof CharSequence text) {
      return text.length();
    }
    if (argument instanceof Collection<?> elements) {
      return elements.size() * ELEMENT;
    }
    return argument instanceof Map<?, ?> entries ? entries.size() * ELEMENT : 0;
  }
}
