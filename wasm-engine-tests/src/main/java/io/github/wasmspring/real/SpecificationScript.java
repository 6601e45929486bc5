package io.github.wasmspring.real;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmNewImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs one script of the official test suite through an engine and counts failures by cause. */
final class SpecificationScript implements AutoCloseable {

  private static final Pattern PLACE = Pattern.compile(" \\(first in .*?\\)(?= and |$)");

  /** Depends on the JDK, and on what HotSpot has compiled by then. */
  static final String NAN_BITS = "other bits of a NaN";

  private static final String LINKED = "imports from another module, which the SPI can't link";
  private static final long F32_NAN = 0x7f800000L;
  private static final long F64_NAN = 0x7ff0000000000000L;

  private final WasmEngine engine;
  private final WasmEngineMode mode;
  private final Files files;
  private final Map<String, Module> named = new HashMap<>();
  private final Set<String> registered = new HashSet<>();
  private final List<WasmInstance> opened = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private Module last = new Module(null, null, "no module before it");
  private int passed;
  private int notApplicable;

  /** Gives the bytes of the modules of the script. */
  interface Files {
    byte[] bytes(String name) throws IOException;
  }

  /** An instance, or the cause why there is none. */
  private record Module(
      @Nullable WasmCode code, @Nullable WasmInstance instance, @Nullable String cause) {}

  /** What a command did not do, by cause. */
  private static final class Failed extends Exception {

    private static final long serialVersionUID = 1;

    Failed(String cause) {
      super(cause);
    }
  }

  SpecificationScript(WasmEngine engine, WasmEngineMode mode, Files files) {
    this.engine = engine;
    this.mode = mode;
    this.files = files;
  }

  int passed() {
    return this.passed;
  }

  int notApplicable() {
    return this.notApplicable;
  }

  Map<String, Integer> failures() {
    return this.failures;
  }

  @Override
  public void close() {
    this.opened.forEach(WasmInstance::close);
  }

  void run(JsonNode commands) throws IOException {
    for (JsonNode command : commands) {
      try {
        if (applies(command)) {
          run(command, command.get("type").asString());
          this.passed++;
        } else {
          this.notApplicable++;
          if (command.path("text").asString("").startsWith("module: ")) {
            this.last = new Module(null, null, "the suite could not convert the module");
          }
        }
      } catch (Failed failed) {
        this.failures.merge(failed.getMessage(), 1, Integer::sum);
      }
    }
  }

  private static boolean applies(JsonNode command) {
    return !command.get("type").asString().equals("skipped")
        && !(command.has("module_type") && command.get("module_type").asString().equals("text"));
  }

  private void run(JsonNode command, String type) throws IOException, Failed {
    switch (type) {
      case "module" -> keep(command, module(command));
      case "module_definition", "module_instance" -> {
        this.last = new Module(null, null, LINKED);
        if (command.has("instance")) {
          this.named.put(command.get("instance").asString(), this.last);
        }
        throw new Failed("instances of module definitions are not run by this test");
      }
      case "register" -> {
        this.registered.add(command.get("as").asString());
        throw new Failed("registers a module for others, which the SPI can't link");
      }
      case "action" -> perform(command.get("action"));
      case "assert_return" -> returns(command);
      case "assert_trap", "assert_exhaustion", "assert_exception" -> fails(command);
      case "assert_invalid", "assert_malformed" -> refuses(command, false);
      case "assert_unlinkable", "assert_uninstantiable" -> refuses(command, true);
      default -> throw new IllegalStateException("What is " + type + "?");
    }
  }

  private void keep(JsonNode command, Module module) throws Failed {
    this.last = module;
    if (command.has("name")) {
      this.named.put(command.get("name").asString(), module);
    }
    if (module.cause() != null) {
      throw new Failed(module.cause());
    }
  }

  private Module module(JsonNode command) throws IOException {
    WasmCode code = null;
    try {
      code = compile(command);
      if (code.imports().stream().anyMatch(item -> this.registered.contains(item.module()))) {
        return new Module(null, null, LINKED);
      }
      return new Module(code, instantiate(code), null);
    } catch (WasmException refused) {
      String features = missing(refused);
      return new Module(
          null,
          null,
          features != null
              ? features
              : code == null ? "a valid module is refused" : "a module is not instantiated");
    }
  }

  private WasmCode compile(JsonNode command) throws IOException {
    byte[] bytes = this.files.bytes(command.get("filename").asString());
    return this.engine.compile(new WasmBinary(bytes, "none", "specification"), this.mode);
  }

  private WasmInstance instantiate(WasmCode code) {
    WasmInstance instance =
        code.instantiate(
            spectest(),
            Limits.DEFAULTS.with(limits -> limits.memory(1L << 31)),
            MemoryCharge.NONE,
            false);
    this.opened.add(instance);
    return instance;
  }

  private static @Nullable String missing(WasmException refused) {
    String needs = refused.detail();
    if (needs.startsWith("the module needs ")) {
      needs = needs.substring("the module needs ".length(), needs.indexOf(", which "));
      return "needs " + PLACE.matcher(needs).replaceAll("");
    }
    return null;
  }

