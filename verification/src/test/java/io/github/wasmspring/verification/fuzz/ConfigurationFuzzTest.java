package io.github.wasmspring.verification.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Whatever stands in {@code application.properties}, the application starts or says which property
 * is wrong.
 */
class ConfigurationFuzzTest {

  private static final int MOST = 4;

  private static final List<String> SETTINGS =
      List.of(
          "engine",
          "execution-mode",
          "limits.memory",
          "limits.timeout",
          "limits.payload",
          "limits.output",
          "limits.table-elements",
          "limits.functions",
          "limits.compile-timeout",
          "pool.min",
          "pool.max",
          "pool.idle-time",
          "pool.borrow-timeout",
          "pool.recycle-after",
          "pool.reset",
          "fallback.enabled",
          "retry.max-attempts",
          "retry.delay",
          "wasi.enabled",
          "wasi.environment.NAME",
          "wasi.arguments",
          "wasi.directories[0].guest",
          "wasi.directories[0].host",
          "wasi.directories[0].mode",
          "wasi.stdout",
          "wasi.stderr",
          "wasi.log-limit",
          "wasi.write-limit",
          "wasi.total-write-limit",
          "wasi.clock-resolution",
          "wasi.random");

  private static final List<String> IDENTITY =
      List.of("location", "version", "digest", "description", "tags", "convention");

  private static final List<String> GLOBAL =
      List.of(
          "wasm.enabled",
          "wasm.execution.mode",
          "wasm.engine.mode",
          "wasm.loader.max-module-size",
          "wasm.loader.http-timeout",
          "wasm.cache.max-weight",
          "wasm.memory.budget",
          "wasm.providers.enabled",
          "wasm.events.enabled");

  @FuzzTest
  void anApplicationStartsOrSaysWhatIsWrong(FuzzedDataProvider data) {
    Map<String, Object> properties = new LinkedHashMap<>();
    int count = data.consumeInt(1, MOST);
    for (int i = 0; i < count; i++) {
      properties.put(name(data), data.consumeString(80));
    }
    try (FuzzedApplication application = new FuzzedApplication(properties)) {
      readAll(application.manager());
    } catch (RuntimeException failure) {
      if (!saysWhatIsWrong(failure)) {
        throw new AssertionError("not told in terms of properties: " + properties, failure);
      }
    }
  }

  private static String name(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 4)) {
      case 0 -> data.pickValue(GLOBAL);
      case 1 -> "wasm.defaults." + data.pickValue(SETTINGS);
      case 2 -> "wasm.modules.json." + data.pickValue(SETTINGS);
      case 3 -> "wasm.modules.mine." + data.pickValue(IDENTITY);
      default -> "wasm.modules[" + data.consumeString(20) + "].location";
    };
  }

  /** Nothing is loaded: where a location leads is none of the configuration's business. */
  private static void readAll(WasmModuleManager manager) {
    for (WasmModuleDescriptor module : manager.registry().list()) {
      manager.registry().describe(module.id());
      manager.status(module.id());
    }
  }

  private static boolean saysWhatIsWrong(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidConfigurationPropertyValueException
          || cause instanceof BindException
          || cause instanceof WasmException) {
        return true;
      }
    }
    return false;
  }
}
