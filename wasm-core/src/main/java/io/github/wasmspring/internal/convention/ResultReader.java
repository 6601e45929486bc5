package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an export returns: nothing, a number, or the address and length of a buffer in one
 * {@code i64}, whose highest bit marks an error.
 */
final class ResultReader {

  private static final List<WasmValueType> BUFFER = List.of(WasmValueType.I64);
  private static final List<WasmValueType> NOTHING = List.of();

  private final @Nullable ValueCodec codec;
  private final ValueCodec.@Nullable Scalar scalar;
  private final ValueCodec.@Nullable Buffer buffer;
  private final JsonReading json;
  private final Limits limits;
  private final boolean buffered;

  private ResultReader(
      @Nullable ValueCodec codec, JsonReading json, Limits limits, boolean buffered) {
    this.codec = codec;
    this.scalar = codec instanceof ValueCodec.Scalar number ? number : null;
    this.buffer = codec instanceof ValueCodec.Buffer bytes ? bytes : null;
    this.json = json;
    this.limits = limits;
    this.buffered = buffered;
  }

  static ResultReader of(WasmOperation operation, ValueCodecs codecs, Limits limits) {
    ValueCodec codec =
        operation.returnType() == void.class
            ? null
            : codecs.of(operation.returnType(), operation.nullable());
    return new ResultReader(codec, codecs.json(), limits, codec instanceof ValueCodec.Buffer);
  }

  /** The result types that an export may have; {@code void} may report errors in an i64. */
  List<List<WasmValueType>> types() {
    if (this.codec == null) {
      return List.of(NOTHING, BUFFER);
    }
    return List.of(this.scalar != null ? List.of(this.scalar.type()) : BUFFER);
  }

  ResultReader forExport(WasmFunctionType type) {
    return new ResultReader(
        this.codec,
        this.json,
        this.limits,
        this.buffered || this.codec == null && type.results().equals(BUFFER));
  }

  @Nullable Object read(WasmBorrowedInstance instance, BufferAllocator allocator, long returned) {
    if (this.buffered) {
      return readBuffer(instance, allocator, returned, room());
    }
    return read(this.scalar, returned);
  }

  /**
   * @param room what is left for the answers of a batch
   */
  @Nullable Object read(
      WasmBorrowedInstance instance,
      @Nullable BufferAllocator allocator,
      long returned,
      AnswerRoom room) {
    return this.buffered && allocator != null
        ? readBuffer(instance, allocator, returned, room)
        : read(this.scalar, returned);
  }

  private static @Nullable Object read(ValueCodec.@Nullable Scalar scalar, long returned) {
    return scalar != null ? scalar.fromWasm(returned) : null;
  }

  /** For the answer of one call, or for those of all calls of a batch. */
  AnswerRoom room() {
    return new AnswerRoom(this.limits);
  }

  private @Nullable Object readBuffer(
      WasmBorrowedInstance instance, BufferAllocator allocator, long packed, AnswerRoom room) {
    if (packed == 0 && (this.buffer == null || this.buffer.isOptional())) {
      return this.buffer == null ? null : this.buffer.nothing();
    }
    int address = (int) (packed >>> 32) & Integer.MAX_VALUE;
    int length = (int) packed;
    WasmMemory memory = BufferAllocator.memory(instance);
    BufferAllocator.checkInside(memory, address, length, "the operation returned");
    room.takeBytes(length);
    if (packed < 0) {
      WasmOperationException error = GuestErrors.read(this.json, memory, address, length, room);
      allocator.free(instance, address, length);
      throw error;
    }
    Object answer = this.buffer != null ? this.buffer.read(memory, address, length, room) : null;
    allocator.free(instance, address, length);
    return answer;
  }
}
