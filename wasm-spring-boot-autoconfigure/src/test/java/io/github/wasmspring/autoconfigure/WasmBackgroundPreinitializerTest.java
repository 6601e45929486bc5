package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class WasmBackgroundPreinitializerTest {

  @Test
  void isFoundByBoot() {
    assertThat(
            SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
        .hasAtLeastOneElementOfType(WasmBackgroundPreinitializer.class)
        .filteredOn(WasmBackgroundPreinitializer.class::isInstance)
        .allSatisfy(each -> assertThatNoException().isThrownBy(each::preinitialize));
  }
}
