package io.github.wasmspring.internal.prepare;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Whoever asks gets all the names, whoever has read them, and though the first reading fails. */
public class NamesAtHandConcurrencyTest {

  private final AtomicInteger reads = new AtomicInteger();
  private final NamesAtHand names = new NamesAtHand(this::read);

  private Map<Integer, String> read() {
    if (this.reads.getAndIncrement() == 0) {
      throw new IllegalStateException("test");
    }
    Map<Integer, String> read = new HashMap<>();
    read.put(1, "one");
    read.put(2, "two");
    return read;
  }

  /**
   * @return whether what was answered was complete
   */
  @Operation
  public boolean ask() {
    try {
      return this.names.get().size() == 2;
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
        .check(NamesAtHandConcurrencyTest.class);
  }
}
