package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmFallback;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ReflectionUtils;

/**
 * What a {@link WasmModule} class contributes: a module of its own if it says a location, else host
 * functions, globals and fallbacks for a module that comes from elsewhere.
 */
public final class ModuleClass {

  private static final String ANY_VERSION = "*";

  private final Class<?> type;
  private final String id;
  private final String version;
  private final String location;
  private final String digest;
  private final Map<String, String> dependencies = new LinkedHashMap<>();
  private final List<WasmImportDefinition> imports = new ArrayList<>();
  private final List<WasmGlobalDefinition> globals = new ArrayList<>();
  private final Map<String, WasmJavaFallback> fallbacks = new LinkedHashMap<>();

  /**
   * @param bean gives the object whose methods are called
   * @param properties know what the placeholders in the annotation stand for
   * @throws WasmModuleDefinitionException if the class can't be used as it is
   */
  ModuleClass(Class<?> type, Supplier<Object> bean, PropertyResolver properties) {
    this.type = type;
    WasmModule marker = type.getAnnotation(WasmModule.class);
    MarkerText text = new MarkerText(properties, type);
    this.id = text.required("id", MarkerText.idOf(marker));
    this.version = text.resolve("version", marker.version());
    this.location = text.resolve("location", marker.location());
    this.digest = text.resolve("digest", marker.digest());
    for (String dependency : marker.dependencies()) {
      addDependency(text.resolve("dependencies", dependency));
    }
    annotated(WasmImport.class)
        .forEach(
            (method, imported) ->
                this.imports.add(ImportMethod.definition(method, imported, bean)));
    ReflectionUtils.doWithFields(
        type,
        field ->
            this.globals.add(
                ImportField.definition(field, field.getAnnotation(WasmImport.class), bean)),
        field -> field.isAnnotationPresent(WasmImport.class));
    annotated(WasmFallback.class)
        .forEach((method, fallback) -> addFallback(method, fallback, bean));
  }

  /** Behind the id stands the range, as npm has it. */
  private void addDependency(String dependency) {
    int at = dependency.indexOf('@');
    String needed = (at < 0 ? dependency : dependency.substring(0, at)).strip();
    String range = at < 0 ? ANY_VERSION : dependency.substring(at + 1).strip();
    if (needed.isEmpty()) {
      throw new WasmModuleDefinitionException(
          "A dependency in the @WasmModule of %s names no module: '%s'."
              .formatted(this.type.getName(), dependency),
          "Write the id of the module and the range of versions that will do: \"mathlib@^1.2\".");
    }
    this.dependencies.put(needed, range);
  }

  private <A extends Annotation> Map<Method, A> annotated(Class<A> annotation) {
    return MethodIntrospector.selectMethods(
        this.type, (MetadataLookup<A>) method -> method.getAnnotation(annotation));
  }

  private void addFallback(Method method, WasmFallback marker, Supplier<Object> bean) {
    String operation = marker.value().isEmpty() ? method.getName() : marker.value();
    if (this.fallbacks.put(operation, new FallbackMethod(method, bean)) != null) {
      throw new WasmModuleDefinitionException(
          "The class %s has two @WasmFallback methods for the operation '%s'."
              .formatted(this.type.getName(), operation),
          "Keep one of them, or name the operation of the other: @WasmFallback(\"…\").");
    }
  }

  public Class<?> type() {
    return this.type;
  }

  /** The id of the module. */
  public String id() {
    return this.id;
  }

  /** Whether it brings a module along, and not only methods for one. */
  public boolean hasLocation() {
    return !this.location.isEmpty();
  }

  /** Whether its methods are meant for that version of that module. */
  public boolean augments(WasmModuleDescriptor module) {
    return !hasLocation()
        && module.id().equals(this.id)
        && (this.version.isEmpty() || module.version().equals(this.version));
  }

  /** Whether the module has the methods of this class, be it that the class brings it along. */
  boolean contributesTo(WasmModuleDescriptor module) {
    return module.fallbacks().values().stream().anyMatch(this.fallbacks::containsValue);
  }

  /** The operations that it has fallbacks for. */
  Set<String> fallbacks() {
    return Collections.unmodifiableSet(this.fallbacks.keySet());
  }

  /** The module that it brings along. */
  public WasmModuleDescriptor descriptor() {
    WasmModuleDescriptor.Builder builder =
        WasmModuleDescriptor.builder(this.id)
            .location(this.location)
            .classLoader(this.type.getClassLoader());
    if (!this.version.isEmpty()) {
      builder.version(this.version);
    }
    if (!this.digest.isEmpty()) {
      builder.digest(this.digest);
    }
    return augment(builder).build();
  }

  /** The module with the methods of this class. */
  public WasmModuleDescriptor augment(WasmModuleDescriptor module) {
    return augment(module.toBuilder()).build();
  }

  private void depend(WasmModuleDescriptor.Builder builder, String needed, String range) {
    try {
      builder.dependency(needed, range);
    } catch (IllegalArgumentException unreadable) {
      throw new WasmModuleDefinitionException(
          "A dependency in the @WasmModule of %s can't be read: %s."
              .formatted(this.type.getName(), unreadable.getMessage()),
          "Write the id of the module and the range of versions that will do: \"mathlib@^1.2\".");
    }
  }

  private WasmModuleDescriptor.Builder augment(WasmModuleDescriptor.Builder builder) {
    builder.imports(this.imports.toArray(WasmImportDefinition[]::new));
    builder.globals(this.globals.toArray(WasmGlobalDefinition[]::new));
    this.fallbacks.forEach(builder::fallback);
    this.dependencies.forEach((needed, range) -> depend(builder, needed, range));
    return builder;
  }
}
