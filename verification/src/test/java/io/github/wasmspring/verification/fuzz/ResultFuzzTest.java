package io.github.wasmspring.verification.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

/**
 * Whatever a guest returns is an answer of the type that the caller wants, or a classified failure.
 */
class ResultFuzzTest {

  private static final Set<WasmErrorCategory> EXPECTED =
      EnumSet.of(
          WasmErrorCategory.TRAP, WasmErrorCategory.OPERATION, WasmErrorCategory.MEMORY_LIMIT);

  private static final List<Type> TYPES =
      List.of(
          String.class,
          byte[].class,
          short[].class,
          int[].class,
          long[].class,
          float[].class,
          double[].class,
          ByteBuffer.class,
          Map.class,
          List.class,
          Object.class,
          JsonNode.class,
          Number.class,
          BigDecimal.class,
          BigInteger.class,
          LocalDate.class,
          WasmErrorCategory.class,
          Shape.class,
          void.class);

  record Shape(String name, List<Shape> parts, double[] sizes, Map<String, Long> counts) {}

  private static FuzzedApplication application;

  @BeforeAll
  static void start() {
    application =
        new FuzzedApplication(
            Map.of(
                "wasm.modules.guest.location",
                "classpath:wasm/buffer.wasm",
                "wasm.modules.guest.quarantine.failures",
                "0",
                "wasm.modules.guest.limits.memory",
                "16MB",
                "wasm.modules.guest.limits.output",
                "1MB"));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @FuzzTest
  void aResultIsOfTheTypeOrAClassifiedFailure(FuzzedDataProvider data) {
    Type type = data.pickValue(TYPES);
    switch (data.consumeInt(0, 2)) {
      case 0 -> retrieve(operation("raw").arguments(data.consumeLong()), type);
      case 1 -> retrieve(operation("fail_with").arguments(data.consumeRemainingAsBytes()), type);
      default -> retrieve(operation("echo").arguments(data.consumeRemainingAsBytes()), type);
    }
  }

  private static OperationSpec operation(String name) {
    return application.manager().module("guest").operation(name);
  }

  private static void retrieve(OperationSpec call, Type type) {
    Expected.failures(EXPECTED, () -> call.retrieve(type));
  }
}
