package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.TypeSection;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmTableType;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An exported table of an instance as the host sees it. */
record HostTable(String name, Instance instance, TableInstance table, Calls calls)
    implements WasmTable {

  /** Runs what is in an element. */
  @FunctionalInterface
  interface Calls {
    long[] call(ExportFunction element, long... arguments);
  }

  /**
   * @throws NoSuchElementException if no table is exported under the name
   */
  static HostTable of(Instance instance, String name, Calls calls) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < instance.module().exportSection().exportCount(); i++) {
      Export export = instance.module().exportSection().getExport(i);
      if (export.exportType() == ExternalType.TABLE) {
        if (export.name().equals(name)) {
          return new HostTable(name, instance, instance.table(export.index()), calls);
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

  @Override
  public WasmTableType type() {
    return new WasmTableType(
        ChicoryTypes.valueType(this.table.elementType()), this.table.limits().max());
  }

  @Override
  public int size() {
    return this.table.size();
  }

  @Override
  public boolean isNull(int index) {
    return this.table.ref(index) == Value.REF_NULL_VALUE;
  }

  @Override
  public @Nullable WasmFunctionType functionType(int index) {
    if (!holdsFunctions()) {
      throw new IllegalArgumentException(
          "The table '%s' holds %s and no functions".formatted(this.name, type().element()));
    }
    if (isNull(index)) {
      return null;
    }
    Instance owner = ownerOf(index);
    return ChicoryTypes.functionType(owner.type(owner.functionType(this.table.ref(index))));
  }

  private boolean holdsFunctions() {
    ValType element = this.table.elementType();
    TypeSection types = this.instance.module().typeSection();
    return element.equals(ValType.FuncRef)
        || element.typeIdx() >= 0
            && types.getSubType(element.typeIdx()).compType().funcType() != null;
  }

  /** Chicory leaves it out where it is the instance that has the table. */
  private Instance ownerOf(int index) {
    return Objects.requireNonNullElse(this.table.instance(index), this.instance);
  }

  @Override
  public long[] call(int index, long... arguments) {
    return this.calls.call(
        given -> ownerOf(index).getMachine().call(this.table.requiredRef(index), given), arguments);
  }
}
