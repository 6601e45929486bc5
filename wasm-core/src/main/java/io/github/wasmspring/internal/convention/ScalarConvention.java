package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** For modules that take and return plain numbers only; asks nothing of a module. */
final class ScalarConvention implements WasmCallConvention {

  private final ValueCodecs codecs;

  ScalarConvention(ValueCodecs codecs) {
    this.codecs = codecs;
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public boolean isSpokenBy(WasmCode code) {
    return true;
  }

  @Override
  public WasmInvocation bind(WasmCode code, WasmOperation operation, Limits limits) {
    List<ScalarCodec> parameters = new ArrayList<>();
    for (WasmParameter parameter : operation.parameters()) {
      ScalarCodec codec = ScalarCodec.of(parameter.type());
      if (codec == null) {
        throw needsMemory(code, operation, parameter.type().getTypeName());
      }
      parameters.add(codec);
    }
    ScalarCodec result = null;
    if (operation.returnType() != void.class) {
      result = ScalarCodec.of(operation.returnType());
      if (result == null) {
        throw needsMemory(code, operation, operation.returnType().getTypeName());
      }
    }
    List<WasmValueType> results = result == null ? List.of() : List.of(result.type());
    WasmExportedFunction export =
        ExportSignature.require(
            code,
            operation,
            List.of(
                new WasmFunctionType(
                    parameters.stream().map(ScalarCodec::type).toList(), results)));
    return new ScalarInvocation(
        operation, export.index(), parameters.toArray(ScalarCodec[]::new), result);
  }

  @Override
  public WasmInvocation bindBatch(
      WasmCode code, WasmOperation batch, WasmBatchShape shape, Limits limits) {
    WasmOperation element = shape.element();
    bind(code, element, limits);
    WasmExportedFunction export = Objects.requireNonNull(code.exports().get(element.export()));
    List<ValueCodec> parameters = element.parameters().stream().map(this.codecs::of).toList();
    return new BatchInvocation(
        batch,
        shape,
        new BufferPlan(
            new ExportCall(code, export),
            parameters.size(),
            parameters,
            ResultReader.of(element, this.codecs, limits),
            null),
        limits);
  }

  private static WasmSignatureException needsMemory(
      WasmCode code, WasmOperation operation, String type) {
    return ExportSignature.failure(
        code,
        operation,
        "%s has the type %s, which crosses through the module's memory; the module must export memory, wasm_alloc (i32) -> i32 and wasm_free (i32, i32) -> () for that"
            .formatted(operation.describe(), type),
        null,
        code.exports().containsKey(operation.export())
            ? code.exports().get(operation.export()).type()
            : null);
  }

  private record ScalarInvocation(
      WasmOperation operation, int export, ScalarCodec[] parameters, @Nullable ScalarCodec result)
      implements WasmInvocation {

    @Override
    public int plainExport() {
      return this.result == null ? -1 : this.export;
    }

    @Override
    public @Nullable Object invoke(
        io.github.wasmspring.pool.WasmBorrowedInstance instance, @Nullable Object[] arguments) {
      long[] slots = new long[this.parameters.length];
      for (int i = 0; i < slots.length; i++) {
        Object argument = Arguments.required(this.operation, i, arguments[i]);
        slots[i] = this.parameters[i].toWasm(argument);
      }
      long[] results = instance.call(this.export, slots);
      return this.result == null ? null : this.result.fromWasm(results[0]);
    }
  }
}
