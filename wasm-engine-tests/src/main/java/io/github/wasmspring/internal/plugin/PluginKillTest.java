package io.github.wasmspring.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.plugin.WasmPluginState;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.TestEngines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever a process is killed that installs, updates and rolls back, the next one runs a revision
 * that was whole. {@code -Dwasm.plugins.runtime-kills} says how often, {@code -Dwasm.plugins.seed}
 * with which moments it begins.
 */
@Tag("once")
@Timeout(300)
class PluginKillTest {

  private static final int KILLS = Integer.getInteger("wasm.plugins.runtime-kills", 6);

  /** Neighbours begin with the same numbers. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long SEED = Long.getLong("wasm.plugins.seed", System.nanoTime());

  @TempDir private Path parent;

  /** The version that is known to be stored. */
  private String known = PluginRuntimeProcess.GONE;

  /** How many steps have been done in all. */
  private int done;

  /** The one that was to be next. */
  private String next = PluginRuntimeProcess.GONE;

  @Test
  void theNextStartRunsWhatWasWhole() throws Exception {
    System.out.println("-Dwasm.plugins.seed=" + SEED);
    for (int i = 0; i < KILLS; i++) {
      killedWithin(SEED + i, i % 2 == 0);
      verify(SEED + i);
    }
    assertThat(this.done).isGreaterThanOrEqualTo((KILLS + 1) / 2);
  }

  private Path directory() {
    return this.parent.resolve("plugins");
  }

  /**
   * Runs a process that is killed, and reads what it did.
   *
   * @param later whether it has done a step before
   */
  private void killedWithin(long seed, boolean later) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D" + TestEngines.CHOSEN + "=" + TestEngines.NAME,
                "-cp",
                System.getProperty("java.class.path"),
                PluginRuntimeProcess.class.getName(),
                directory().toString(),
                Long.toString(seed))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = told.readLine();
      StringBuilder all = new StringBuilder();
      while (line != null && !line.equals("open")) {
        all.append(line).append('\n');
        line = told.readLine();
      }
      assertThat(line).as("%s, seed %d", all, seed).isEqualTo("open");
      int before = this.done;
      while (later && this.done == before) {
        line = told.readLine();
        assertThat(line).as("seed %d", seed).isNotNull();
        heard(line);
      }
      LockSupport.parkNanos(
          TimeUnit.MICROSECONDS.toNanos(new Random(seed * SPREAD).nextInt(700_000)));
      // Not that of the process, which closes what is still to be read.
      process.toHandle().destroyForcibly();
      for (line = told.readLine(); line != null; line = told.readLine()) {
        heard(line);
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private void heard(String line) {
    if (line.equals("done")) {
      this.known = this.next;
      this.done++;
    } else if (line.matches("begin (-|1\\.0\\.\\d+)")) {
      this.next = line.substring(6);
    }
  }

  private void verify(long seed) {
    try (WasmRuntime runtime = TestEngines.runtime().plugins(directory()).build()) {
      List<WasmPluginStatus> plugins = runtime.plugins().list();
      assertThat(plugins).as("seed %d", seed).hasSizeLessThan(2);
      String found = PluginRuntimeProcess.GONE;
      for (WasmPluginStatus plugin : plugins) {
        assertThat(plugin.state())
            .as("%s, seed %d", plugin, seed)
            .isEqualTo(WasmPluginState.ACTIVE);
        found = plugin.version();
        Number answer = runtime.manager().<Number>execute(plugin.id(), "answer", null).value();
        assertThat(found).as("seed %d", seed).isEqualTo("1.0." + answer);
      }
      assertThat(found).as("seed %d", seed).isIn(this.known, this.next);
      this.known = found;
      this.next = found;
    }
  }
}
