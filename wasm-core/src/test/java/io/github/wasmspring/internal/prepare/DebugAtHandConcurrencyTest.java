package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.internal.debug.SourceLines;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever asks gets all of it, whoever has read them, and though the first reading fails. */
@Tag("interleavings")
public class DebugAtHandConcurrencyTest {

  private final AtomicInteger reads = new AtomicInteger();
  private final DebugAtHand debug = new DebugAtHand(this::read);

  private DebugAtHand.Data read() {
    if (this.reads.getAndIncrement() == 0) {
      throw new IllegalStateException("test");
    }
    Map<Integer, String> read = new HashMap<>();
    read.put(1, "one");
    read.put(2, "two");
    return new DebugAtHand.Data(read, SourceLines.NONE);
  }

  /**
   * @return whether what was answered was complete
   */
  @Operation
  public boolean ask() {
    try {
      return this.debug.names().size() == 2;
    } catch (IllegalStateException unread) {
      return true;
    }
  }

  /**
   * @return likewise
   */
  @Operation
  public boolean askForLines() {
    try {
      return this.debug.lines() == SourceLines.NONE;
    } catch (IllegalStateException unread) {
      return true;
    }
  }

  @Test
  void inEveryOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .iterations(2)
        .invocationsPerIteration(200)
        .check(DebugAtHandConcurrencyTest.class);
  }
}
