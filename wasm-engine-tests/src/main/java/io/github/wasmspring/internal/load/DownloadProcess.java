package io.github.wasmspring.internal.load;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.plugin.WasmPluginRequest;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.TestEngines;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Loads a module and installs a plug-in from a slow server, and waits to be killed; started by
 * {@link DownloadKillTest}.
 */
final class DownloadProcess {

  static final String MODULE = "prices";
  static final String PLUGIN = "rates";

  private DownloadProcess() {}

  /** {@code directory}, where the module is, where the plug-in is, {@code version}. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (WasmRuntime runtime = runtime(Path.of(arguments[0]))) {
      runtime.register(module(arguments[1]));
      out.println("answer " + answer(runtime, MODULE));
      out.println("begin");
      try (InputStream download = URI.create(arguments[2]).toURL().openStream()) {
        WasmPluginRequest request =
            WasmPluginRequest.of(PLUGIN).version(arguments[3]).stream(download);
        if (runtime.plugins().find(PLUGIN).isEmpty()) {
          runtime.plugins().install(request);
        } else {
          runtime.plugins().update(request);
        }
      }
      out.println("done");
      System.in.read();
    }
  }

  static WasmRuntime runtime(Path directory) {
    return TestEngines.runtime()
        .codeStore(new CompiledCodeStore(directory.resolve("code"), 64 << 20))
        .plugins(directory.resolve("plugins"))
        .build();
  }

  static WasmModuleDescriptor module(String location) {
    return WasmModuleDescriptor.builder(MODULE).location(location).build();
  }

  static int answer(WasmRuntime runtime, String module) {
    return runtime.manager().<Number>execute(module, "answer", null).value().intValue();
  }
}
