package io.github.wasmspring.autoconfigure.ai;

import java.lang.reflect.Type;
import java.util.Objects;

/**
 * What a tool is given.
 *
 * @param type the Java type that the value becomes; {@code byte[]} is base64 for the model
 * @param description for the model, may be empty
 * @param required whether the model has to give it
 */
public record WasmToolParameter(String name, Type type, String description, boolean required) {

  public WasmToolParameter {
    Objects.requireNonNull(name, "A parameter has a name");
    Objects.requireNonNull(type, "A parameter has a type");
  }
}
