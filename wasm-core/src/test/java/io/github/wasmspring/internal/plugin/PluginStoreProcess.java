package io.github.wasmspring.internal.plugin;

import static io.github.wasmspring.internal.plugin.StoredPlugins.NOW;
import static io.github.wasmspring.internal.plugin.StoredPlugins.bytes;
import static io.github.wasmspring.internal.plugin.StoredPlugins.plugin;
import static io.github.wasmspring.internal.plugin.StoredPlugins.revision;

import io.github.wasmspring.internal.plugin.PluginStore.HeldBlob;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Installs, updates, rolls back and removes plug-ins until it is killed; started by {@link
 * PluginStoreKillTest}, which is told before and after each step what there is to be.
 */
final class PluginStoreProcess {

  static final String[] IDS = {"one", "two", "three"};
  static final String GONE = "-";

  private PluginStoreProcess() {}

  /** {@code directory}, {@code seed}. */
  public static void main(String[] arguments) throws IOException {
    Random random = new Random(Long.parseLong(arguments[1]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (PluginStore store = PluginStore.open(Path.of(arguments[0]))) {
      out.println("open");
      for (; ; ) {
        step(store, random, IDS[random.nextInt(IDS.length)], out);
      }
    }
  }

  private static void step(PluginStore store, Random random, String id, PrintStream out)
      throws IOException {
    StoredPlugin now = store.find(id);
    long seed = random.nextLong();
    StoredPlugin next = next(now, random, id, seed);
    out.println("begin " + id + " " + shown(next));
    if (next == null) {
      store.delete(id);
    } else {
      HeldBlob held = store.hold(revision(1, seed).digest(), bytes(seed));
      store.save(next);
      held.close();
    }
    out.println("done " + id);
  }

  private static @Nullable StoredPlugin next(
      @Nullable StoredPlugin now, Random random, String id, long seed) {
    if (now == null) {
      return plugin(id, seed);
    }
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1, 2 ->
          now.previous() == null ? now.enabled(true) : now.goBack(now.previous(), NOW, "x");
      case 3 ->
          now.with(revision(now.last() + 1, seed).with(WasmPluginOutcome.REFUSED, "y")).atMost(3);
      default -> now.activate(revision(now.last() + 1, seed), NOW).atMost(3);
    };
  }

  static String shown(@Nullable StoredPlugin plugin) throws IOException {
    return plugin == null
        ? GONE
        : Base64.getEncoder().encodeToString(StoredPluginJson.write(plugin));
  }
}
