package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.Inputs;
import java.util.Arrays;

/** What is called apart from the kernels, the same for every engine. */
public final class Work {

  /** The smallest guests, with two pages of memory. */
  public static final String CALLS = "calls";

  /** The same with room for two megabytes. */
  public static final String MEGABYTE = "megabyte";

  public static final String JSON = "json";

  /** What a new instance of {@code json} is asked for. */
  public static final String TINY_DOCUMENT = "[ 1 ]";

  public static final String TINY_ANSWER = "[1]";

  /** What callers ask for at the same time: a document of a kilobyte to be minified. */
  public static final String SMALL_DOCUMENT = Inputs.json(1_000);

  /** What {@link #SMALL_DOCUMENT} comes to: it has no white space. */
  public static final String SMALL_ANSWER = SMALL_DOCUMENT;

  private Work() {}

  public static String kilobyte() {
    return "A kilobyte of text, 64 characters a line, sixteen lines of it.. ".repeat(16);
  }

  public static byte[] megabyte() {
    return Inputs.bytes(1 << 20);
  }

  /** What is added next; the JIT sees through a loop that adds the same number each time. */
  public static int next(long previous) {
    return (int) previous >>> 1 | 1;
  }

  /** That an answer is what it must be. */
  public static void check(Object expected, Object actual) {
    boolean same =
        expected instanceof byte[] bytes
            ? actual instanceof byte[] others && Arrays.equals(bytes, others)
            : expected.equals(actual);
    if (!same) {
      throw new IllegalStateException(
          "the answer is %s instead of %s".formatted(shown(actual), shown(expected)));
    }
  }

  private static String shown(Object value) {
    return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
  }
}
