package io.github.wasmspring.bundle.validation;

import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import io.github.wasmspring.WasmOperationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Visits all schemas in a schema that the meta-schema accepts; checks what that does not. */
final class JavaSchemaWalk {

  private static final Set<String> SCHEMAS =
      Set.of(
          "additionalProperties",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties",
          "allOf",
          "anyOf",
          "oneOf",
          "prefixItems",
          "$defs",
          "definitions",
          "dependentSchemas",
          "patternProperties",
          "properties",
          "dependencies");

  private static final Set<String> VOCABULARIES =
      Set.of(
          "core",
          "applicator",
          "unevaluated",
          "validation",
          "meta-data",
          "format-annotation",
          "content");

  private final Map<String, JsonNode> dialects;
  private final List<NodePath> references = new ArrayList<>();

  private JavaSchemaWalk(Map<String, JsonNode> dialects) {
    this.dialects = dialects;
  }

  /**
   * @throws WasmOperationException if a pattern or a dialect can't be used
   */
  static JavaSchemaWalk of(JsonNode schema, Map<String, JsonNode> dialects) {
    JavaSchemaWalk walk = new JavaSchemaWalk(dialects);
    walk.schema(schema, new NodePath(PathType.JSON_POINTER));
    return walk;
  }

  /** Where the schemas are that refer to others. */
  List<NodePath> references() {
    return this.references;
  }

  private void schema(JsonNode schema, NodePath path) {
    if (!schema.isObject()) {
      return;
    }
    checkDialect(schema, path);
    if (schema.has("$ref") || schema.has("$dynamicRef")) {
      this.references.add(path);
    }
    if (schema.has("pattern")) {
      checkPattern(schema.path("pattern").stringValue(), path.append("pattern"));
    }
    NodePath patterns = path.append("patternProperties");
    each(schema.path("patternProperties"), patterns, (name, at) -> checkPattern(name, at));
    for (String keyword : schema.propertyNames()) {
      if (SCHEMAS.contains(keyword)) {
        inside(keyword, schema.path(keyword), path.append(keyword));
      }
    }
  }

  /** A value may be a schema, an array or a map of them; arrays and maps of names are harmless. */
  private void inside(String keyword, JsonNode value, NodePath path) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        schema(value.get(i), path.append(i));
      }
    } else if (isMap(keyword)) {
      each(value, path, (name, at) -> schema(value.path(name), at));
    } else {
      schema(value, path);
    }
  }

  private static boolean isMap(String keyword) {
    return switch (keyword) {
      case "$defs",
          "definitions",
          "dependentSchemas",
          "patternProperties",
          "properties",
          "dependencies" ->
          true;
      default -> false;
    };
  }

  private static void each(JsonNode map, NodePath path, BiConsumer<String, NodePath> visitor) {
    for (String name : map.propertyNames()) {
      visitor.accept(name, path.append(name));
    }
  }

  private void checkDialect(JsonNode schema, NodePath path) {
    if (!schema.has("$schema") || path.getNameCount() > 0 && !schema.has("$id")) {
      return;
    }
    String dialect = JavaSchemas.withoutFragment(schema.path("$schema").stringValue());
    JsonNode meta = this.dialects.get(dialect);
    if (meta == null) {
      throw JavaSchemas.fault(path.append("$schema").toString(), "the dialect is not known");
    }
    for (String vocabulary : meta.path("$vocabulary").propertyNames()) {
      String name = vocabulary.replace(JavaSchemas.META + "vocab/", "");
      if (!VOCABULARIES.contains(name) && meta.path("$vocabulary").path(vocabulary).asBoolean()) {
        throw JavaSchemas.fault(
            "/$vocabulary", "a vocabulary that is required is not known: " + vocabulary);
      }
    }
  }

  private static void checkPattern(String pattern, NodePath path) {
    try {
      JavaSchemaPattern.of(pattern);
    } catch (WasmOperationException fault) {
      throw new WasmOperationException(
          fault.code(), "the schema is malformed at '" + path + "': " + fault.getMessage(), null);
    }
  }
}
