package com.example.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The first call of a cold JVM starts Go's runtime, which takes a while on a busy machine. */
@SpringBootTest(properties = "wasm.defaults.limits.timeout=60s")
class WordsTest {

  @Autowired private Words words;

  @Autowired private WasmModuleManager manager;

  @Test
  void countsWordsOfAnyLanguage() {
    assertThat(this.words.count("Der Hund und der Mond, Ärger & ÄRGER"))
        .isEqualTo(Map.of("der", 2, "hund", 1, "mond", 1, "und", 1, "ärger", 2));
  }

  @Test
  void saysWhatIsWrongWithTheInput() {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(() -> this.words.count("1 + 2"))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("words.none"));
  }

  @Test
  void takesTextOfAnyLength() {
    assertThat(this.words.count("again ".repeat(20_000))).containsEntry("again", 20_000);
  }

  @Test
  void nothingIsCompiledWhenTheApplicationRuns() {
    assertThat(this.manager.status("words").get(0).engine()).isEqualTo("jvm-build-time");
  }
}
