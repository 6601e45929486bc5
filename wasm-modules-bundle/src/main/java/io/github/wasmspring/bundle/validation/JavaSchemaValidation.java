package io.github.wasmspring.bundle.validation;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import io.github.wasmspring.WasmOperationException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the operations on schemas answer in Java, with the validator of networknt. */
final class JavaSchemaValidation {

  private JavaSchemaValidation() {}

  static SchemaReport validate(String schema, List<SchemaResource> others, String document) {
    try {
      return validate(compile(schema, others), document);
    } catch (StackOverflowError tooDeep) {
      throw new WasmOperationException(
          "validation.depth",
          "schemas are applied too deep inside one another; does a '$ref' lead back to itself?",
          null);
    }
  }

  static SchemaReport validate(Schema schema, String document) {
    JsonNode instance = JavaSchemaDocuments.read(document, "document");
    try {
      return JavaSchemaErrors.report(schema.validate(instance));
    } catch (SchemaException unusable) {
      throw JavaSchemas.malformed(unusable);
    }
  }

  static Schema compile(String schema, List<SchemaResource> others) {
    List<JsonNode> nodes = new ArrayList<>();
    for (SchemaResource other : others) {
      nodes.add(JavaSchemaDocuments.read(other.schema(), "schema"));
    }
    JsonNode root = JavaSchemaDocuments.read(schema, "schema");
    return JavaSchemas.of(root, others, nodes);
  }
}
