package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.internal.split.RandomModule;
import io.github.wasmspring.internal.split.Splits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitCommandTest {

  @Test
  void aFileIsSplitIntoAnother(@TempDir Path directory) throws IOException {
    byte[] module = new RandomModule(9, 900).bytes();
    Path source = Files.write(directory.resolve("big.wasm"), module);
    Path target = directory.resolve("made/split.wasm");
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    SplitCommand.split(source, target, new PrintStream(report, true, StandardCharsets.UTF_8));
    assertThat(Files.readAllBytes(target)).isEqualTo(Splits.of(module).bytes());
    assertThat(report.toString(StandardCharsets.UTF_8))
        .startsWith("big.wasm: main loop (function 3, ")
        .contains(" before splitting)");
  }

  @Test
  void anArgumentTooFewIsToldOf() {
    assertThatIllegalArgumentException().isThrownBy(() -> SplitCommand.main("one.wasm"));
  }
}
