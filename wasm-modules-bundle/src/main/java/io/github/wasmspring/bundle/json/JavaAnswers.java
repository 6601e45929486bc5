package io.github.wasmspring.bundle.json;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets the Java fallbacks fail exactly as the module does. */
final class JavaAnswers {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private JavaAnswers() {}

  static <T> T of(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (JsonFault fault) {
      throw new WasmOperationException(
          fault.code(),
          String.valueOf(fault.getMessage()),
          fault.offset() < 0 ? null : Long.valueOf(fault.offset()));
    } catch (IllegalArgumentException notText) {
      throw new WasmInvalidInputException(String.valueOf(notText.getMessage()), notText);
    }
  }

  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException beyondLimits) {
      throw new WasmOperationException("json.limit", beyondLimits.getOriginalMessage(), null);
    }
  }
}
