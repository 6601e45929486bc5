package io.github.wasmspring.call;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Finds the codec of a Java type. */
final class ValueCodecs {

  private final JsonMapper jsonMapper;

  ValueCodecs(JsonMapper jsonMapper) {
    this.jsonMapper = jsonMapper;
  }

  ValueCodec of(Type type) {
    ScalarCodec scalar = ScalarCodec.of(type);
    return scalar != null ? scalar : buffer(type);
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
    return new JsonCodec(this.jsonMapper, type);
  }

  private static @Nullable ArrayCodec arrayCodec(Class<?> type) {
    return type.isArray() ? ArrayCodec.of(type) : null;
  }

  JsonMapper jsonMapper() {
    return this.jsonMapper;
  }
}
