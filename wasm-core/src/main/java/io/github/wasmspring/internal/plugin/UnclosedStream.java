package io.github.wasmspring.internal.plugin;

import java.io.FilterInputStream;
import java.io.InputStream;

/** A stream that is somebody else's to close. */
final class UnclosedStream extends FilterInputStream {

  UnclosedStream(InputStream stream) {
    super(stream);
  }

  @Override
  public void close() {
    // Whoever has opened it does.
  }
}
