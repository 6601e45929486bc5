package io.github.wasmspring.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmDigest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever a process is killed, the next one finds of each plug-in what was before the step that it
 * was about, or what is after it, with all its bytes. {@code -Dwasm.plugins.kills} says how often
 * it is killed, {@code -Dwasm.plugins.seed} with which moments it begins.
 */
@Tag("once")
@Timeout(300)
class PluginStoreKillTest {

  private static final int KILLS = Integer.getInteger("wasm.plugins.kills", 24);

  /** Neighbours begin with the same numbers. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long SEED = Long.getLong("wasm.plugins.seed", System.nanoTime());

  @TempDir private Path parent;

  /** What is known to be stored, by ids, as the processes have told. */
  private final Map<String, String> known = new HashMap<>();

  /** The plug-in that the last step was about, {@code null} if it was done. */
  private @Nullable String underWay;

  /** What there was to be after that. */
  private @Nullable String next;

  @Test
  void theNextStartIsWhole() throws Exception {
    System.out.println("-Dwasm.plugins.seed=" + SEED);
    int steps = 0;
    for (int i = 0; i < KILLS; i++) {
      long seed = SEED + i;
      steps += killedWithin(seed);
      verify(seed);
    }
    assertThat(steps).as("steps in all").isGreaterThan(KILLS);
  }

  private Path directory() {
    return this.parent.resolve("plugins");
  }

  /** Runs a process that is killed at a moment that the seed says, and reads what it did. */
  private int killedWithin(long seed) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                PluginStoreProcess.class.getName(),
                directory().toString(),
                Long.toString(seed))
            .redirectErrorStream(true)
            .start();
    int steps = 0;
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String first = told.readLine();
      assertThat(first).as("seed %d", seed).isEqualTo("open");
      Random random = new Random(seed * SPREAD);
      boolean early = random.nextBoolean();
      // A process that has just started is slow, and one that has done a step is not.
      for (String line = ""; !early && line != null && steps == 0; ) {
        line = told.readLine();
        steps += read(line);
      }
      LockSupport.parkNanos(
          TimeUnit.MICROSECONDS.toNanos(random.nextInt(early ? 500_000 : 100_000)));
      // Not that of the process, which closes what is still to be read.
      process.toHandle().destroyForcibly();
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        steps += read(line);
      }
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return steps;
  }

  /**
   * Reads what a process tells.
   *
   * @return how many steps it has done with that
   */
  private int read(@Nullable String line) {
    String[] words = line == null ? new String[0] : line.split(" ");
    if (words.length == 3 && words[0].equals("begin")) {
      this.underWay = words[1];
      this.next = words[2];
    } else if (words.length == 2 && words[0].equals("done") && words[1].equals(this.underWay)) {
      this.known.put(words[1], this.next);
      this.underWay = null;
      return 1;
    }
    return 0;
  }

  private void verify(long seed) throws IOException {
    try (PluginStore store = PluginStore.open(directory())) {
      assertThat(store.damaged()).as("seed %d", seed).isEmpty();
      Set<String> digests = new HashSet<>();
      for (String id : PluginStoreProcess.IDS) {
        StoredPlugin plugin = store.find(id);
        String found = PluginStoreProcess.shown(plugin);
        String before = this.known.getOrDefault(id, PluginStoreProcess.GONE);
        if (id.equals(this.underWay)) {
          assertThat(found).as("%s, seed %d", id, seed).isIn(before, this.next);
          this.known.put(id, found);
        } else {
          assertThat(found).as("%s, seed %d", id, seed).isEqualTo(before);
        }
        if (plugin != null) {
          for (StoredRevision revision : plugin.revisions()) {
            if (revision.kept()) {
              digests.add(revision.digest());
              assertThat(WasmDigest.of(store.read(revision.digest(), revision.size())))
                  .as("%s, seed %d", id, seed)
                  .isEqualTo(revision.digest());
            }
          }
        }
      }
      assertThat(files("blobs"))
          .as("seed %d", seed)
          .isEqualTo(
              digests.stream()
                  .map(digest -> digest.substring(7) + ".wasm")
                  .collect(Collectors.toSet()));
      assertThat(files("plugins")).as("seed %d", seed).allMatch(name -> name.endsWith(".json"));
    }
    this.underWay = null;
  }

  private Set<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(directory().resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
