package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmOperations;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.BeansException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.ReflectionUtils;

/** A {@link WasmImport} field as a global; its bean is looked up when an instance is made. */
final class ImportField implements LongSupplier {

  private final Field field;
  private final Supplier<Object> bean;

  private ImportField(Field field, Supplier<Object> bean) {
    this.field = field;
    this.bean = bean;
  }

  /**
   * @throws WasmModuleDefinitionException if a global can't hold what the field does
   */
  static WasmGlobalDefinition definition(Field field, WasmImport marker, Supplier<Object> bean) {
    WasmValueType type = ImportMethod.TYPES.get(field.getType());
    if (type == null) {
      throw new WasmModuleDefinitionException(
          "The @WasmImport field '%s' has the type %s, which no global of WebAssembly can hold."
              .formatted(field.toGenericString(), field.getType().getTypeName()),
          "Use int, long, float, double or boolean.");
    }
    ReflectionUtils.makeAccessible(field);
    return new WasmGlobalDefinition(
        marker.module(),
        marker.value().isEmpty() ? name(field.getName()) : marker.value(),
        new WasmGlobalType(type, !Modifier.isFinal(field.getModifiers())),
        new ImportField(field, bean));
  }

  /** Constants of Java have underscores already. */
  private static String name(String field) {
    return field.equals(field.toUpperCase(Locale.ROOT))
        ? field.toLowerCase(Locale.ROOT)
        : WasmOperations.snakeCase(field);
  }

  @Override
  public long getAsLong() {
    Object owner = Modifier.isStatic(this.field.getModifiers()) ? null : target(owner());
    Object value = Objects.requireNonNull(ReflectionUtils.getField(this.field, owner));
    return ImportMethod.toWasm(value)[0];
  }

  private Object owner() {
    try {
      return this.bean.get();
    } catch (BeansException failure) {
      throw new IllegalStateException(
          "the @WasmImport field '%s' can't be read, for its bean can't be made: %s"
              .formatted(
                  this.field.toGenericString(), NestedExceptionUtils.getMostSpecificCause(failure)),
          failure);
    }
  }

  /** The fields of a proxy are not those of what is behind it. */
  private static Object target(Object bean) {
    Object target = bean;
    while (target instanceof Advised proxy) {
      target = behind(proxy);
    }
    return target;
  }

  private static Object behind(Advised proxy) {
    try {
      @Nullable Object target = proxy.getTargetSource().getTarget();
      return Objects.requireNonNull(target, "There is nothing behind the proxy");
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
