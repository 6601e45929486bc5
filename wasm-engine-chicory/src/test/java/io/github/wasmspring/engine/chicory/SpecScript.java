package io.github.wasmspring.engine.chicory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.wasmspring.engine.MemoryCharge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a script of the WebAssembly test suite, as {@code wast2json} writes it, on one of our
 * memories.
 */
final class SpecScript {

  /** What a module could not have when the suite was written. */
  private static final String VALID_BY_NOW = "multiple memories";

  private static final long F32_NAN = 0x7f800000L;
  private static final long F64_NAN = 0x7ff0000000000000L;

  private final Path folder;
  private final MemoryCode code;
  private final Map<String, Instance> named = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable Instance last;
  private int assertions;

  private SpecScript(Path folder, MemoryCode code) {
    this.folder = folder;
    this.code = code;
  }

  /**
   * @param assertions how many were checked
   * @param failures those that did not hold
   */
  record Outcome(int assertions, List<String> failures) {}

  static Outcome run(Path json, MemoryCode code) throws IOException {
    SpecScript script = new SpecScript(json.resolveSibling("."), code);
    for (JsonNode command :
        JsonMapper.shared().readTree(Files.readString(json, UTF_8)).get("commands")) {
      script.run(command);
    }
    return new Outcome(script.assertions, List.copyOf(script.failures));
  }

  private void run(JsonNode command) throws IOException {
    String type = command.get("type").asString();
    switch (type) {
      case "module" -> {
        this.last = instantiate(command);
        if (command.has("name")) {
          this.named.put(command.get("name").asString(), this.last);
        }
      }
      case "action" -> perform(command.get("action"));
      case "assert_return" -> check(command, returned(command));
      case "assert_trap", "assert_exhaustion" ->
          check(command, refused(() -> perform(command.get("action"))));
      case "assert_invalid", "assert_malformed", "assert_unlinkable", "assert_uninstantiable" -> {
        if (command.get("module_type").asString().equals("binary")
            && !command.get("text").asString().equals(VALID_BY_NOW)) {
          check(command, refused(() -> instantiate(command)));
        }
      }
      default -> throw new IllegalStateException("What is " + type + "?");
    }
  }

  private void check(JsonNode command, @Nullable String failure) {
    this.assertions++;
    if (failure != null) {
      this.failures.add("line %s: %s".formatted(command.get("line"), failure));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private static @Nullable String refused(Step step) throws IOException {
    try {
      step.run();
      return "nothing was thrown";
    } catch (ChicoryException | StackOverflowError expected) {
      return null;
    }
  }

  private @Nullable String returned(JsonNode command) {
    long[] results = perform(command.get("action"));
    JsonNode expected = command.get("expected");
    for (int i = 0; i < expected.size(); i++) {
      if (!matches(expected.get(i), results[i])) {
        return "%s instead of %s".formatted(Long.toHexString(results[i]), expected.get(i));
      }
    }
    return null;
  }

  private static boolean matches(JsonNode expected, long actual) {
    String value = expected.get("value").asString();
    boolean wide = expected.get("type").asString().endsWith("64");
    if (value.startsWith("nan:")) {
      long nan = wide ? F64_NAN : F32_NAN;
      return (actual & nan) == nan && (actual & ~nan) != 0;
    }
    long bits = Long.parseUnsignedLong(value);
    return wide ? bits == actual : (int) bits == (int) actual;
  }

  private long[] perform(JsonNode action) {
    Instance target =
        action.has("module") ? this.named.get(action.get("module").asString()) : this.last;
    String field = action.get("field").asString();
    if (action.get("type").asString().equals("get")) {
      return new long[] {target.exports().global(field).getValue()};
    }
    JsonNode given = action.get("args");
    long[] arguments = new long[given.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = Long.parseUnsignedLong(given.get(i).get("value").asString());
    }
    return target.export(field).apply(arguments);
  }

  private Instance instantiate(JsonNode command) throws IOException {
    byte[] bytes = Files.readAllBytes(this.folder.resolve(command.get("filename").asString()));
    WasmModule module = Parser.parse(bytes);
    return Instance.builder(module)
        .withMachineFactory(this.code.machines(module))
        .withMemoryFactory(this.code::newMemory)
        .withUnsafeExecutionListener(new InterpreterGuard())
        .withImportValues(spectest())
        .build();
  }

  /** The module that the scripts import from; its memory is not declared as shared. */
  private ImportValues spectest() {
    ImportValues.Builder values = ImportValues.builder();
    values.addFunction(print("print"));
    values.addFunction(print("print_i32", ValType.I32));
    values.addFunction(print("print_i32_f32", ValType.I32, ValType.F32));
    values.addFunction(print("print_f64_f64", ValType.F64, ValType.F64));
    values.addFunction(print("print_f32", ValType.F32));
    values.addFunction(print("print_f64", ValType.F64));
    for (String name : List.of("global", "global_i32")) {
      values.addGlobal(new ImportGlobal("spectest", name, new GlobalInstance(Value.i32(666))));
    }
    values.addMemory(
        new ImportMemory(
            "spectest", "memory", new ContiguousMemory(new MemoryLimits(1, 2), MemoryCharge.NONE)));
    values.addTable(
        new ImportTable(
            "spectest",
            "table",
            new TableInstance(new Table(ValType.FuncRef, new TableLimits(10, 20)), -1)));
    return values.build();
  }

  private static HostFunction print(String name, ValType... parameters) {
    return new HostFunction(
        "spectest",
        name,
        FunctionType.of(List.of(parameters), List.of()),
        (instance, arguments) -> null);
  }
}
