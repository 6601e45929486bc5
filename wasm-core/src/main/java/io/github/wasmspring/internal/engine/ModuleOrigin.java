package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmValueType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts that a module may have been made for, told by what it imports of them. */
enum ModuleOrigin {
  OLD_WASI(
      "WASI as it was before 2020 (wasi_unstable)",
      "build it with a toolchain of today, for wasm32-wasip1 (wasi_snapshot_preview1)",
      module("wasi_unstable")),
  WASI_COMPONENT(
      "the component model (WASI preview 2 or later)",
      "build it as a core module, for wasm32-wasip1",
      module("wasi:.*|wit:.*|\\$root|\\[export\\].*|cm32p2.*")),
  OTHER_WASI(
      "a proposal of WASI beyond preview 1",
      "write these as host functions, or build it without",
      module("wasi_(ephemeral|experimental)_.*|wasi_nn|wasix_.*")),
  WASM_BINDGEN(
      "JavaScript by wasm-bindgen",
      "build the crate without wasm-bindgen (and without js-sys, web-sys and crates with a feature such as 'js' or 'wasm-bindgen'), its functions extern \"C\" with #[no_mangle], or for wasm32-wasip1",
      module("wbg|__wbindgen_.*|.*_bg\\.(m?js|cjs)").or(name("__wbg_.*|__wbindgen_.*"))),
  GO_JAVASCRIPT(
      "JavaScript by Go (GOOS=js)",
      "build it with GOOS=wasip1 GOARCH=wasm, or with TinyGo for -target=wasip1",
      module("go|gojs").or(name("syscall/js\\..*"))),
  EXTISM(
      "Extism, as a plug-in",
      "build it without Extism's PDK, with exported functions of its own, or run it with Extism's SDK for Java",
      module("extism:host/.*").or(name("extism_.*"))),
  PROXY_WASM(
      "a proxy such as Envoy, by Proxy-Wasm",
      "run it in such a proxy; its work can be built without the SDK, as exported functions",
      name("proxy_.*")),
  NODE_API(
      "Node.js by Node-API (emnapi, napi-rs)",
      "build its library for wasm32-wasip1, without the binding to Node.js",
      module("napi|emnapi").or(name("_?napi_.*|_?emnapi_.*"))),
  DYNAMIC_LIBRARY(
      "being linked into another module when it is loaded (a side module, -shared or -sSIDE_MODULE)",
      "link it statically",
      module("GOT\\.(mem|func)").or(name("__memory_base|__table_base"))),
  EMSCRIPTEN(
      "JavaScript by Emscripten",
      "build it with -sSTANDALONE_WASM and without Embind, EM_JS and EM_ASM, which leaves WASI only",
      name("_?emscripten_.*|__syscall_.*|invoke_[a-z]+|_embind_.*|_emval_.*|__cxa_throw|__cxa_begin_catch|_?abort_?js|___syscall.*|DYNAMICTOP_PTR")
          .or(ModuleOrigin::isMinified)),
  ASSEMBLYSCRIPT(
      "AssemblyScript's own host",
      "build it with --use abort= (and without trace and seed), or write these as host functions",
      ModuleOrigin::isAssemblyScript),
  TEAVM("JavaScript by TeaVM", "build it for TeaVM's target wasi", module("teavm.*")),
  KOTLIN("JavaScript by Kotlin/Wasm", "build it for Kotlin's target wasmWasi", module("js_code"));

  private static final WasmFunctionType ABORT =
      new WasmFunctionType(
          List.of(WasmValueType.I32, WasmValueType.I32, WasmValueType.I32, WasmValueType.I32),
          List.of());
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z$_]{1,2}");

  private final String title;
  private final String advice;
  private final Predicate<WasmImportedItem> sign;

  ModuleOrigin(String title, String advice, Predicate<WasmImportedItem> sign) {
    this.title = title;
    this.advice = advice;
    this.sign = sign;
  }

  /** {@code null} if the import says nothing about where the module was to run. */
  static @Nullable ModuleOrigin of(WasmImportedItem item) {
    return Arrays.stream(values())
        .filter(origin -> origin.sign.test(item))
        .findFirst()
        .orElse(null);
  }

  /** What to do about it, as a half sentence. */
  String remedy() {
    return "the module was made for %s; %s".formatted(this.title, this.advice);
  }

  private static Predicate<WasmImportedItem> module(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return item -> compiled.matcher(item.module()).matches();
  }

  private static Predicate<WasmImportedItem> name(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return item -> compiled.matcher(item.name()).matches();
  }

  /** What optimised builds of Emscripten call everything. */
  private static boolean isMinified(WasmImportedItem item) {
    return item.module().equals("a") && LETTERS.matcher(item.name()).matches();
  }

  private static boolean isAssemblyScript(WasmImportedItem item) {
    return item.module().equals("env")
        && switch (item.name()) {
          case "abort" -> ABORT.equals(item.type());
          case "seed" -> item.type() != null && item.type().toString().equals("() -> f64");
          case "trace" -> item.type() != null && item.type().params().size() == 7;
          default -> false;
        };
  }
}
