package io.github.wasmspring.autoconfigure.ai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a model gives a tool. What does not fit is said in words that it can learn from. */
final class ToolArguments {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ToolArguments() {}

  static Map<String, Object> read(String json, List<WasmToolParameter> parameters) {
    JsonNode given = parse(json);
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (WasmToolParameter parameter : parameters) {
      JsonNode value = given.get(parameter.name());
      if (value != null && !value.isNull()) {
        arguments.put(parameter.name(), convert(parameter, value));
      } else if (parameter.required()) {
        throw refusal("the argument '%s' is missing".formatted(parameter.name()), null);
      }
    }
    TreeSet<String> unknown = new TreeSet<>(given.propertyNames());
    parameters.forEach(parameter -> unknown.remove(parameter.name()));
    if (!unknown.isEmpty()) {
      List<String> known = parameters.stream().map(WasmToolParameter::name).toList();
      throw refusal(
          "there is no argument '%s'; there are %s".formatted(unknown.first(), known), null);
    }
    return arguments;
  }

  private static JsonNode parse(String json) {
    try {
      JsonNode given = MAPPER.readTree(json.isBlank() ? "{}" : json);
      if (given.isObject()) {
        return given;
      }
    } catch (JacksonException broken) {
      throw refusal("they are no JSON: " + broken.getOriginalMessage(), broken);
    }
    throw refusal("they are no JSON object", null);
  }

  private static Object convert(WasmToolParameter parameter, JsonNode value) {
    try {
      return MAPPER.readerFor(MAPPER.constructType(parameter.type())).readValue(value);
    } catch (JacksonException unfit) {
      throw refusal(
          "the argument '%s' does not fit: %s"
              .formatted(parameter.name(), unfit.getOriginalMessage()),
          unfit);
    }
  }

  private static WasmToolException refusal(String why, @Nullable Throwable cause) {
    return new WasmToolException("The arguments can't be used: " + why, cause);
  }
}
