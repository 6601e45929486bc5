package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmTableType;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An exported table of an instance as the host sees it.
 *
 * @param owner the instance that has it
 * @param index among its tables
 */
record ContextTable(String name, JvmInstance owner, int index, WasmTableType type, Calls calls)
    implements WasmTable {

  /** Runs what is in an element. */
  @FunctionalInterface
  interface Calls {
    long[] call(int function, long... arguments);
  }

  static ContextTable of(String name, JvmInstance owner, int index, Calls calls) {
    WasmTableType type =
        new WasmTableType(
            DeclaredTypes.value(owner.module().facts.tables().get(index).element()),
            owner.context().maximumElements[index]);
    return new ContextTable(name, owner, index, type, calls);
  }

  /**
   * The index of an exported table.
   *
   * @throws NoSuchElementException if no table is exported under the name
   */
  static int index(String name, ModuleFacts facts) {
    List<String> others = new ArrayList<>();
    for (ModuleExport export : facts.exports()) {
      if (export.type() instanceof ExternalType.Table) {
        if (export.name().equals(name)) {
          return export.index();
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
    return this.owner.context().tables[this.index];
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
    return isNull(index) ? null : this.owner.functionType(elements()[index]);
  }

  private boolean holdsFunctions() {
    return GuestModule.type(this.owner.module().facts.tables().get(this.index).element())
        == FunctionSignature.FUNCREF;
  }

  @Override
  public long[] call(int index, long... arguments) {
    return this.calls.call(elements()[index], arguments);
  }
}
