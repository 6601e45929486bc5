package com.example.slugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmModuleManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** With {@code mode=wasm} no fallback hides what is wrong with the module. */
@SpringBootTest(properties = "wasm.execution.mode=wasm")
class SlugsTest {

  private static final Slugs JAVA = new Slugs() {};

  @Autowired private Slugs slugs;

  @Autowired private WasmModuleManager manager;

  @Test
  void nothingIsCompiledWhenTheApplicationRuns() {
    assertThat(this.manager.status("slugs").get(0).engine()).isEqualTo("jvm-build-time");
  }

  @Test
  void makesASlug() {
    assertThat(this.slugs.slug(" Hello,  Wasm & World! ", 80)).isEqualTo("hello-wasm-world");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "one two three", "Ünï-cödé", "0", "a--b", "🙂 smile 🙂"})
  void moduleAndFallbackAgree(String title) {
    for (int maxLength = 1; maxLength < 15; maxLength++) {
      assertThat(this.slugs.slug(title, maxLength)).isEqualTo(JAVA.slug(title, maxLength));
    }
  }

  @Test
  void refusesALengthThatIsNotPositive() {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(() -> this.slugs.slug("title", 0))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("slugs.length"));
  }
}
