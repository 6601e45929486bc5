package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmSimdForm;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What vectors are in code: as the JVM was started, and as it is set. */
class VectorChoiceTest {

  private static final boolean IS_THERE =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private String before = "";

  @BeforeEach
  void remember() {
    this.before = System.getProperty(WasmSimdForm.PROPERTY, "");
  }

  @AfterEach
  void putBack() {
    if (this.before.isEmpty()) {
      System.clearProperty(WasmSimdForm.PROPERTY);
    } else {
      System.setProperty(WasmSimdForm.PROPERTY, this.before);
    }
  }

  @Test
  void theApiIsUsedWhereItIs() {
    assertThat(VectorUse.of(WasmSimdForm.AUTO).areObjects()).isEqualTo(IS_THERE);
    assertThat(VectorUse.of(WasmSimdForm.SCALAR).areObjects()).isFalse();
  }

  @Test
  void whoeverInsistsOnItHearsHowToGetIt() {
    if (IS_THERE) {
      try (WasmEngine engine = new JvmEngine(null, WasmSimdForm.VECTOR)) {
        assertThat(engine.name()).isEqualTo("jvm");
      }
      return;
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JvmEngine(null, WasmSimdForm.VECTOR))
        .withMessageContaining("--add-modules jdk.incubator.vector")
        .withMessageContaining("JDK_JAVA_OPTIONS")
        .withMessageContaining("wasm.engine.simd");
  }

  @Test
  void theSystemPropertySaysItWhereNobodyElseDoes() {
    System.setProperty(WasmSimdForm.PROPERTY, "Scalar");
    assertThat(WasmSimdForm.ofProperty()).isEqualTo(WasmSimdForm.SCALAR);
    System.setProperty(WasmSimdForm.PROPERTY, "fast");
    assertThatIllegalArgumentException()
        .isThrownBy(WasmSimdForm::ofProperty)
        .withMessageContaining("wasm.engine.simd is auto, vector or scalar, not 'fast'");
  }
}
