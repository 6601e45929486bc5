package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.autoconfigure.WasmProperties.Module;
import io.github.wasmspring.internal.module.ModuleProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What properties say about single modules, by the ids of these. An environment variable can't tell
 * upper case or a dash, so {@code WASM_MODULES_COMPUTEPARALLEL_…} means {@code compute-parallel},
 * as it would for the name of a property.
 */
final class ModuleIdMapper {

  /** The spelling that keeps most of what an environment variable loses. */
  private static final Comparator<String> FULLEST =
      Comparator.comparingInt(String::length)
          .thenComparing(key -> !key.equals(key.toLowerCase(Locale.ROOT)));

  private final Collection<String> known;
  private final ListableBeanFactory beanFactory;

  /**
   * @param known ids of modules that do not come from properties
   */
  ModuleIdMapper(Collection<String> known, ListableBeanFactory beanFactory) {
    this.known = known;
    this.beanFactory = beanFactory;
  }

  Map<String, Module> byId(Map<String, Module> properties) {
    Map<String, Module> byId = new LinkedHashMap<>();
    properties.forEach(
        (key, module) -> {
          String id = id(key, properties.keySet());
          // Boot gives each spelling what all of them say, but only this one all variables.
          if (isUniform(key) || !byId.containsKey(id)) {
            byId.put(id, module);
          }
        });
    return byId;
  }

  /**
   * The id that is meant by one as it may be spelled.
   *
   * @param keys other ids that properties have
   */
  String id(String key, Collection<String> keys) {
    if (this.known.contains(key)) {
      return key;
    }
    List<String> meant = sameAs(key, this.known);
    if (meant.size() > 1) {
      throw new InvalidConfigurationPropertyValueException(
          ModuleProperty.of(key),
          null,
          "It could mean each of the modules " + meant + "; write the id as it is");
    }
    if (meant.isEmpty()) {
      meant = sameAs(key, idsOfInterfaces());
    }
    return meant.isEmpty() ? sameAs(key, keys).stream().max(FULLEST).orElse(key) : meant.get(0);
  }

  private static List<String> sameAs(String key, Collection<String> ids) {
    return ids.stream().distinct().filter(id -> uniform(id).equals(uniform(key))).toList();
  }

  private static boolean isUniform(String key) {
    return key.equals(uniform(key));
  }

  private static String uniform(String id) {
    return id.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private List<String> idsOfInterfaces() {
    List<String> ids = new ArrayList<>();
    for (String name : this.beanFactory.getBeanNamesForAnnotation(WasmModule.class)) {
      WasmModule marker = this.beanFactory.findAnnotationOnBean(name, WasmModule.class, false);
      ids.add(Objects.requireNonNull(marker).value() + marker.id());
    }
    return ids;
  }
}
