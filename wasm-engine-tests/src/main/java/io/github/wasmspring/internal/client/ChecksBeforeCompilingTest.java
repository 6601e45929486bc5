package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.GLOBAL;
import static io.github.wasmspring.testing.ModuleMaker.MEMORY;
import static io.github.wasmspring.testing.ModuleMaker.TABLE;
import static io.github.wasmspring.testing.ModuleMaker.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.binary.FeatureProbe;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What no instance can be made of is refused before anything is parsed or compiled. */
@Timeout(60)
class ChecksBeforeCompilingTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private static ModuleMaker module() {
    return new ModuleMaker().type("60 01 7f 00");
  }

  private WasmException refused(WasmErrorCategory category, ModuleMaker module) {
    return refused(category, module, builder -> builder);
  }

  private WasmException refused(
      WasmErrorCategory category,
      ModuleMaker module,
      UnaryOperator<WasmModuleDescriptor.Builder> change) {
    String location = this.runtime.bytes.put("made", module.bytes());
    this.runtime.with(change.apply(WasmModuleDescriptor.builder("made").location(location)));
    WasmException failure = failure(category, () -> this.runtime.manager.open("made"));
    assertThat(this.runtime.engine.compilations).hasValue(0);
    return failure;
  }

  private WasmModuleDescriptor.Builder given(WasmModuleDescriptor.Builder module, String name) {
    return module.imports(
        new WasmImportDefinition(
            "env",
            name,
            new WasmFunctionType(List.of(WasmValueType.I64), List.of()),
            (caller, arguments) -> arguments));
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aMissingImport(WasmEngineMode mode) {
    assertThat(
            refused(
                WasmErrorCategory.LINK,
                module().imports("env", "log", "00 00"),
                builder -> builder.settings(settings -> settings.engineMode(mode))))
        .hasMessageContaining("imports env.log (i32) -> (), which nothing provides");
  }

  @Test
  void aHostFunctionOfAnotherTypeIsNotMissing() {
    WasmException failure =
        refused(
            WasmErrorCategory.LINK,
            module().imports("env", "log", "00 00"),
            builder -> given(builder, "log"));

    assertThat(failure)
        .hasMessageContaining(
            "imports env.log (i32) -> (), but what it has been given under that name is env.log (i64) -> (): change one of the two")
        .hasMessageNotContaining("nothing provides");
    assertThat(((WasmLinkException) failure).missing()).isEmpty();
    assertThat(((WasmLinkException) failure).unmet())
        .singleElement()
        .satisfies(
            unmet -> {
              assertThat(unmet.item().describe()).isEqualTo("env.log (i32) -> ()");
              assertThat(unmet.given()).isEqualTo("env.log (i64) -> ()");
            });
  }

  @Test
  void moreMemoryThanItMayHave() {
    assertThat(refused(WasmErrorCategory.MEMORY_LIMIT, module().memory("00 ff ff 03")))
        .hasMessageContaining("starts with 4294901760 bytes of memory")
        .hasMessageContaining("limits.memory");
  }

  @Test
  void moreMemoryThanCanBeCounted() {
    assertThat(
            refused(
                WasmErrorCategory.MEMORY_LIMIT,
                module().memory("04 ff ff ff ff ff ff ff ff ff 01")))
        .hasMessageContaining("more bytes than can be counted");
  }

  @Test
  void moreTableElementsThanItMayHave() {
    assertThat(refused(WasmErrorCategory.MEMORY_LIMIT, module().table("70 00 ff ff ff ff 0f")))
        .hasMessageContaining("starts with 4294967295 table elements")
        .hasMessageContaining("limits.table-elements");
  }

  @Test
  void moreTableElementsThanTheEngineHas() {
    assertThat(
            refused(
                WasmErrorCategory.MEMORY_LIMIT,
                module().table("70 00 ff ff ff ff 0f"),
                builder ->
                    builder.settings(
                        settings -> settings.limits(limits -> limits.tableElements(1L << 33)))))
        .hasMessageContaining("a table of 4294967295 elements")
        .hasMessageContaining("the engine %s has at most".formatted(TestEngines.create().name()));
  }

  @Test
  void anExportOfTheNameOfAnother() {
    assertThat(
            refused(
                WasmErrorCategory.INVALID,
                module()
                    .function(0, "00 0b")
                    .memory("00 01")
                    .export("a", FUNCTION, 0)
                    .export("a", MEMORY, 0)))
        .hasMessageContaining("exports 'a' twice");
  }

  @ParameterizedTest
  @CsvSource({FUNCTION + ",2", TABLE + ",1", MEMORY + ",1", GLOBAL + ",1", TAG + ",1"})
  void anExportOfWhatIsNotThere(int kind, int index) {
    ModuleMaker module =
        module()
            .imports("env", "memory", "02 00 01")
            .function(0, "00 0b")
            .function(0, "00 0b")
            .table("70 00 01")
            .global("7f 00 41 00 0b")
            .tag(0);

    assertThat(refused(WasmErrorCategory.INVALID, module.export("none", kind, index)))
        .hasMessageContaining(" %d as 'none', and has only %d of these".formatted(index, index));
  }

  @Test
  void aMemoryOfAnUncustomaryNameMayBeATypo() {
    assertThat(refused(WasmErrorCategory.LINK, module().imports("env", "memroy", "02 00 01")))
        .hasMessageContaining("imports env.memroy (memory), which it has not been given")
        .hasMessageContaining("did you mean env.memory?")
        .hasMessageContaining("if wasm.modules.made.imports names it");
  }

  @Test
  void aGlobalIsMissing() {
    assertThat(refused(WasmErrorCategory.LINK, module().imports("app", "level", "03 7f 01")))
        .hasMessageContaining("imports app.level (global mut i32), which nothing provides");
  }

  @Test
  void aKindIsNotTheOther() {
    assertThat(
            refused(
                WasmErrorCategory.LINK,
                module().imports("env", "log", "02 00 01"),
                builder -> given(builder, "log")))
        .hasMessageContaining(
            "imports env.log (memory), but what it has been given under that name is env.log (i64) -> ()");
  }

  @ParameterizedTest
  @CsvSource({
    "wbg, __wbg_log_1d3ae0273d8f4f8a, wasm-bindgen, without wasm-bindgen",
    "./index_bg.js, __wbg_set, wasm-bindgen, wasm32-wasip1",
    "__wbindgen_placeholder__, __wbindgen_throw, wasm-bindgen, no_mangle",
    "env, emscripten_resize_heap, Emscripten, -sSTANDALONE_WASM",
    "env, invoke_vii, Emscripten, -sSTANDALONE_WASM",
    "a, b, Emscripten, -sSTANDALONE_WASM",
    "gojs, runtime.wasmExit, GOOS=js, GOOS=wasip1",
    "go, runtime.wasmWrite, GOOS=js, GOOS=wasip1",
    "extism:host/env, input_length, Extism, Extism's SDK for Java",
    "env, proxy_log, Proxy-Wasm, in such a proxy",
    "wasi_unstable, fd_write, wasi_unstable, wasi_snapshot_preview1",
    "env, napi_create_function, Node-API, without the binding",
    "GOT.mem, errno, side module, link it statically",
    "wasi:cli/stdout@0.2.0, get-stdout, component model, wasm32-wasip1",
    "wasi_ephemeral_nn, load, beyond preview 1, host functions",
    "js_code, kotlin.captureStackTrace, Kotlin, wasmWasi",
  })
  void saysWhatTheModuleWasMadeFor(String module, String name, String host, String advice) {
    WasmException failure =
        refused(WasmErrorCategory.LINK, module().imports(module, name, "00 00"));

    assertThat(failure)
        .hasMessageContaining("the module was made for ")
        .hasMessageContaining(host)
        .hasMessageContaining(advice)
        .hasMessageNotContaining("nothing provides");
  }

  @Test
  void theAbortOfAssemblyScriptIsToldByItsType() {
    assertThat(
            refused(
                WasmErrorCategory.LINK,
                new ModuleMaker().type("60 04 7f 7f 7f 7f 00").imports("env", "abort", "00 00")))
        .hasMessageContaining("AssemblyScript")
        .hasMessageContaining("--use abort=");
  }

  @Test
  void whatWasiDoesNotHaveIsSaid() {
    assertThat(
            refused(
                WasmErrorCategory.LINK,
                module().imports("wasi_snapshot_preview1", "sock_open", "00 00"),
                builder -> builder.settings(settings -> settings.wasi(wasi -> wasi.enabled(true)))))
        .hasMessageContaining("WASI preview 1 has no such function");
  }

  @Test
  void aHundredMissingImportsMakeNoLongMessage() {
    ModuleMaker module = module();
    for (int i = 0; i < 100; i++) {
      module.imports("wbg", "__wbg_function_with_a_long_name_" + i, "00 00");
    }

    WasmException failure = refused(WasmErrorCategory.LINK, module);

    assertThat(failure).hasMessageContaining("and 92 more");
    assertThat(failure.getMessage()).hasSizeLessThan(2048);
    assertThat(((WasmLinkException) failure).missing()).hasSize(100);
  }

  @Test
  void whoeverMendsTheImportsHearsOfTheFeaturesToo() {
    byte[] probe = FeatureProbe.STACK_SWITCHING.bytes();
    byte[] imported = HexImports.before(probe);
    String location = this.runtime.bytes.put("made", imported);
    this.runtime.with(WasmModuleDescriptor.builder("made").location(location));

    assertThat(failure(WasmErrorCategory.LINK, () -> this.runtime.manager.open("made")))
        .hasMessageContaining("env.log () -> i32, which nothing provides")
        .hasMessageContaining("; besides, the module needs stack switching");
  }

  /** Puts an import into a module that has none. */
  private static final class HexImports {

    private static final int HEADER = 8;

    private HexImports() {}

    static byte[] before(byte[] module) {
      byte[] section = {2, 11, 1, 3, 'e', 'n', 'v', 3, 'l', 'o', 'g', 0, 0};
      int types = HEADER + 2 + module[HEADER + 1];
      byte[] joined = new byte[module.length + section.length];
      System.arraycopy(module, 0, joined, 0, types);
      System.arraycopy(section, 0, joined, types, section.length);
      System.arraycopy(module, types, joined, types + section.length, module.length - types);
      return joined;
    }
  }
}
