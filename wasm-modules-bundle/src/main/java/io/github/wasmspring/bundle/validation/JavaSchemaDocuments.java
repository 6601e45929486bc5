package io.github.wasmspring.bundle.validation;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.bundle.json.Json;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads schemas and documents as the module does: strictly, and without losing a digit. */
final class JavaSchemaDocuments {

  /** How long a number may be, and how large its exponent; more would take Java too long. */
  private static final int DIGITS = 1_000;

  private static final Json JSON = new Json() {};

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(1_000)
                          .maxNumberLength(DIGITS)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  private JavaSchemaDocuments() {}

  static JsonNode read(String text, String what) {
    check(text, what);
    try {
      JsonNode node = MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
      checkNumbers(node);
      return node;
    } catch (JacksonException beyondLimits) {
      throw limit(beyondLimits.getOriginalMessage());
    } catch (NumberFormatException | ArithmeticException beyondLimits) {
      throw limit("a number has too large an exponent");
    }
  }

  private static void check(String text, String what) {
    try {
      JSON.minify(text);
    } catch (WasmOperationException fault) {
      boolean deep = fault.code().equals("json.depth");
      throw new WasmOperationException(
          deep ? "validation.depth" : "validation.json",
          "the " + what + " is not JSON: " + fault.getMessage(),
          fault.offset());
    }
  }

  private static void checkNumbers(JsonNode node) {
    if (node.isBigDecimal()) {
      BigDecimal number = node.decimalValue();
      if (Math.abs((long) number.scale()) > DIGITS) {
        throw limit("a number has too large an exponent");
      }
    }
    for (JsonNode child : node) {
      checkNumbers(child);
    }
  }

  private static WasmOperationException limit(String message) {
    return new WasmOperationException("validation.limit", message, null);
  }
}
