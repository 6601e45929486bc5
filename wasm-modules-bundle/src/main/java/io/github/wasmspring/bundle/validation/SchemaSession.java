package io.github.wasmspring.bundle.validation;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;
import java.util.List;

/**
 * Validation of many documents against schemas that are read once. For {@link WasmSession#bind} on
 * a session of the module {@code validation} alone, for compiled schemas live in the memory of one
 * instance:
 *
 * <pre>{@code
 * try (WasmSession session = manager.open("validation")) {
 *   SchemaSession schemas = session.bind(SchemaSession.class);
 *   int handle = schemas.compileSchema(schema, List.of()).handle();
 *   for (String document : documents) {
 *     SchemaReport report = schemas.validateCompiled(handle, document);
 *   }
 * }
 * }</pre>
 *
 * <p>Closing the session drops all schemas. There is no Java fallback. Answers and errors are those
 * of {@link Validation}.
 */
public interface SchemaSession {

  /**
   * Reads and checks a schema, and the others that it may refer to.
   *
   * @throws WasmOperationException {@code validation.schema} and the like if it can't be used
   */
  SchemaHandle compileSchema(String schema, List<SchemaResource> others);

  /**
   * Validates a document.
   *
   * @param handle from {@link #compileSchema} of the same session
   * @throws WasmOperationException {@code validation.handle} if there is no such schema
   */
  SchemaReport validateCompiled(int handle, String document);

  /**
   * Forgets a schema before the session ends.
   *
   * @throws WasmOperationException {@code validation.handle} if there is no such schema
   */
  void releaseSchema(int handle);
}
