package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmModuleManager;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is called by its name.
 *
 * @param range of the versions of the module
 * @param byName whether an interface declares the operation, so that its arguments have names
 * @param answer the type of the answer, {@code null} for the one that is declared
 */
record OperationTool(
    WasmModuleManager manager,
    String module,
    String range,
    String operation,
    String name,
    String description,
    List<WasmToolParameter> parameters,
    boolean byName,
    @Nullable Type answer)
    implements WasmTool {

  @Override
  public @Nullable Object call(Map<String, Object> arguments, WasmToolRequest request) {
    OperationSpec call = this.manager.module(this.module, this.range).operation(this.operation);
    if (request.timeout() != null) {
      call.timeout(request.timeout());
    }
    if (request.tenant() != null) {
      call.tenant(request.tenant());
    }
    if (this.byName) {
      call.options(arguments);
    } else {
      call.arguments(
          this.parameters.stream().map(parameter -> arguments.get(parameter.name())).toArray());
    }
    Type type = this.answer == null ? Object.class : this.answer;
    return call.retrieve(type).value();
  }
}
