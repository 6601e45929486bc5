package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.plugin.WasmPluginState;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.KilledProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever a process is killed that downloads, the next one loads the module, has the plug-in as it
 * was before or after, and finds nothing else that was left on the disk. {@code
 * -Dwasm.download.kills} says how often, {@code -Dwasm.download.seed} with which moments it begins.
 */
@Tag("once")
@Timeout(300)
class DownloadKillTest {

  private static final int KILLS = Integer.getInteger("wasm.download.kills", 8);

  /** Neighbours begin with the same numbers. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long SEED = Long.getLong("wasm.download.seed", System.nanoTime());

  private static final String GONE = "-";
  private static final String STEPS = "answer -?\\d+|begin|done";

  @TempDir private Path parent;

  private SlowModuleServer server;

  /** The version of the plug-in that is known to be stored. */
  private String known = GONE;

  /** The one that was being installed when the process died. */
  private String next = GONE;

  @BeforeEach
  void start() throws IOException {
    this.server = new SlowModuleServer();
    Files.createDirectories(directory());
    Files.createDirectory(this.parent.resolve("work"));
    Files.createDirectory(this.parent.resolve("temporary"));
  }

  @AfterEach
  void stop() {
    this.server.close();
  }

  private Path directory() {
    return this.parent.resolve("data");
  }

  @Test
  void theNextStartIsWhole() throws Exception {
    System.out.println("-Dwasm.download.seed=" + SEED);
    int meanwhile = 0;
    for (int i = 0; i < KILLS; i++) {
      meanwhile += killed(SEED + i, i % 64) ? 1 : 0;
      verify(SEED + i, i % 64);
    }
    System.out.println(meanwhile + " downloads were cut off");
    assertThat(meanwhile).isPositive();
  }

  /**
   * Kills a process when the server has sent so much, or a moment after it has all.
   *
   * @return whether it was still downloading
   */
  private boolean killed(long seed, int number) throws IOException, InterruptedException {
    Random random = new Random(seed * SPREAD);
    int pieces = 1 + random.nextInt(SlowModuleServer.PIECES * 5 / 2);
    boolean atTheEnd = pieces > SlowModuleServer.PIECES * 2;
    CountDownLatch sent = this.server.after(Math.min(pieces, SlowModuleServer.PIECES * 2));
    String kind = random.nextBoolean() ? "known" : "chunked";
    this.next = version(number);
    List<String> said;
    try (KilledProcess process =
        KilledProcess.start(
            DownloadProcess.class,
            this.parent.resolve("work"),
            List.of("-Djava.io.tmpdir=" + this.parent.resolve("temporary")),
            directory().toString(),
            this.server.location(kind, number),
            this.server.location(kind, number),
            version(number))) {
      assertThat(sent.await(60, TimeUnit.SECONDS)).as("seed %d", seed).isTrue();
      LockSupport.parkNanos(
          TimeUnit.MICROSECONDS.toNanos(random.nextInt(atTheEnd ? 100_000 : 2_000)));
      said = process.kill();
    }
    List<String> steps = said.stream().filter(line -> line.matches(STEPS)).toList();
    assertThat(steps)
        .as("%s, seed %d", said, seed)
        .isEqualTo(List.of("answer " + number, "begin", "done").subList(0, steps.size()));
    if (steps.contains("done")) {
      this.known = this.next;
    }
    return !steps.contains("done");
  }

  private static String version(int number) {
    return "1.0." + number;
  }

  private void verify(long seed, int number) throws IOException {
    try (WasmRuntime runtime = DownloadProcess.runtime(directory())) {
      runtime.register(DownloadProcess.module(this.server.location("known", number)));
      assertThat(DownloadProcess.answer(runtime, DownloadProcess.MODULE))
          .as("seed %d", seed)
          .isEqualTo(number);
      List<WasmPluginStatus> plugins = runtime.plugins().list();
      String found = plugins.isEmpty() ? GONE : plugins.get(0).version();
      assertThat(found).as("seed %d", seed).isIn(this.known, this.next);
      for (WasmPluginStatus plugin : plugins) {
        assertThat(plugin.state()).as("seed %d", seed).isEqualTo(WasmPluginState.ACTIVE);
        assertThat(version(DownloadProcess.answer(runtime, plugin.id())))
            .as("seed %d", seed)
            .isEqualTo(found);
      }
      this.known = found;
    }
    assertThat(files()).as("seed %d", seed).allMatch(DownloadKillTest::belongsThere);
  }

  private static boolean belongsThere(String file) {
    return file.matches(
        "data/code/[^/]+\\.code|data/plugins/(lock|blobs/[0-9a-f]{64}\\.wasm|plugins/rates\\.json)");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(this.parent)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> this.parent.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }
}
