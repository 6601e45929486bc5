package io.github.wasmspring.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import io.github.wasmspring.testing.KilledProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever a process is killed that keeps compiled code, the next one answers right with what is
 * there or makes it anew, and nothing half written stays. {@code -Dwasm.code.kills} says how often
 * it is killed, {@code -Dwasm.code.seed} with which moments it begins.
 */
@Tag("once")
@Timeout(300)
class KeptCodeKillTest {

  private static final int KILLS = Integer.getInteger("wasm.code.kills", 6);

  /** Neighbours begin with the same numbers. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long SEED = Long.getLong("wasm.code.seed", System.nanoTime());

  private static final int LOOKS = 5;

  @TempDir private Path parent;

  @Test
  void theNextStartAnswersRight() throws Exception {
    System.out.println("-Dwasm.code.seed=" + SEED);
    long found = 0;
    long halfWritten = 0;
    for (int i = 0; i < KILLS; i++) {
      killed(SEED + i);
      halfWritten += halfWritten().size();
      found += verified(SEED + i);
    }
    System.out.println(halfWritten + " files were half written, " + found + " were found whole");
    assertThat(found).as("code that was found").isPositive();
  }

  private Path directory() {
    return this.parent.resolve("code");
  }

  /** Kills a process while others open the directory as well. */
  private void killed(long seed) throws IOException, InterruptedException {
    Random random = new Random(seed * SPREAD);
    List<String> said;
    try (KilledProcess process =
        KilledProcess.start(
            KeptCodeProcess.class,
            this.parent,
            List.of(),
            directory().toString(),
            Long.toString(seed))) {
      process.awaitLine("open");
      boolean early = random.nextInt(3) == 0;
      if (!early) {
        process.awaitLine(KeptCodeProcess.RIGHT);
      }
      long step = TimeUnit.MICROSECONDS.toNanos(random.nextInt(early ? 600_000 : 200_000)) / LOOKS;
      for (int look = 0; look < LOOKS; look++) {
        LockSupport.parkNanos(step);
        KeptCodeProcess.store(directory());
      }
      said = process.kill();
    }
    assertThat(said).as("seed %d", seed).noneMatch(line -> line.contains(KeptCodeProcess.WRONG));
  }

  /**
   * Starts anew.
   *
   * @return how many files it found
   */
  private long verified(long seed) throws IOException {
    CompiledCodeStore store = KeptCodeProcess.store(directory());
    assertThat(halfWritten()).as("seed %d", seed).isEmpty();
    for (int number = 0; number < KeptCodeProcess.MODULES; number++) {
      assertThat(KeptCodeProcess.answer(store, number))
          .as("module %d, seed %d", number, seed)
          .isEqualTo(KeptCodeProcess.expected(number));
    }
    assertThat(store.status())
        .as("seed %d", seed)
        .extracting(
            CompiledCodeStoreStatus::failures,
            CompiledCodeStoreStatus::problem,
            CompiledCodeStoreStatus::entries)
        .containsExactly(0L, null, (long) KeptCodeProcess.MODULES);
    return store.status().hits();
  }

  private List<Path> halfWritten() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }
}
