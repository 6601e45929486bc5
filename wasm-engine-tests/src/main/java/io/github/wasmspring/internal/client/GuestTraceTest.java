package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure says which functions of the guest it came through. */
class GuestTraceTest {

  private static final WasmHostFunction FAILING =
      (caller, arguments) -> {
        throw new IllegalStateException("no luck");
      };

  @TempDir private Path folder;

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void register(WasmModuleDescriptor.Builder module, WasmEngineMode mode) {
    this.runtime.with(
        module
            .imports(
                new WasmImportDefinition(
                    "env", "callback", new WasmFunctionType(List.of(), List.of()), FAILING))
            .settings(settings -> settings.engineMode(mode)));
  }

  private WasmExecutionException call(String operation, WasmErrorCategory category) {
    WasmException failure =
        failure(
            category,
            () ->
                this.runtime
                    .manager
                    .module("trace")
                    .operation(operation)
                    .timeout(Duration.ofMillis(300))
                    .arguments(operation.equals("recurse") ? new Object[] {1} : new Object[0])
                    .retrieve((Type) null));
    assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(2048);
    return (WasmExecutionException) failure;
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void functionsWithoutNamesHaveTheirExportOrTheirIndex(WasmEngineMode mode) {
    register(guest("trace"), mode);

    WasmExecutionException trap = call("outer", WasmErrorCategory.TRAP);

    assertThat(trap.guestStack()).containsExactly("func[1]", "func[2]", "outer");
    assertThat(trap).hasMessageContaining("(in func[1], called by func[2], called by outer)");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void functionsHaveTheNamesForDebugging(WasmEngineMode mode) throws IOException {
    register(named("inner\nmost", "middle", "the_outer"), mode);

    assertThat(call("outer", WasmErrorCategory.TRAP).guestStack())
        .containsExactly("inner_most", "middle", "the_outer");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void everyFailureInGuestCodeHasThem(WasmEngineMode mode) {
    register(guest("trace"), mode);

    assertThat(call("spin", WasmErrorCategory.TIMEOUT).guestStack())
        .containsExactly("func[5]", "spin");
    assertThat(call("host", WasmErrorCategory.HOST_FUNCTION).guestStack()).contains("host");
    assertThat(call("recurse", WasmErrorCategory.STACK_OVERFLOW).guestStack())
        .hasSize(64)
        .containsOnly("recurse");
  }

  @Test
  void aModuleFromElsewhereIsNotReadAgainForNames() throws IOException {
    String location = this.runtime.bytes.put("trace", withNames("a", "b", "c"));
    register(WasmModuleDescriptor.builder("trace").location(location), WasmEngineMode.COMPILED);

    assertThat(call("outer", WasmErrorCategory.TRAP).guestStack())
        .containsExactly("func[1]", "func[2]", "outer");
    assertThat(this.runtime.bytes.opened).hasValue(1);
  }

  private WasmModuleDescriptor.Builder named(String... names) throws IOException {
    Path file = this.folder.resolve("trace.wasm");
    Files.write(file, withNames(names));
    return WasmModuleDescriptor.builder("trace").location(file.toUri().toString());
  }

  /** The guest with a section that names its functions behind the imported one. */
  private static byte[] withNames(String... names) throws IOException {
    ByteArrayOutputStream functions = new ByteArrayOutputStream();
    functions.write(names.length);
    for (int i = 0; i < names.length; i++) {
      functions.write(i + 1);
      functions.write(names[i].length());
      functions.write(names[i].getBytes(StandardCharsets.US_ASCII));
    }
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    section.write(4);
    section.write("name".getBytes(StandardCharsets.US_ASCII));
    section.write(1);
    section.write(functions.size());
    functions.writeTo(section);
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.write(Guests.bytes("trace"));
    module.write(0);
    module.write(section.size());
    section.writeTo(module);
    return module.toByteArray();
  }
}
