package io.github.wasmspring.verification.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmEngineMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules that the engine jvm was once wrong about, as {@code verification/run fuzz-engine} left
 * them: beside the module are its calls, and the answers that Node gave.
 */
class KeptModulesTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/io/github/wasmspring/verification/engines");

  static Stream<Path> modules() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList().stream();
    }
  }

  private static List<String> beside(Path module, String kind) throws IOException {
    return Files.readAllLines(
        module.resolveSibling(module.getFileName().toString().replace("wasm", kind)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theEngineIsRightNow(Path module) throws IOException {
    isRight(new JavaRunner("jvm", WasmEngineMode.COMPILED), module);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theEngineIsRightWithRoomyMemories(Path module) throws IOException {
    isRight(RoomyRunner.fromBeginning(), module);
    isRight(RoomyRunner.inBetween(), module);
  }

  private static void isRight(ModuleRunner engine, Path module) throws IOException {
    List<PlannedCall> calls = beside(module, "calls").stream().map(PlannedCall::parse).toList();

    List<String> answers = engine.start(new GuestRun(Files.readAllBytes(module), calls)).get();

    assertThat(answers).isEqualTo(beside(module, "answers"));
  }
}
