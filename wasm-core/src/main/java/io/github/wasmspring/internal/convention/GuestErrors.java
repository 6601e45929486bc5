package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmOperationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the errors that guests answer with; of what else is in their JSON nothing is kept. */
final class GuestErrors {

  private GuestErrors() {}

  static WasmOperationException read(
      JsonReading json, WasmMemory memory, int address, int length, AnswerRoom room) {
    try (JsonParser parser = json.openError(memory, address, length, room)) {
      return read(parser);
    } catch (JacksonException unreadable) {
      throw broken(unreadable);
    }
  }

  private static WasmOperationException read(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw broken(null);
    }
    String code = null;
    String message = null;
    Long offset = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "code" -> code = text(parser, value);
        case "message" -> message = text(parser, value);
        case "offset" -> offset = number(parser, value);
        default -> {}
      }
      parser.skipChildren();
    }
    if (code == null || message == null) {
      throw broken(null);
    }
    return new WasmOperationException(code, message, offset);
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) {
    return value == JsonToken.VALUE_STRING ? parser.getString() : null;
  }

  private static @Nullable Long number(JsonParser parser, JsonToken value) {
    return value == JsonToken.VALUE_NUMBER_INT ? Long.valueOf(parser.getLongValue()) : null;
  }

  private static WasmExecutionException broken(@Nullable Throwable cause) {
    return new WasmExecutionException(
        WasmErrorCategory.TRAP,
        "the operation returned an error that is not a JSON object with code and message",
        cause);
  }
}
