package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** A slice has no modules: it gets doubles of those that its controllers need. */
@WebMvcTest(GreeterController.class)
class MockedModuleTest {

  @Autowired private MockMvcTester mvc;

  @MockitoBean private Greeter greeter;

  @Test
  void answersWhatTheModuleAnswers() {
    given(this.greeter.greet(eq("Ada"), eq(false), any())).willReturn(answer("Hi, Ada"));

    assertThat(this.mvc.get().uri("/api/greeter?name=Ada"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("greeting")
        .isEqualTo("Hi, Ada");
  }

  @Test
  void saysThatTheModuleIsBusy() {
    given(this.greeter.greet(any(), eq(true), any()))
        .willThrow(
            new WasmExecutionException(WasmErrorCategory.REJECTED, "all instances are busy", null));

    assertThat(this.mvc.get().uri("/api/greeter?name=Ada&fail=true")).hasStatus(503);
  }

  private static WasmResult<String> answer(String text) {
    return new WasmResult<>(
        text, WasmSource.WASM, "greeter", "1.0.0", "greet", "test", Duration.ZERO, null);
  }
}
