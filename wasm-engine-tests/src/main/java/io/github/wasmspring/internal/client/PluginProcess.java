package io.github.wasmspring.internal.client;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Different plug-ins, one after another, each of them used in every way that makes classes; started
 * by {@link PluginsTest} with little room for these.
 */
final class PluginProcess {

  /** Used by every plug-in. */
  interface Calculator {
    int add(int a, int b);
  }

  /** Numbers go the short way, text does not. */
  interface Echo {
    int idInt(int number);

    String echo(String text);
  }

  private PluginProcess() {}

  /** {@code directory}, {@code number of plug-ins}. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    CompiledCodeStore store = new CompiledCodeStore(directory.resolve("code"), 1L << 30);
    try (WasmRuntime runtime = TestEngines.runtime().codeStore(store).build()) {
      for (int i = 0; i < count; i++) {
        use(runtime.manager(), directory, i);
      }
      System.out.println(
          "%d plug-ins, %d files, %d classes"
              .formatted(
                  count,
                  store.status().entries(),
                  ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount()));
    }
  }

  private static void use(WasmModuleManager manager, Path directory, int number)
      throws IOException {
    WasmEngineMode mode = number % 8 == 0 ? WasmEngineMode.TIERED : WasmEngineMode.COMPILED;
    boolean scalar = number % 2 == 0;
    Path file = directory.resolve("plugin.wasm");
    Files.write(file, plugin(scalar ? "scalar" : "buffer", number));
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder("plugin-" + number)
            .location("file:" + file)
            .settings(settings -> settings.engineMode(mode))
            .build();
    manager.registry().register(module);
    if (scalar) {
      Calculator calculator = manager.bind(Calculator.class, module.id(), "*");
      for (int i = 0; i < 3; i++) {
        check(calculator.add(number, i) == number + i);
      }
    } else {
      Echo echo = manager.bind(Echo.class, module.id(), "*");
      check(echo.echo("text").equals("text") && echo.idInt(number) == number);
      check(echo.idInt(number) == number);
    }
    try (WasmSession session = manager.open(module.id())) {
      check(call(session, scalar) == 7);
    }
    if (number % 3 == 0) {
      Files.write(file, plugin(scalar ? "scalar" : "buffer", -number));
      manager.reload(module.id());
      try (WasmSession session = manager.open(module.id())) {
        check(call(session, scalar) == 7);
      }
    }
    manager.registry().unregister(module.id(), module.version());
  }

  private static long call(WasmSession session, boolean scalar) {
    return (scalar ? session.call("add", 3, 4) : session.call("id_int", 7))[0];
  }

  static byte[] plugin(String guest, int number) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Guests.bytes(guest));
    byte[] name = "plug-in %06d".formatted(number).getBytes(StandardCharsets.UTF_8);
    bytes.write(0);
    bytes.write(name.length + 1);
    bytes.write(name.length);
    bytes.write(name);
    return bytes.toByteArray();
  }

  private static void check(boolean right) {
    if (!right) {
      throw new AssertionError();
    }
  }
}
