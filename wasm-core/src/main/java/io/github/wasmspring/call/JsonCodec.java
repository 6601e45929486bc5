package io.github.wasmspring.call;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmMemory;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Records, maps and everything else that Jackson can write, as JSON. */
final class JsonCodec extends BytesCodec {

  private final JsonMapper mapper;
  private final JavaType type;

  JsonCodec(JsonMapper mapper, Type type) {
    this.mapper = mapper;
    this.type = mapper.constructType(type);
  }

  @Override
  public Object prepare(Object value, long most) {
    CappedBytes bytes = new CappedBytes(most);
    try {
      this.mapper.writeValue(bytes, value);
      return bytes.toByteArray();
    } catch (PayloadTooLarge | JacksonException failure) {
      throw refusal(value, bytes, failure);
    }
  }

  private static RuntimeException refusal(
      Object value, CappedBytes bytes, RuntimeException failure) {
    PayloadTooLarge refusal = bytes.refusal();
    if (refusal != null) {
      return refusal;
    }
    return new WasmInvalidInputException(
        "a %s can't be written as JSON: %s"
            .formatted(
                value.getClass().getName(),
                failure instanceof JacksonException unwritable
                    ? unwritable.getOriginalMessage()
                    : failure.getMessage()),
        failure);
  }

  @Override
  public @Nullable Object read(WasmMemory memory, int address, int length) {
    ByteBuffer bytes = memory.window(address, length);
    try {
      return bytes.hasArray()
          ? this.mapper.readValue(bytes.array(), bytes.arrayOffset(), length, this.type)
          : this.mapper.readValue(memory.read(address, length), this.type);
    } catch (JacksonException | ArithmeticException | IllegalArgumentException unreadable) {
      throw new WasmExecutionException(
          WasmErrorCategory.TRAP,
          "the module answered with what can't be read as %s: %s"
              .formatted(this.type.toCanonical(), unreadable.getMessage()),
          unreadable);
    }
  }
}
