package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a guest ends: by its connection, or when nobody can reach that any more. Knows
 * nothing of the connection, or it could always be reached.
 */
final class GuestEnding implements Runnable {

  private static final Logger logger = LoggerFactory.getLogger(GuestEnding.class);

  private final GuestRuntime runtime;
  private final GuestRequests context;
  private final WasmSession session;
  private final int number;
  private volatile boolean expected;

  GuestEnding(GuestRuntime runtime, GuestRequests context, WasmSession session, int number) {
    this.runtime = runtime;
    this.context = context;
    this.session = session;
    this.number = number;
  }

  /** The connection has ended as it should. */
  void expect() {
    this.expected = true;
  }

  @Override
  public void run() {
    try {
      if (!this.expected) {
        logger.warn(
            "A connection to SQLite was never closed; what it did not commit is rolled back");
        this.session.call("close_database");
      }
    } catch (WasmException | IllegalStateException gone) {
      logger.debug("The guest of a connection that was never closed is gone", gone);
    } finally {
      this.context.leave();
      this.runtime.host().remove(this.number);
      this.session.close();
      this.runtime.left();
    }
  }
}
