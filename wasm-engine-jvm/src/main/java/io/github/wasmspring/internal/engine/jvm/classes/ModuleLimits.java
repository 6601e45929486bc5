package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.internal.engine.jvm.code.FunctionCompiler;
import io.github.wasmspring.internal.engine.jvm.code.MethodLimits;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.JvmCosts;
import java.util.Set;

/** Refuses modules that need more than the JVM lets methods have, see {@link MethodLimits}. */
final class ModuleLimits {

  /** One method reads them all by their indices, another one writes them. */
  private static final int GLOBALS = 4_000;

  private final GuestModule module;
  private final ModuleFacts facts;
  private final FunctionMaker functions;
  private final FunctionCompiler compiler;
  private final double mostPerByte;
  private final boolean hasLongTypes;

  ModuleLimits(GuestModule module, FunctionMaker functions) {
    this.module = module;
    this.facts = module.facts;
    JvmCosts costs = new JvmCosts(module.hasPlainMemories, module.hasVectors);
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
      if (type != null && 4 * type.parameters().size() >= MethodLimits.PARAMETERS) {
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
      MethodLimits.checkFunction(i, this.module.signatureOf(i));
      if (i >= this.facts.importedFunctionCount() && mayBeTooMuch(this.facts.body(i))) {
        this.functions.check(i, this.compiler);
      }
    }
  }

  /** An operand takes a byte of the body at least, where calls and blocks give few. */
  private boolean mayBeTooMuch(FunctionBody body) {
    return this.hasLongTypes
        || this.mostPerByte * body.length() > MethodLimits.BYTES
        || 4 * (MethodLimits.PARAMETERS + locals(body) + body.length()) > MethodLimits.VARIABLES;
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
}
