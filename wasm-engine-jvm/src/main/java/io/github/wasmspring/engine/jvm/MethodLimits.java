package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.binary.WasmFeature;
import java.util.Set;

/** What the JVM lets a method have. Modules that need more are refused. */
final class MethodLimits {

  static final int BYTES = 65_535;

  private static final int VARIABLES = 60_000;

  /** One method reads them all by their indices, another one writes them. */
  private static final int GLOBALS = 4_000;

  /** Beside the instance. */
  private static final int PARAMETERS = 253;

  private final GuestModule module;
  private final ModuleFacts facts;
  private final FunctionMaker functions;
  private final FunctionCompiler compiler;
  private final double mostPerByte;
  private final boolean hasLongTypes;

  MethodLimits(GuestModule module, FunctionMaker functions) {
    this.module = module;
    this.facts = module.facts;
    JvmCosts costs = new JvmCosts(module.hasPlainMemories);
    // What is more than the JVM can have is split when it is called, unless it has handlers.
    this.mostPerByte = module.divides && !hasHandlers() ? costs.seenPerByte() : costs.mostPerByte();
    this.functions = functions;
    this.compiler = functions.newCompiler();
    this.hasLongTypes = hasLongTypes();
  }

  private boolean hasHandlers() {
    Set<WasmFeature> features = this.facts.features().all();
    return features.contains(WasmFeature.EXCEPTION_HANDLING)
        || features.contains(WasmFeature.LEGACY_EXCEPTION_HANDLING);
  }

  /** Whether a call through a table may have too many parameters. */
  private boolean hasLongTypes() {
    for (int i = 0; i < this.facts.typeCount(); i++) {
      FunctionType type = this.facts.type(i);
      if (type != null && 2 * type.parameters().size() >= PARAMETERS) {
        return true;
      }
    }
    return false;
  }

  /**
   * Compiles only functions that may be too much, to tell.
   *
   * @throws WasmLoadException {@code INVALID} if one is, or if there are too many globals
   */
  void check() {
    if (this.facts.globals().size() > GLOBALS) {
      throw GuestModule.invalid(
          "it has %d globals, and with this engine a module has at most %d; keep them in memory, or use another engine"
              .formatted(this.facts.globals().size(), GLOBALS));
    }
    for (int i = 0; i < this.facts.functionCount(); i++) {
      int slots = this.module.signatureOf(i).slots();
      if (slots > PARAMETERS) {
        checkParameters("function " + i, slots);
      }
      if (i >= this.facts.importedFunctionCount() && mayBeTooMuch(this.facts.body(i))) {
        this.functions.check(i, this.compiler);
      }
    }
  }

  /** An operand takes a byte of the body at least, where calls and blocks give few. */
  private boolean mayBeTooMuch(FunctionBody body) {
    return this.hasLongTypes
        || this.mostPerByte * body.length() > BYTES
        || 2 * (PARAMETERS + locals(body) + body.length()) > VARIABLES;
  }

  private long locals(FunctionBody body) {
    BinaryCursor in = new BinaryCursor(this.module.bytes, body.start(), body.end());
    long locals = 0;
    for (long groups = in.u32(); groups > 0; groups--) {
      locals += in.u32();
      ValueType.read(in);
    }
    return locals;
  }

  /** With the index of the function. */
  static void checkIndirect(FunctionSignature signature) {
    checkParameters(
        "a call through a table or a reference, or a tail call,", signature.slots() + 1);
  }

  /** With the tag. */
  static void checkThrown(FunctionSignature signature) {
    checkParameters("a tag", signature.slots() + 1);
  }

  private static void checkParameters(String what, int slots) {
    if (slots > PARAMETERS) {
      throw GuestModule.invalid(
          "%s has parameters of %d slots, and a method of the JVM has at most %d; pass them in memory"
              .formatted(what, slots, PARAMETERS));
    }
  }

  static void check(int function, MethodBody method) {
    if (method.size() > BYTES) {
      throw tooBig(function);
    }
    if (method.variables() > VARIABLES) {
      throw GuestModule.invalid(
          "function %d becomes a method of %d local variables, and one of the JVM has at most %d; split it, or build it with less inlining"
              .formatted(function, method.variables(), VARIABLES));
    }
  }

  static WasmLoadException tooBig(int function) {
    return GuestModule.invalid(
        "function %d becomes more than %d bytes of JVM bytecode, which is the most that a method of the JVM has; split it, or build it with less inlining"
            .formatted(function, BYTES));
  }
}
