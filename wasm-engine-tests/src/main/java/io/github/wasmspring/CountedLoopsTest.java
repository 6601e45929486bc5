package io.github.wasmspring;

import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * With the serial and the parallel collector, HotSpot lets nothing interrupt a loop that counts up
 * to a bound: not the watchdog either, as soon as a collection waits for the end of the loop. The
 * options that the documentation names for that help.
 */
@Timeout(120)
class CountedLoopsTest {

  private static final Duration TIMEOUT = Duration.ofMillis(100);

  /** In some seconds that the loop takes. */
  private static final Duration SOON = Duration.ofSeconds(1);

  @Test
  void collectionsDoNotWaitForTheEndOfALoop() throws Exception {
    assertThat(longestCollection("-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000"))
        .isLessThan(SOON);
  }

  private static Duration longestCollection(String... options)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-D" + TestEngines.CHOSEN + "=" + TestEngines.NAME,
            "-cp",
            System.getProperty("java.class.path"));
    builder.command().addAll(1, List.of(options));
    builder.command().add(Guest.class.getName());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String[] lines = output.strip().split("\\R");
      return Duration.ofMillis(Long.parseLong(lines[lines.length - 1]));
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * A program of its own: prints how many milliseconds the longest collection took beside a loop.
   */
  static final class Guest {

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String MIX = "20 01 41 05 6c 41 07 73 21 01 ";

    private static volatile boolean over;
    private static volatile Duration longest = Duration.ZERO;

    private Guest() {}

    /** {@code while (i < bound)}, each round of which needs the one before. */
    private static byte[] module() {
      return new ModuleMaker()
          .type("60 01 7f 01 7f")
          .function(
              0,
              "01 02 7f 02 40 03 40 20 02 20 00 4e 0d 01 "
                  + MIX.repeat(4)
                  + "20 02 41 01 6a 21 02 0c 00 0b 0b 20 01 0b")
          .export("f", FUNCTION, 0)
          .bytes();
    }

    public static void main(String[] arguments) throws InterruptedException {
      try (TestRuntime runtime = new TestRuntime()) {
        runtime.with(
            WasmModuleDescriptor.builder("counts").location(runtime.bytes.put("counts", module())));
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < WARM_UP.toNanos()) {
          call(runtime, 5_000, LONG).retrieve(int.class);
        }
        Thread collector = new Thread(Guest::collect);
        collector.start();

        try {
          call(runtime, Integer.MAX_VALUE, TIMEOUT).retrieve(int.class);
        } catch (WasmException late) {
          // Whether it comes to its end before anybody can stop it is the same here.
        } finally {
          over = true;
        }
        collector.join();

        System.out.println(longest.toMillis());
      }
    }

    private static OperationSpec call(TestRuntime runtime, int rounds, Duration timeout) {
      return runtime.manager.module("counts").operation("f").arguments(rounds).timeout(timeout);
    }

    private static void collect() {
      while (!over) {
        long begin = System.nanoTime();
        System.gc();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        longest = took.compareTo(longest) > 0 ? took : longest;
        LockSupport.parkNanos(BETWEEN_COLLECTIONS.toNanos());
      }
    }
  }
}
