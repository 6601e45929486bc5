package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmTableType;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An exported table of an instance as the host sees it. */
record ContextTable(
    String name, JvmCode code, GuestContext context, int index, WasmTableType type, Calls calls)
    implements WasmTable {

  /** Runs what is in an element. */
  @FunctionalInterface
  interface Calls {
    long[] call(int function, long... arguments);
  }

  /**
   * @throws NoSuchElementException if no table is exported under the name
   */
  static ContextTable of(String name, JvmCode code, GuestContext context, Calls calls) {
    List<String> others = new ArrayList<>();
    for (ModuleExport export : code.module.facts.exports()) {
      if (export.type() instanceof ExternalType.Table table) {
        if (export.name().equals(name)) {
          WasmTableType type =
              new WasmTableType(
                  DeclaredTypes.value(table.element()), context.maximumElements[export.index()]);
          return new ContextTable(name, code, context, export.index(), type, calls);
        }
        others.add(export.name());
      }
    }
    throw new NoSuchElementException(
        "The module exports no table '%s'; %s"
            .formatted(
                name,
                others.isEmpty()
                    ? "it exports none: link it with --export-table (AssemblyScript: --exportTable)"
                    : "there is " + String.join(", ", others)));
  }

  private int[] elements() {
    return this.context.tables[this.index];
  }

  @Override
  public int size() {
    return elements().length;
  }

  @Override
  public boolean isNull(int index) {
    return elements()[index] == TableInstructions.NULL;
  }

  @Override
  public @Nullable WasmFunctionType functionType(int index) {
    if (!holdsFunctions()) {
      throw new IllegalArgumentException(
          "The table '%s' holds %s and no functions".formatted(this.name, this.type.element()));
    }
    return isNull(index) ? null : this.code.functionType(elements()[index]);
  }

  private boolean holdsFunctions() {
    return GuestModule.type(this.code.module.facts.tables().get(this.index).element())
        == FunctionSignature.FUNCREF;
  }

  @Override
  public long[] call(int index, long... arguments) {
    return this.calls.call(elements()[index], arguments);
  }
}
