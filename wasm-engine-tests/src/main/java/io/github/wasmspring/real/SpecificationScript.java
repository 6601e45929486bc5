package io.github.wasmspring.real;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.testing.ModuleMaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs one script of the official test suite through an engine and counts failures by cause. */
final class SpecificationScript implements AutoCloseable {

  private static final Pattern PLACE = Pattern.compile(" \\(first in .*?\\)(?= and |$)");

  /** Depends on the JDK, and on what HotSpot has compiled by then. */
  static final String NAN_BITS = "other bits of a NaN";

  private static final String AS_DECLARED =
      "imports the table of the host, which the engine makes as the module says";

  private final WasmEngine engine;
  private final WasmEngineMode mode;
  private final Files files;
  private final Map<String, Module> named = new HashMap<>();
  private final Map<String, WasmBinary> definitions = new HashMap<>();
  private final SpecificationLinks links = new SpecificationLinks();
  private final SpecificationValues values;
  private final List<WasmInstance> opened = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private Module last = Module.missing("no module before it");
  private int passed;
  private int notApplicable;
  private boolean missesLinks;

  /** Gives the bytes of the modules of the script. */
  interface Files {
    byte[] bytes(String name) throws IOException;
  }

  /** An instance, or the cause why there is none. */
  private record Module(
      @Nullable WasmCode code, @Nullable WasmInstance instance, @Nullable String cause) {

    static Module missing(String cause) {
      return new Module(null, null, cause);
    }
  }

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
    this.values = new SpecificationValues(nullReference());
    SpecificationHost.MODULES.forEach(this::openHost);
  }

  private void openHost(byte[] module) {
    WasmBinary binary = new WasmBinary(module, "none", "host");
    if (this.engine.features(this.mode).containsAll(binary.facts().features().all())) {
      this.links.addHost(instantiate(compile(binary), List.of()));
    }
  }

  /** The number that the engine has for a reference to nothing. */
  private long nullReference() {
    byte[] module =
        new ModuleMaker()
            .type("60 00 02 6f 70")
            .function(0, "00 d0 6f d0 70 0b")
            .export("nulls", ModuleMaker.FUNCTION, 0)
            .bytes();
    long[] nulls = instantiate(compile(new WasmBinary(module, "none", "null")), List.of()).call(0);
    if (nulls[0] != nulls[1]) {
      throw new IllegalStateException("Null is %d and %d".formatted(nulls[0], nulls[1]));
    }
    return nulls[0];
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
            this.last = Module.missing("the suite could not convert the module");
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
      case "module" -> keep(command, "name", module(binary(command)));
      case "module_definition" -> define(command);
      case "module_instance" ->
          keep(command, "instance", module(this.definitions.get(name(command, "module"))));
      case "register" -> {
        Module module = target(command, "name");
        this.links.register(name(command, "as"), module.instance(), module.cause());
        if (module.cause() != null) {
          throw new Failed(module.cause());
        }
      }
      case "action" -> perform(command.get("action"));
      case "assert_return" -> returns(command);
      case "assert_trap", "assert_exhaustion", "assert_exception" -> fails(command);
      case "assert_invalid", "assert_malformed" -> refuses(command, false);
      case "assert_unlinkable", "assert_uninstantiable" -> refuses(command, true);
      default -> throw new IllegalStateException("What is " + type + "?");
    }
  }

  private static String name(JsonNode command, String field) {
    return command.path(field).asString("");
  }

  /** The module of a name, or the last one if a command names none. */
  private Module target(JsonNode command, String field) {
    return command.has(field) ? this.named.get(name(command, field)) : this.last;
  }

  private void keep(JsonNode command, String field, Module module) throws Failed {
    this.last = module;
    if (command.has(field)) {
      this.named.put(name(command, field), module);
    }
    if (module.cause() != null) {
      this.missesLinks |= module.cause().equals(SpecificationLinks.LINKED);
      throw new Failed(module.cause());
    }
  }

  /** A module of which there may be instances later. */
  private void define(JsonNode command) throws IOException, Failed {
    WasmBinary binary = binary(command);
    this.definitions.put(name(command, "name"), binary);
    try {
      compile(binary);
    } catch (WasmException refused) {
      throw new Failed(causeOf(refused, false));
    }
  }

  private Module module(WasmBinary binary) {
    WasmCode code = null;
    try {
      code = compile(binary);
      String missing = this.links.missing(code);
      return missing != null
          ? Module.missing(missing)
          : new Module(code, instantiate(code, this.links.imports(code)), null);
    } catch (WasmException refused) {
      return Module.missing(
          code != null && this.links.makesTable(code)
              ? AS_DECLARED
              : causeOf(refused, code != null));
    }
  }

  private static String causeOf(WasmException refused, boolean compiled) {
    String features = missing(refused);
    if (features != null) {
      return features;
    }
    if (refused.detail().contains("the same tag under another name")) {
      return "imports one tag under two names, which the engine keeps apart";
    }
    return compiled ? "a module is not instantiated" : "a valid module is refused";
  }

  private WasmBinary binary(JsonNode command) throws IOException {
    byte[] bytes = this.files.bytes(name(command, "filename"));
    return new WasmBinary(bytes, "none", "specification");
  }

  private WasmCode compile(WasmBinary binary) {
    return this.engine.compile(binary, this.mode);
  }

  private WasmInstance instantiate(WasmCode code, List<WasmProvidedImport> imports) {
    WasmInstance instance =
        code.instantiate(
            imports,
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
      WasmCode code = compile(binary(command));
      String missing = linking ? this.links.missing(code) : null;
      if (missing != null) {
        this.missesLinks |= missing.equals(SpecificationLinks.LINKED);
        throw new Failed(missing);
      }
      instantiate(code, this.links.imports(code));
      if (linking && this.links.makesTable(code)) {
        throw new Failed(AS_DECLARED);
      }
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
    JsonNode action = command.get("action");
    long[] results;
    try {
      results = perform(action);
    } catch (WasmException failure) {
      throw wrong(action, "an operation fails that has a result");
    }
    int words = 0;
    for (JsonNode each : expected) {
      words += SpecificationValues.words(each);
    }
    if ((results == null ? 0 : results.length) != words) {
      throw new Failed("another number of results");
    }
    int at = 0;
    for (JsonNode each : expected) {
      if (!this.values.matches(each, results, at)) {
        throw SpecificationValues.isNan(each)
            ? new Failed(NAN_BITS)
            : wrong(action, "another result");
      }
      at += SpecificationValues.words(each);
    }
  }

  /** What is wrong may come of what the script could not do before. */
  private Failed wrong(JsonNode action, String cause) {
    Module target = target(action, "module");
    if (this.missesLinks && this.links.concern(target.code(), target.instance())) {
      return new Failed("follows from what the engine can't link");
    }
    return new Failed(this.links.makesTable(target.code()) ? AS_DECLARED : cause);
  }

  private long[] perform(JsonNode action) throws Failed {
    Module target = target(action, "module");
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
    LongStream.Builder arguments = LongStream.builder();
    for (JsonNode each : given) {
      this.values.arguments(each).forEach(arguments);
    }
    return target.instance().call(function.index(), arguments.build().toArray());
  }
}
