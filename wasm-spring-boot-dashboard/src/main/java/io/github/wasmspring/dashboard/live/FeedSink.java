package io.github.wasmspring.dashboard.live;

import java.io.IOException;

/** The connection to somebody who looks. */
public interface FeedSink {

  /**
   * Writes and waits until the other side, or what lies between, has taken it.
   *
   * @throws IOException if the other side is gone
   */
  void write(byte[] bytes) throws IOException;

  /** Whether who opened it may look still. */
  boolean isAllowed();

  /** No more is written. */
  void close();
}
