package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * For modules that export {@code memory}, {@code wasm_alloc} and {@code wasm_free}: text, bytes,
 * arrays and JSON cross as address and length.
 */
final class BufferConvention implements WasmCallConvention {

  static final String ALLOC = "wasm_alloc";
  static final String FREE = "wasm_free";

  private static final WasmFunctionType ALLOC_TYPE =
      new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32));
  private static final WasmFunctionType FREE_TYPE =
      new WasmFunctionType(List.of(WasmValueType.I32, WasmValueType.I32), List.of());

  private final ValueCodecs codecs;
  private final ScalarConvention scalars;

  BufferConvention(ValueCodecs codecs) {
    this.codecs = codecs;
    this.scalars = new ScalarConvention(codecs);
  }

  @Override
  public String name() {
    return "buffer";
  }

  @Override
  public boolean isSpokenBy(WasmCode code) {
    return code.hasMemory()
        && hasType(code.exports(), ALLOC, ALLOC_TYPE)
        && hasType(code.exports(), FREE, FREE_TYPE);
  }

  private static boolean hasType(
      Map<String, WasmExportedFunction> exports, String name, WasmFunctionType type) {
    WasmExportedFunction export = exports.get(name);
    return export != null && export.type().equals(type);
  }

  private static boolean isChangeable(Type type) {
    return type instanceof Class<?> raw
        && (raw.isArray() && raw.getComponentType().isPrimitive()
            || ByteBuffer.class.isAssignableFrom(raw));
  }

  /** Whether nothing of an operation has to go through the memory. */
  private static boolean isScalar(WasmOperation operation) {
    return ScalarCodec.of(operation.returnType()) != null
        && operation.parameters().stream()
            .allMatch(parameter -> ScalarCodec.of(parameter.type()) != null);
  }

  @Override
  public WasmInvocation bind(WasmCode code, WasmOperation operation, Limits limits) {
    return isScalar(operation)
        ? this.scalars.bind(code, operation, limits)
        : new BufferInvocation(operation, bufferPlan(code, operation, limits), limits.payload());
  }

  @Override
  public WasmInvocation bindBatch(
      WasmCode code, WasmOperation batch, WasmBatchShape shape, Limits limits) {
    return isScalar(shape.element())
        ? this.scalars.bindBatch(code, batch, shape, limits)
        : new BatchInvocation(batch, shape, bufferPlan(code, shape.element(), limits), limits);
  }

  private BufferPlan bufferPlan(WasmCode code, WasmOperation operation, Limits limits) {
    List<ValueCodec> parameters = new ArrayList<>();
    List<WasmValueType> types = new ArrayList<>();
    for (WasmParameter parameter : operation.parameters()) {
      ValueCodec codec = this.codecs.of(parameter);
      if (parameter.inOut() && !isChangeable(parameter.type())) {
        throw ExportSignature.failure(
            code,
            operation,
            "%s marks '%s' as @InOut, which only arrays of bytes and numbers and byte buffers can be"
                .formatted(operation.describe(), parameter.name()),
            null,
            null);
      }
      parameters.add(codec);
      if (codec instanceof ValueCodec.Scalar scalar) {
        types.add(scalar.type());
      } else {
        types.add(WasmValueType.I32);
        types.add(WasmValueType.I32);
      }
    }
    ExportSignature.requireReadable(code, operation, this.codecs);
    ResultReader result = ResultReader.of(operation, this.codecs, limits);
    WasmExportedFunction export =
        ExportSignature.require(
            code,
            operation,
            result.types().stream().map(results -> new WasmFunctionType(types, results)).toList());
    BufferAllocator allocator =
        new BufferAllocator(
            new ExportCall(code, Objects.requireNonNull(code.exports().get(ALLOC))),
            new ExportCall(code, Objects.requireNonNull(code.exports().get(FREE))));
    return new BufferPlan(
        new ExportCall(code, export),
        types.size(),
        parameters,
        result.forExport(export.type()),
        allocator);
  }
}
