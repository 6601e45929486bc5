package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.plugin.WasmPluginRevision;
import io.github.wasmspring.plugin.WasmPluginSettings;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.TestEngines;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Installs, updates, rolls back and removes plug-ins of a runtime until it is killed; started by
 * {@link PluginKillTest}.
 */
final class PluginRuntimeProcess {

  static final String ID = "prices";
  static final String GONE = "-";

  private PluginRuntimeProcess() {}

  /** {@code directory}, {@code seed}. */
  public static void main(String[] arguments) {
    Random random = new Random(Long.parseLong(arguments[1]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    WasmPluginSettings settings = WasmPluginSettings.in(Path.of(arguments[0])).history(3).build();
    try (WasmRuntime runtime = TestEngines.runtime().plugins(settings).build()) {
      out.println("open");
      for (; ; ) {
        step(runtime.plugins(), random, out);
      }
    }
  }

  private static void step(WasmPlugins plugins, Random random, PrintStream out) {
    Optional<WasmPluginStatus> now = plugins.find(ID);
    int number = random.nextInt(64);
    String version = "1.0." + number;
    WasmPluginRequest request =
        WasmPluginRequest.of(ID).version(version).bytes(NumberedGuest.bytes(number));
    if (now.isEmpty()) {
      out.println("begin " + version);
      plugins.install(request);
    } else if (random.nextInt(6) == 0) {
      out.println("begin " + GONE);
      plugins.remove(ID);
    } else if (random.nextInt(3) == 0) {
      List<WasmPluginRevision> history = plugins.history(ID);
      WasmPluginRevision other = history.get(random.nextInt(history.size()));
      out.println("begin " + other.version());
      plugins.rollBack(ID, other.number());
    } else {
      out.println("begin " + version);
      plugins.update(request);
    }
    out.println("done");
  }
}
