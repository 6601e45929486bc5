package io.github.wasmspring.real;

import static io.github.wasmspring.real.HostFunctions.call;
import static io.github.wasmspring.real.HostFunctions.ints;
import static io.github.wasmspring.real.HostFunctions.text;
import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy that the Open Policy Agent compiled; its memory is imported. */
class OpaPolicyTest {

  private static final String DATA = "{\"role\":{\"alice\":\"admin\",\"bob\":\"user\"}}";

  private final TestRuntime runtime = new TestRuntime();
  private WasmSession session;

  @BeforeEach
  void open() {
    this.runtime.with(
        WasmModuleDescriptor.builder("policy")
            .location("classpath:demo-policy.wasm")
            .imports(
                ints("opa_builtin0", 2, true, (caller, arguments) -> new long[1]),
                ints("opa_builtin1", 3, true, (caller, arguments) -> new long[1]),
                ints("opa_builtin2", 4, true, (caller, arguments) -> new long[1]),
                ints("opa_builtin3", 5, true, (caller, arguments) -> new long[1]),
                ints("opa_builtin4", 6, true, (caller, arguments) -> new long[1]),
                ints("opa_println", 1, false, (caller, arguments) -> new long[0]),
                ints(
                    "opa_abort",
                    1,
                    false,
                    (caller, arguments) -> {
                      throw new IllegalStateException(text(caller.memory(), (int) arguments[0]));
                    })));
    this.session = this.runtime.manager.open("policy");
  }

  @AfterEach
  void close() {
    this.session.close();
    this.runtime.close();
  }

  private int json(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    int address = call(this.session, "opa_malloc", bytes.length);
    this.session.memory().write(address, bytes);
    return call(this.session, "opa_json_parse", address, bytes.length);
  }

  private String decide(String input) {
    int data = json(DATA);
    int context = call(this.session, "opa_eval_ctx_new");
    this.session.call("opa_eval_ctx_set_input", context, json(input));
    this.session.call("opa_eval_ctx_set_data", context, data);
    this.session.call("opa_eval_ctx_set_entrypoint", context, 0);
    assertThat(call(this.session, "eval", context)).isZero();
    int result = call(this.session, "opa_eval_ctx_get_result", context);
    return text(this.session.memory(), call(this.session, "opa_json_dump", result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"user\":\"alice\"} | true",
        "{\"user\":\"bob\"} | false",
        "{\"user\":\"nobody\"} | false",
        "{} | false"
      })
  void decides(String input, boolean allowed) {
    assertThat(decide(input)).isEqualTo("[{\"result\":" + allowed + "}]");
  }

  @Test
  void decidesOverAndOverInOneSession() {
    for (int i = 0; i < 50; i++) {
      assertThat(decide("{\"user\":\"alice\"}")).contains("true");
      assertThat(decide("{\"user\":\"bob\"}")).contains("false");
    }
  }

  @Test
  void namesItsEntrypoints() {
    int entrypoints = call(this.session, "entrypoints");

    assertThat(text(this.session.memory(), call(this.session, "opa_json_dump", entrypoints)))
        .contains("opa/wasm/test/allowed");
  }

  @Test
  void refusesInputThatIsNoJson() {
    assertThat(json("{\"user\":")).isZero();
  }

  @Test
  void aReturnedInstanceStartsAnew() {
    int heap = call(this.session, "opa_heap_ptr_get");
    decide("{\"user\":\"alice\"}");
    this.session.close();

    this.session = this.runtime.manager.open("policy");

    assertThat(call(this.session, "opa_heap_ptr_get")).isEqualTo(heap);
    assertThat(this.runtime.manager.status("policy").get(0).pool().created()).isEqualTo(1);
    assertThat(decide("{\"user\":\"alice\"}")).contains("true");
  }

  @Test
  void withoutItsHostFunctionsItCannotBeLinked() {
    this.runtime.with(
        WasmModuleDescriptor.builder("unlinked").location("classpath:demo-policy.wasm"));

    assertThat(failure(WasmErrorCategory.LINK, () -> this.runtime.manager.open("unlinked")))
        .hasMessageContaining("env.opa_abort (i32) -> ()")
        .hasMessageContaining("env.opa_builtin4");
  }
}
