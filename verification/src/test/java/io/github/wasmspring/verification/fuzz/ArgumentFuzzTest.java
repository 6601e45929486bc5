package io.github.wasmspring.verification.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever a caller passes by name is brought into the types of the operation, or refused; bundled
 * modules answer it or say what is wrong with it.
 */
class ArgumentFuzzTest {

  private static final Set<WasmErrorCategory> EXPECTED =
      EnumSet.of(
          WasmErrorCategory.INVALID_INPUT,
          WasmErrorCategory.OPERATION,
          WasmErrorCategory.MEMORY_LIMIT,
          WasmErrorCategory.TIMEOUT,
          WasmErrorCategory.NOT_FOUND,
          WasmErrorCategory.SIGNATURE);

  /** One that gives back what it is given, which is no answer of every type. */
  private static final String ECHO = "guest";

  private static final Set<WasmErrorCategory> EXPECTED_OF_ECHO = EnumSet.copyOf(EXPECTED);

  static {
    EXPECTED_OF_ECHO.add(WasmErrorCategory.TRAP);
  }

  private static final int MOST = 6;

  private record Operation(String module, String name, List<String> options) {

    Set<WasmErrorCategory> expected() {
      return this.module.equals(ECHO) ? EXPECTED_OF_ECHO : EXPECTED;
    }

    static Operation of(String module, String name, String... options) {
      return new Operation(module, name, List.of(options));
    }
  }

  private static final List<Operation> OPERATIONS =
      List.of(
          Operation.of("json", "format", "json", "indent", "sortKeys"),
          Operation.of("json", "minify", "json"),
          Operation.of("json", "validate", "json"),
          Operation.of("json", "parse", "json"),
          Operation.of("json", "query", "json", "pointer"),
          Operation.of("validation", "email", "text", "international"),
          Operation.of("validation", "uri", "text"),
          Operation.of("validation", "url", "text", "schemes"),
          Operation.of("validation", "duration", "text"),
          Operation.of("validation", "validateSchema", "schema", "document"),
          Operation.of("validation", "validateSchemaWith", "schema", "others", "document"),
          Operation.of("compute", "matmulF32", "a", "b", "m", "k", "n"),
          Operation.of("compute", "fft", "signal"),
          Operation.of("compute", "inverseRealFft", "spectrum", "length"),
          Operation.of("compute", "cosine", "query", "rows"),
          Operation.of("compression", "gunzip", "data", "maxSize"),
          Operation.of("compression", "brotliDecompress", "data", "maxSize"),
          Operation.of("compression", "lz4Decompress", "data", "maxSize"),
          Operation.of("hash", "murmur128", "data", "seed"),
          Operation.of(ECHO, "echo"),
          Operation.of(ECHO, "concat"),
          Operation.of(ECHO, "id_int"),
          Operation.of(ECHO, "id_float"));

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static FuzzedApplication application;

  @BeforeAll
  static void start() {
    application =
        new FuzzedApplication(
            Map.of(
                "wasm.execution.mode",
                "wasm",
                "wasm.modules.guest.quarantine.failures",
                "0",
                "wasm.defaults.limits.timeout",
                "2s",
                "wasm.defaults.limits.memory",
                "64MB",
                "wasm.modules.guest.location",
                "classpath:wasm/buffer.wasm"));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @FuzzTest
  void argumentsFitOrAreRefused(FuzzedDataProvider data) {
    Operation operation = data.pickValue(OPERATIONS);
    WasmModuleManager manager = application.manager();
    if (data.consumeBoolean()) {
      List<Object> arguments = new ArrayList<>();
      int count = data.consumeInt(0, MOST);
      for (int i = 0; i < count; i++) {
        arguments.add(value(data));
      }
      Expected.failures(
          operation.expected(),
          () ->
              manager
                  .module(operation.module())
                  .operation(operation.name())
                  .arguments(arguments.toArray())
                  .retrieve(Object.class));
      return;
    }
    Object input = value(data);
    Map<String, Object> options = new LinkedHashMap<>();
    for (String option : operation.options()) {
      if (data.consumeBoolean()) {
        options.put(option, value(data));
      }
    }
    Expected.failures(
        operation.expected(),
        () -> manager.execute(operation.module(), operation.name(), input, options));
  }

  private static Object value(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 8)) {
      case 0 -> null;
      case 1 -> data.consumeString(200);
      case 2 -> data.consumeBytes(200);
      case 3 -> data.consumeInt();
      case 4 -> data.consumeLong();
      case 5 -> data.consumeDouble();
      case 6 -> data.consumeBoolean();
      default -> json(data.consumeString(200));
    };
  }

  /** As it comes from an HTTP request. */
  private static Object json(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JacksonException unreadable) {
      return text;
    }
  }
}
