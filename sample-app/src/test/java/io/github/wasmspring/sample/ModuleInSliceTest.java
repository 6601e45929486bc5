package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.test.AutoConfigureWasm;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** A slice with the real module. */
@WebMvcTest(
    controllers = GreeterController.class,
    properties = {"wasm.execution.mode=wasm", "wasm.modules.greeter.limits.timeout=30s"})
@AutoConfigureWasm
class ModuleInSliceTest {

  @Autowired private MockMvcTester mvc;

  @Test
  void theModuleGreets() {
    assertThat(this.mvc.get().uri("/api/greeter?name=Ada"))
        .hasStatusOk()
        .hasHeader("X-Wasm-Source", "WASM")
        .bodyJson()
        .extractingPath("greeting")
        .isEqualTo("Hello, Ada! Nice to meet you.");
  }
}
