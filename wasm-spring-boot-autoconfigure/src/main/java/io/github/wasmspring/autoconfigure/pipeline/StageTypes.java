package io.github.wasmspring.autoconfigure.pipeline;

import io.github.wasmspring.autoconfigure.pipeline.WasmPipelineProperties.Branch;
import io.github.wasmspring.autoconfigure.pipeline.WasmPipelineProperties.Form;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Java types of what properties can only write as text. */
final class StageTypes {

  private final WasmModuleManager manager;

  StageTypes(WasmModuleManager manager) {
    this.manager = manager;
  }

  /** What an operation hands over: what the properties say, or what its interface declares. */
  Class<?> answer(Branch stage) {
    Form said = stage.getAnswer();
    if (said != null) {
      return said.type();
    }
    WasmOperation declared = declared(stage);
    if (declared == null) {
      throw new IllegalArgumentException(
          "No interface of the module '%s' declares '%s': say what it hands over (answer: text, bytes, number or any)"
              .formatted(stage.getModule(), stage.getOperation()));
    }
    return declared.returnType() instanceof Class<?> raw ? raw : Object.class;
  }

  /** Numbers and truths may be written as texts, where they are wanted. */
  Object option(Branch stage, String name, Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    WasmOperation declared = declared(stage);
    Type type =
        declared == null
            ? null
            : declared.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(WasmParameter::type)
                .findFirst()
                .orElse(null);
    return type == null || type == String.class || type == byte[].class
        ? text
        : read(text, "option '" + name + "'");
  }

  /** A value of the kind that the stage hands over. */
  Object fallback(Branch stage, String text) {
    Class<?> answer = stage.getFunction() == null ? answer(stage) : Object.class;
    if (answer == byte[].class) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return answer == String.class || answer == Object.class ? text : read(text, "fallback");
  }

  private static Object read(String text, String what) {
    try {
      return Objects.requireNonNull(JsonMapper.shared().readValue(text, Object.class));
    } catch (JacksonException | NullPointerException unfit) {
      throw new IllegalArgumentException("The %s can't be '%s'".formatted(what, text), unfit);
    }
  }

  private @Nullable WasmOperation declared(Branch stage) {
    String module = stage.getModule();
    if (module == null) {
      return null;
    }
    String range = stage.getVersion() == null ? WasmModuleManager.DEFAULT : stage.getVersion();
    return WasmOperations.of(this.manager.registry().get(module, range)).stream()
        .filter(each -> each.name().equals(stage.getOperation()))
        .findFirst()
        .orElse(null);
  }
}
