package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmMemory;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;

/** Records, maps and everything else that Jackson can write, as JSON. */
final class JsonCodec extends BytesCodec {

  private final JsonReading json;
  private final Type declared;
  private final JavaType type;
  private volatile @Nullable ObjectReader reader;

  JsonCodec(JsonReading json, Type type) {
    this.json = json;
    this.declared = type;
    this.type = json.mapper().constructType(type);
  }

  /** See {@link ValueCodecs#unreadable}. */
  @Nullable String unreadable() {
    return ReadableTypes.whyNot(
        this.json.mapper()._deserializationContext(), this.declared, this.type);
  }

  @Override
  public Object prepare(Object value, long most) {
    CappedBytes bytes = new CappedBytes(most);
    try {
      this.json.mapper().writeValue(bytes, value);
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
  public @Nullable Object read(WasmMemory memory, int address, int length, AnswerRoom room) {
    try (JsonParser parser = this.json.open(memory, address, length, room)) {
      return read(parser, room);
    } catch (JacksonException | ArithmeticException | IllegalArgumentException unreadable) {
      throw failure(unreadable);
    }
  }

  private @Nullable Object read(JsonParser parser, AnswerRoom room) {
    try {
      Object value = reader().readValue(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("there is more behind it");
      }
      return value;
    } finally {
      room.takeTokens(parser.currentTokenCount());
    }
  }

  /** Numbers of trees keep all of their digits; who asks for a double gets one. */
  private ObjectReader reader() {
    ObjectReader known = this.reader;
    if (known == null) {
      known =
          this.json
              .mapper()
              .readerFor(this.type)
              .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
              .with(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
      this.reader = known;
    }
    return known;
  }

  private RuntimeException failure(RuntimeException unreadable) {
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      if (cause instanceof WasmException ours) {
        return ours;
      }
    }
    return new WasmExecutionException(
        WasmErrorCategory.TRAP,
        "the module answered with what can't be read as %s: %s"
            .formatted(this.type.toCanonical(), unreadable.getMessage()),
        unreadable);
  }
}
