package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;

/** What a slice has of modules by itself: nothing that loads, runs or costs anything. */
@WebMvcTest(BareSliceTest.None.class)
class BareSliceTest {

  @Autowired private ApplicationContext context;

  @Test
  void aSliceWithoutModulesStartsAndHasNoneOfThem() {
    assertThat(this.context.getBeanProvider(WasmModuleManager.class).getIfAvailable()).isNull();
    assertThat(this.context.getBeanProvider(Greeter.class).getIfAvailable()).isNull();
  }

  /** No controller. */
  static final class None {}
}
