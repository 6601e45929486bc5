package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSimdForm;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HotSpot makes registers of vectors: once it has compiled a loop of hundreds of rounds, no vector
 * is an object any more.
 */
class VectorAllocationTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CALLS = 100;

  /** For the array of the result, and what the measuring takes itself. */
  private static final long FEW_BYTES = 100;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({"dot, 0, 16384", "count, 0, 63"})
  void loopsMakeNoObjects(String export, int first, int second) {
    assumeThat(VectorUse.of(WasmSimdForm.ofProperty()).areObjects())
        .as("This JVM has no Vector API, so that vectors are no objects anyway")
        .isTrue();
    WasmCode code = Guests.open(io.github.wasmspring.testing.Guests.bytes("simd"));
    WasmInstance instance = Guests.start(code);
    int function = Objects.requireNonNull(code.exports().get(export)).index();
    long end = System.nanoTime() + PATIENCE.toNanos();
    long bytes = Long.MAX_VALUE;
    while (bytes > FEW_BYTES && System.nanoTime() < end) {
      long before = this.threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        instance.call(function, first, second, 16_384);
      }
      bytes = (this.threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }
    assertThat(bytes).as("Bytes for a call of %s", export).isLessThanOrEqualTo(FEW_BYTES);
  }
}
