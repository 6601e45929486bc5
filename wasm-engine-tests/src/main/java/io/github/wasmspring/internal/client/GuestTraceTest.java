package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure says which functions of the guest it came through. */
class GuestTraceTest {

  private static final boolean OFFSETS = TestEngines.tellsOffsets();

  private static final StackTraceElement[] OUTER = {
    element("trace", "func[1]", file("trace", "0x57")),
    element("trace", "func[2]", file("trace", "0x5b")),
    element("trace", "outer", file("trace", "0x60"))
  };

  private static StackTraceElement element(String module, String function, String place) {
    return new StackTraceElement("wasm." + module, function, place, -1);
  }

  /** What the guest calls. */
  private Consumer<WasmCaller> callback =
      caller -> {
        throw new IllegalStateException("no luck");
      };

  private long[] host(WasmCaller caller) {
    this.callback.accept(caller);
    return new long[0];
  }

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
                    "env",
                    "callback",
                    new WasmFunctionType(List.of(), List.of()),
                    (caller, arguments) -> host(caller)))
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
    assertThat(trap)
        .hasMessageContaining(
            "(in func[1]%s, called by func[2]%s, called by outer%s)",
            at("0x57"), at("0x5b"), at("0x60"));
  }

  /** What wasm-objdump lists, as far as the engine tells it. */
  private static String at(String offset) {
    return OFFSETS ? " at " + offset : "";
  }

  private static String file(String name, String offset) {
    return OFFSETS ? name + ".wasm:" + offset : name + ".wasm";
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void theStackTraceBeginsWithThem(WasmEngineMode mode) {
    register(guest("trace"), mode);

    WasmExecutionException trap = call("outer", WasmErrorCategory.TRAP);

    assertThat(trap.getStackTrace()).startsWith(OUTER);
    assertThat(trap.getStackTrace())
        .extracting(StackTraceElement::getClassName)
        .contains(GuestTraceTest.class.getName());
    assertThat(trap.getStackTrace()[0].toString())
        .isEqualTo("wasm.trace.func[1](" + file("trace", "0x57") + ")");
    assertThat(trap.getStackTrace())
        .extracting(StackTraceElement::getClassName)
        .as("how the engine came to tell of it")
        .noneMatch(name -> name.endsWith("Failures") && !name.contains("testing"));
    assertThat(text(trap)).doesNotContain("wasm.module.");
  }

  private static String text(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void methodsOfTheHostStandBetweenTheFunctionsThatCallEachOther() {
    this.callback = caller -> caller.call("outer");
    register(guest("trace"), WasmEngineMode.COMPILED);

    WasmExecutionException trap = call("host", WasmErrorCategory.TRAP);

    assertThat(trap.guestStack())
        .containsExactly("func[1]", "func[2]", "outer", "env.callback", "host");
    assertThat(trap.getStackTrace())
        .filteredOn(
            each ->
                each.getClassName().startsWith("wasm.")
                    || each.getClassName().equals(GuestTraceTest.class.getName()))
        .extracting(StackTraceElement::getMethodName)
        .filteredOn(method -> !method.startsWith("lambda$"))
        .containsExactly(
            "func[1]",
            "func[2]",
            "outer",
            "host",
            "env.callback",
            "host",
            "call",
            "methodsOfTheHostStandBetweenTheFunctionsThatCallEachOther");
  }

  @Test
  void whatFailedInTheHostHasTheFunctionsAtTheirPlacesToo() {
    register(guest("trace"), WasmEngineMode.COMPILED);

    WasmExecutionException failure = call("host", WasmErrorCategory.HOST_FUNCTION);

    assertThat(failure.getStackTrace())
        .startsWith(
            element("trace", "env.callback", "trace.wasm"),
            element("trace", "host", file("trace", "0x7c")));
    assertThat(failure).hasRootCauseMessage("no luck");
    assertThat(failure.getCause().getStackTrace())
        .contains(
            element("trace", "env.callback", "trace.wasm"),
            element("trace", "host", file("trace", "0x7c")));
  }

  @Test
  void recursionWithoutEndIsCutOff() {
    register(guest("trace"), WasmEngineMode.COMPILED);

    WasmExecutionException failure = call("recurse", WasmErrorCategory.STACK_OVERFLOW);

    assertThat(failure.getStackTrace())
        .filteredOn(each -> each.getClassName().equals("wasm.trace"))
        .hasSize(64);
    assertThat(failure.getStackTrace())
        .extracting(StackTraceElement::getClassName)
        .contains(GuestTraceTest.class.getName());
  }

  @Test
  void namesOfHostileModulesFillNoLog() throws IOException {
    String attack = "\u202e\n\r\u001b[2J".repeat(20_000);
    register(named(attack, attack, "x".repeat(60_000)), WasmEngineMode.COMPILED);

    WasmExecutionException trap = call("outer", WasmErrorCategory.TRAP);

    assertThat(trap.guestStack())
        .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(200));
    assertThat(trap.getStackTrace())
        .allSatisfy(
            each ->
                assertThat(each.toString())
                    .hasSizeLessThan(400)
                    .doesNotContain("\u202e", "\n", "\r", "\u001b"));
    assertThat(trap.getMessage()).doesNotContain("\u202e", "\n", "\r", "\u001b");
  }

  /** Two versions of DWARF, and the lines that LLVM says. */
  @ParameterizedTest
  @CsvSource({
    "dwarf4, peek,   8,  fetch,  lines.c, 18, peek",
    "dwarf5, peek,   8,  fetch,  lines.c, 18, peek",
    "dwarf4, divide, 6,  share,  lines.h, 23, divide",
    "dwarf5, divide, 6,  share,  lines.h, 23, divide",
    "dwarf5, refuse, 29, refuse, lines.c, ,",
    "dwarf5, choose, 29, refuse, lines.c, 39, choose",
    "dwarf5, climb, 138, climb,  lines.c, ,",
  })
  void modulesThatHaveLinesOfSourceSayThem(
      String module,
      String operation,
      int line,
      String function,
      String file,
      @Nullable Integer callerLine,
      @Nullable String caller) {
    assumeThat(OFFSETS).as("The engine tells where traps arise").isTrue();
    this.runtime.with(
        WasmModuleDescriptor.builder("lines").location("classpath:lines/" + module + ".wasm"));
    Object[] arguments =
        switch (operation) {
          case "peek" -> new Object[] {-4};
          case "refuse" -> new Object[] {11};
          case "divide" -> new Object[] {1, 0};
          case "choose" -> new Object[] {0, 11};
          default -> new Object[] {77, -4};
        };

    WasmException trap =
        failure(
            WasmErrorCategory.TRAP,
            () ->
                this.runtime
                    .manager
                    .module("lines")
                    .operation(operation)
                    .arguments(arguments)
                    .retrieve((Type) null));

    assertThat(trap.getStackTrace())
        .startsWith(new StackTraceElement("wasm.lines", function, file, line));
    String outer =
        caller == null ? "" : ", called by %s at lines.c:%d".formatted(caller, callerLine);
    assertThat(trap).hasMessageContaining("(in %s at %s:%d%s)", function, file, line, outer);
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
  private static byte[] withNames(String... names) {
    ByteWriter functions = new ByteWriter().unsigned(names.length);
    for (int i = 0; i < names.length; i++) {
      functions.unsigned(i + 1).name(names[i]);
    }
    ByteWriter section = new ByteWriter().name("name").octet(1).sized(functions);
    return new ByteWriter().bytes(Guests.bytes("trace")).octet(0).sized(section).toBytes();
  }
}
