package io.github.wasmspring.bundle.validation;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.resource.SchemaLoader;
import io.github.wasmspring.WasmOperationException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Makes a schema ready for networknt's validator, as strictly as the module does. */
final class JavaSchemas {

  static final String META = "https://json-schema.org/draft/2020-12/";

  private static final Schema META_SCHEMA =
      registry(Map.of()).getSchema(SchemaLocation.of(META + "schema"));

  private final SchemaRegistry registry;

  /** The meta-schemas that a {@code $schema} may name, by their URIs. */
  private final Map<String, JsonNode> dialects = new HashMap<>();

  private JavaSchemas(Map<String, String> others) {
    this.registry = registry(others);
  }

  /**
   * @param nodes the content of {@code others}
   */
  static Schema of(JsonNode root, List<SchemaResource> others, List<JsonNode> nodes) {
    Map<String, String> byUri = new HashMap<>();
    for (SchemaResource other : others) {
      byUri.put(withoutFragment(other.uri()), other.schema());
    }
    JavaSchemas schemas = new JavaSchemas(byUri);
    schemas.dialects.put(META + "schema", MissingNode.getInstance());
    for (int i = 0; i < nodes.size(); i++) {
      schemas.dialects.put(withoutFragment(others.get(i).uri()), nodes.get(i));
      schemas.dialects.put(withoutFragment(nodes.get(i).path("$id").asString("")), nodes.get(i));
    }
    schemas.dialects.remove("");
    try {
      return schemas.ready(root, others, nodes);
    } catch (SchemaException unusable) {
      throw malformed(unusable);
    }
  }

  private Schema ready(JsonNode root, List<SchemaResource> others, List<JsonNode> nodes) {
    JavaSchemaWalk walk = walk(root);
    for (int i = 0; i < nodes.size(); i++) {
      JavaSchemaWalk other = walk(nodes.get(i));
      resolve(this.registry.getSchema(SchemaLocation.of(others.get(i).uri())), other);
    }
    Schema schema = this.registry.getSchema(root);
    schema.initializeValidators();
    resolve(schema, walk);
    return schema;
  }

  private JavaSchemaWalk walk(JsonNode node) {
    List<Error> errors = META_SCHEMA.validate(node);
    if (!errors.isEmpty()) {
      Error first = errors.get(0);
      throw fault(first.getInstanceLocation().toString(), first.getMessage());
    }
    return JavaSchemaWalk.of(node, this.dialects);
  }

  /** Follows the references of all parts, also of those that no document may ever reach. */
  private static void resolve(Schema schema, JavaSchemaWalk walk) {
    if (!schema.getSchemaNode().isObject()) {
      return;
    }
    for (NodePath path : walk.references()) {
      part(schema, path).initializeValidators();
    }
  }

  private static Schema part(Schema schema, NodePath path) {
    return path.getNameCount() == 0 ? schema : schema.getSubSchema(path);
  }

  private static SchemaRegistry registry(Map<String, String> schemas) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .regularExpressionFactory(JavaSchemaPattern::of)
            .formatAssertionsEnabled(false)
            .locale(Locale.ENGLISH)
            .schemaIdValidator((id, root, location, resolved, context) -> true)
            .build();
    SchemaLoader loader =
        SchemaLoader.builder()
            .resourceLoaders(loaders -> loaders.resources(schemas))
            .block(uri -> !known(uri, schemas))
            .build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder -> builder.schemaRegistryConfig(config).schemaLoader(loader));
  }

  private static boolean known(AbsoluteIri uri, Map<String, String> schemas) {
    return uri.toString().startsWith(META) || schemas.containsKey(uri.toString());
  }

  static String withoutFragment(String uri) {
    int at = uri.indexOf('#');
    return at < 0 ? uri : uri.substring(0, at);
  }

  static WasmOperationException fault(String place, String reason) {
    return new WasmOperationException(
        "validation.schema", "the schema is malformed at '" + place + "': " + reason, null);
  }

  static WasmOperationException malformed(SchemaException unusable) {
    return new WasmOperationException(
        "validation.schema", "the schema is malformed: " + unusable.getMessage(), null);
  }
}
