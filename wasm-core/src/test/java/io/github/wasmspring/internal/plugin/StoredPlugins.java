package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** Plug-ins for tests of what is stored of them. */
final class StoredPlugins {

  static final Instant NOW = Instant.parse("2026-11-30T02:00:00.123Z");

  private StoredPlugins() {}

  static byte[] bytes(long seed) {
    byte[] bytes = new byte[500 + (int) Math.floorMod(seed, 20_000L)];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Of the bytes of that seed. */
  static StoredRevision revision(int number, long seed) {
    byte[] bytes = bytes(seed);
    return new StoredRevision(
        number,
        "1.0." + number,
        WasmDigest.of(bytes),
        bytes.length,
        "upload",
        "release",
        "untrusted comment: x\n",
        "Prices things",
        Map.of("mathlib", "^1.2"),
        NOW,
        "ada",
        WasmPluginOutcome.ACTIVE,
        null);
  }

  static StoredPlugin plugin(String id, long seed) {
    return StoredPlugin.first(id, revision(1, seed), NOW);
  }
}
