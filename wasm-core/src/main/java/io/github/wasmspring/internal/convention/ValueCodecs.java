package io.github.wasmspring.internal.convention;

import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Finds the codec of a Java type. */
final class ValueCodecs {

  private final JsonReading json;

  ValueCodecs(JsonMapper jsonMapper) {
    this.json = new JsonReading(jsonMapper);
  }

  ValueCodec of(WasmParameter parameter) {
    return of(parameter.type(), parameter.nullable());
  }

  /**
   * @param nullable whether there may be nothing; numbers are always something
   */
  ValueCodec of(Type type, boolean nullable) {
    ScalarCodec scalar = ScalarCodec.of(type);
    if (scalar != null) {
      return scalar;
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      Type something = generic.getActualTypeArguments()[0];
      return new OptionalCodec(
          buffer(something instanceof WildcardType any ? any.getUpperBounds()[0] : something),
          true);
    }
    return nullable ? new OptionalCodec(buffer(type), false) : buffer(type);
  }

  /**
   * Why what a module answers can never be given as a type, {@code null} if it can.
   *
   * @param type of an answer
   */
  @Nullable String unreadable(Type type) {
    ValueCodec codec = type == void.class ? null : of(type, false);
    if (type instanceof Class<?> raw
        && ByteBuffer.class.isAssignableFrom(raw)
        && raw != ByteBuffer.class) {
      return "bytes are given as a byte[] or a ByteBuffer";
    }
    if (codec instanceof OptionalCodec optional) {
      codec = optional.something();
    }
    return codec instanceof JsonCodec json ? json.unreadable() : null;
  }

  private ValueCodec.Buffer buffer(Type type) {
    if (type == String.class || type == CharSequence.class) {
      return new Utf8Codec();
    }
    if (type == byte[].class) {
      return new BytesCodec();
    }
    if (type instanceof Class<?> raw) {
      if (ByteBuffer.class.isAssignableFrom(raw)) {
        return new ByteBufferCodec();
      }
      ArrayCodec array = arrayCodec(raw);
      if (array != null) {
        return array;
      }
    }
    return new JsonCodec(this.json, type);
  }

  private static @Nullable ArrayCodec arrayCodec(Class<?> type) {
    return type.isArray() ? ArrayCodec.of(type) : null;
  }

  JsonReading json() {
    return this.json;
  }
}
