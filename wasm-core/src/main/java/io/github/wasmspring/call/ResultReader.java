package io.github.wasmspring.call;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.pool.PooledInstance;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
  private final JsonMapper jsonMapper;
  private final long outputLimit;
  private final boolean buffered;

  private ResultReader(
      @Nullable ValueCodec codec, JsonMapper jsonMapper, long outputLimit, boolean buffered) {
    this.codec = codec;
    this.scalar = codec instanceof ValueCodec.Scalar number ? number : null;
    this.buffer = codec instanceof ValueCodec.Buffer bytes ? bytes : null;
    this.jsonMapper = jsonMapper;
    this.outputLimit = outputLimit;
    this.buffered = buffered;
  }

  static ResultReader of(Type returnType, ValueCodecs codecs, long outputLimit) {
    ValueCodec codec = returnType == void.class ? null : codecs.of(returnType);
    return new ResultReader(
        codec, codecs.jsonMapper(), outputLimit, codec instanceof ValueCodec.Buffer);
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
        this.jsonMapper,
        this.outputLimit,
        this.buffered || this.codec == null && type.results().equals(BUFFER));
  }

  @Nullable Object read(PooledInstance instance, BufferAllocator allocator, long returned) {
    if (this.buffered) {
      return readBuffer(instance, allocator, returned, this.outputLimit);
    }
    return read(this.scalar, returned);
  }

  /**
   * @param left how many bytes the answer may have, of those that all of a batch may have together
   */
  @Nullable Object read(
      PooledInstance instance, @Nullable BufferAllocator allocator, long returned, long left) {
    return this.buffered && allocator != null
        ? readBuffer(instance, allocator, returned, left)
        : read(this.scalar, returned);
  }

  private static @Nullable Object read(ValueCodec.@Nullable Scalar scalar, long returned) {
    return scalar != null ? scalar.fromWasm(returned) : null;
  }

  /** How many bytes an answer, or an error, that has been read had in the guest. */
  int length(long returned) {
    return this.buffered ? (int) returned : 0;
  }

  long outputLimit() {
    return this.outputLimit;
  }

  private @Nullable Object readBuffer(
      PooledInstance instance, BufferAllocator allocator, long packed, long most) {
    if (packed == 0 && this.codec == null) {
      return null;
    }
    int address = (int) (packed >>> 32) & Integer.MAX_VALUE;
    int length = (int) packed;
    WasmMemory memory = BufferAllocator.memory(instance);
    BufferAllocator.checkInside(memory, address, length, "the operation returned");
    if (length > most) {
      throw tooLong(length, most);
    }
    if (packed < 0) {
      WasmOperationException error = readError(memory.read(address, length));
      allocator.free(instance, address, length);
      throw error;
    }
    Object answer = this.buffer != null ? this.buffer.read(memory, address, length) : null;
    allocator.free(instance, address, length);
    return answer;
  }

  private WasmExecutionException tooLong(int length, long most) {
    return new WasmExecutionException(
        WasmErrorCategory.MEMORY_LIMIT,
        most == this.outputLimit
            ? "the answer has %d bytes, and %d are allowed (limits.output)".formatted(length, most)
            : "the answer has %d bytes, and of the %d that all answers of a batch may have together %d are left (limits.output)"
                .formatted(length, this.outputLimit, most),
        null);
  }

  private WasmOperationException readError(byte[] json) {
    try {
      JsonNode error = this.jsonMapper.readTree(json);
      if (error.path("code").isString() && error.path("message").isString()) {
        JsonNode offset = error.path("offset");
        return new WasmOperationException(
            error.path("code").stringValue(),
            error.path("message").stringValue(),
            offset.isIntegralNumber() ? Long.valueOf(offset.longValue()) : null);
      }
    } catch (JacksonException unreadable) {
      throw brokenError(unreadable);
    }
    throw brokenError(null);
  }

  private static WasmExecutionException brokenError(@Nullable Throwable cause) {
    return new WasmExecutionException(
        WasmErrorCategory.TRAP,
        "the operation returned an error that is not a JSON object with code and message",
        cause);
  }
}