  private void refuses(JsonNode command, boolean linking) throws IOException, Failed {
    try {
      WasmCode code = compile(command);
      if (linking
          && code.imports().stream().anyMatch(item -> this.registered.contains(item.module()))) {
        throw new Failed(LINKED);
      }
      instantiate(code);
    } catch (WasmException refused) {
      String features = missing(refused);
      if (features != null) {
        throw new Failed(features);
      }
      return;
    }
    throw new Failed(command.get("type").asString() + ": nothing is refused");
  }

  private void fails(JsonNode command) throws Failed {
    try {
      perform(command.get("action"));
    } catch (WasmException expected) {
      return;
    }
    throw new Failed(command.get("type").asString() + ": nothing is thrown");
  }

  private void returns(JsonNode command) throws Failed {
    JsonNode expected = command.get("expected");
    long[] results;
    try {
      results = perform(command.get("action"));
    } catch (WasmException failure) {
      throw new Failed("an operation fails that has a result");
    }
    if ((results == null ? 0 : results.length) != expected.size()) {
      throw new Failed("another number of results");
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!matches(expected.get(i), results[i])) {
        throw new Failed(isNan(expected.get(i)) ? NAN_BITS : "another result");
      }
    }
  }

  private static boolean matches(JsonNode expected, long actual) throws Failed {
    String type = expected.get("type").asString();
    if (type.equals("either")) {
      for (JsonNode each : expected.get("values")) {
        if (matches(each, actual)) {
          return true;
        }
      }
      return false;
    }
    if (!isNumber(type)) {
      throw new Failed("references are not compared by this test");
    }
    String value = expected.get("value").asString();
    boolean wide = type.endsWith("64");
    if (value.startsWith("nan:")) {
      long nan = wide ? F64_NAN : F32_NAN;
      long quiet = wide ? 1L << 51 : 1L << 22;
      long fraction = actual & (wide ? (1L << 52) - 1 : (1L << 23) - 1);
      return (actual & nan) == nan
          && (value.equals("nan:canonical") ? fraction == quiet : (fraction & quiet) != 0);
    }
    long bits = Long.parseUnsignedLong(value);
    return wide ? bits == actual : (int) bits == (int) actual;
  }

  private static boolean isNan(JsonNode expected) {
    String value = expected.path("value").asString("");
    return switch (expected.get("type").asString()) {
      case "f32" ->
          value.startsWith("nan:")
              || Float.isNaN(Float.intBitsToFloat(Integer.parseUnsignedInt(value)));
      case "f64" ->
          value.startsWith("nan:")
              || Double.isNaN(Double.longBitsToDouble(Long.parseUnsignedLong(value)));
      default -> false;
    };
  }

  private static boolean isNumber(String type) {
    return Set.of("i32", "i64", "f32", "f64").contains(type);
  }

  private long[] perform(JsonNode action) throws Failed {
    Module target =
        action.has("module") ? this.named.get(action.get("module").asString()) : this.last;
    if (target.cause() != null) {
      throw new Failed(target.cause());
    }
    String field = action.get("field").asString();
    if (action.get("type").asString().equals("get")) {
      return new long[] {target.instance().global(field).get()};
    }
    WasmExportedFunction function = target.code().exports().get(field);
    if (function == null) {
      throw new Failed("an exported function is not found");
    }
    JsonNode given = action.get("args");
    long[] arguments = new long[given.size()];
    for (int i = 0; i < arguments.length; i++) {
      if (!isNumber(given.get(i).get("type").asString())) {
        throw new Failed("references are not passed by this test");
      }
      long bits = Long.parseUnsignedLong(given.get(i).get("value").asString());
      arguments[i] = given.get(i).get("type").asString().equals("i32") ? (int) bits : bits;
    }
    return target.instance().call(function.index(), arguments);
  }

  private static List<WasmProvidedImport> spectest() {
    return List.of(
        print("print"),
        print("print_i32", WasmValueType.I32),
        print("print_i64", WasmValueType.I64),
        print("print_f32", WasmValueType.F32),
        print("print_f64", WasmValueType.F64),
        print("print_i32_f32", WasmValueType.I32, WasmValueType.F32),
        print("print_f64_f64", WasmValueType.F64, WasmValueType.F64),
        WasmGlobalDefinition.constant("spectest", "global_i32", 666),
        WasmGlobalDefinition.constant("spectest", "global_i64", 666L),
        WasmGlobalDefinition.constant("spectest", "global_f32", 666.6f),
        WasmGlobalDefinition.constant("spectest", "global_f64", 666.6),
        new WasmNewImport("spectest", "memory", "memory"),
        new WasmNewImport("spectest", "table", "table"));
  }

  private static WasmImportDefinition print(String name, WasmValueType... parameters) {
    return new WasmImportDefinition(
        "spectest",
        name,
        new WasmFunctionType(List.of(parameters), List.of()),
        (caller, arguments) -> new long[0]);
  }
}
