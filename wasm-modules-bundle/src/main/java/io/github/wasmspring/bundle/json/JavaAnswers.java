package io.github.wasmspring.bundle.json;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lets the Java fallbacks fail exactly as the module does. */
final class JavaAnswers {

  /** As exact as the module's: a {@code double} has 17 digits and ends at 1.8e308. */
  private static final ObjectReader TREES =
      JsonMapper.shared()
          .readerFor(JsonNode.class)
          .with(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

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
      return TREES.readValue(json);
    } catch (JacksonException beyondLimits) {
      throw new WasmOperationException("json.limit", beyondLimits.getOriginalMessage(), null);
    } catch (IllegalArgumentException | ArithmeticException beyondNumbers) {
      throw new WasmOperationException(
          "json.limit", String.valueOf(beyondNumbers.getMessage()), null);
    }
  }
}
