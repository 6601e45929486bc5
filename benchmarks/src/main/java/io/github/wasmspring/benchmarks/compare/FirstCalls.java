package io.github.wasmspring.benchmarks.compare;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What modules are asked for first, and what they must answer. */
final class FirstCalls {

  /** The plugins of dprint have it, and it says how long their description is. */
  static final String DPRINT_EXPORT = "get_plugin_info";

  private static final int LEAST_DESCRIPTION = 100;
  private static final int MOST_DESCRIPTION = 2_000;
  private static final byte[] SMALL = {1, 2, 3};

  static final List<Object> GZIP_ARGUMENTS = List.of(SMALL, 6);

  private FirstCalls() {}

  static byte[] small() {
    return SMALL.clone();
  }

  static void checkGzip(byte[] packed) {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      Work.check(SMALL, stream.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static void checkDprint(int length) {
    if (length < LEAST_DESCRIPTION || length > MOST_DESCRIPTION) {
      throw new IllegalStateException("a description of %d bytes".formatted(length));
    }
  }
}
