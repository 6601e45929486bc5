package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import java.util.NoSuchElementException;

/** An exported global as the host sees it. */
record ContextGlobal(String name, GuestContext context, int index, WasmGlobalType type)
    implements WasmGlobal {

  /**
   * @throws NoSuchElementException if no global is exported under the name
   * @throws IllegalArgumentException if it holds no number
   */
  static ContextGlobal of(String name, ModuleFacts facts, GuestContext context) {
    for (ModuleExport each : facts.exports()) {
      if (each.type() instanceof ExternalType.Global && each.name().equals(name)) {
        WasmGlobalType type = DeclaredTypes.global(facts.globals().get(each.index()));
        if (type.value().ordinal() > WasmValueType.F64.ordinal()) {
          throw new IllegalArgumentException(
              "The global '%s' holds a %s, which is no number".formatted(name, type.value()));
        }
        return new ContextGlobal(name, context, each.index(), type);
      }
    }
    throw new NoSuchElementException("The module exports no global '" + name + "'");
  }

  /** The same where another instance has it. */
  ContextGlobal in(GuestContext owner, int place) {
    return new ContextGlobal(this.name, owner, place, this.type);
  }

  @Override
  public long get() {
    return this.context.global(this.index);
  }

  @Override
  public void set(long value) {
    if (!this.type.mutable()) {
      throw new IllegalStateException(
          "The global '%s' (%s) can't be set".formatted(this.name, this.type));
    }
    boolean narrow =
        this.type.value() == WasmValueType.I32 || this.type.value() == WasmValueType.F32;
    if (narrow && value != (int) value && value >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException(
          "The global '%s' (%s) has 32 bits, and %d has more"
              .formatted(this.name, this.type, value));
    }
    this.context.setGlobal(this.index, value);
  }
}
