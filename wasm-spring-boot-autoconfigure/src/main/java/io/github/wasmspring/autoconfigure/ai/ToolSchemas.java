package io.github.wasmspring.autoconfigure.ai;

import java.util.List;
import org.springframework.ai.util.json.schema.JsonSchemaGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas of what tools are given, each type as Spring AI describes it. */
final class ToolSchemas {

  private ToolSchemas() {}

  static String of(List<WasmToolParameter> parameters) {
    ObjectNode schema = JsonMapper.shared().createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (WasmToolParameter parameter : parameters) {
      properties.set(parameter.name(), property(parameter));
      if (parameter.required()) {
        required.add(parameter.name());
      }
    }
    schema.put("additionalProperties", false);
    return schema.toString();
  }

  private static ObjectNode property(WasmToolParameter parameter) {
    ObjectNode property = type(parameter);
    property.remove("$schema");
    if (!parameter.description().isEmpty()) {
      property.put("description", parameter.description());
    }
    return property;
  }

  private static ObjectNode type(WasmToolParameter parameter) {
    if (parameter.type() == byte[].class) {
      ObjectNode bytes = JsonMapper.shared().createObjectNode();
      return bytes.put("type", "string").put("contentEncoding", "base64");
    }
    JsonNode type =
        JsonMapper.shared().readTree(JsonSchemaGenerator.generateForType(parameter.type()));
    return (ObjectNode) type;
  }
}
