package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmModule;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.PlaceholderResolutionException;

/** Resolves the placeholders in the attributes of a type's {@link WasmModule}. */
record MarkerText(PropertyResolver properties, Class<?> type) {

  static MarkerText of(BeanFactory beanFactory, Class<?> type) {
    return new MarkerText(
        beanFactory.getBean(
            ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class),
        type);
  }

  /** The id that the annotation names, placeholders and all; empty if it names none. */
  static String idOf(WasmModule marker) {
    return marker.value().isEmpty() ? marker.id() : marker.value();
  }

  /**
   * @throws WasmModuleDefinitionException if there is no such property and no default
   */
  String resolve(String attribute, String text) {
    try {
      return this.properties.resolveRequiredPlaceholders(text);
    } catch (PlaceholderResolutionException unknown) {
      throw new WasmModuleDefinitionException(
          "The %s in the @WasmModule of %s can't be resolved: %s"
              .formatted(attribute, this.type.getName(), unknown.getMessage()),
          "Set the property, or give the placeholder a default: ${name:default}.");
    }
  }

  /**
   * @throws WasmModuleDefinitionException if it can't be resolved, or is empty
   */
  String required(String attribute, String text) {
    String resolved = resolve(attribute, text);
    if (resolved.isEmpty()) {
      throw new WasmModuleDefinitionException(
          text.isEmpty()
              ? "%s is marked with @WasmModule and names no module.".formatted(this.type.getName())
              : "%s is marked with @WasmModule and names no module: the %s '%s' is empty."
                  .formatted(this.type.getName(), attribute, text),
          "Give the annotation an id: @WasmModule(\"…\").");
    }
    return resolved;
  }
}
