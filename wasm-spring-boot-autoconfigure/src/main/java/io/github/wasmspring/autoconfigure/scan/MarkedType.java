package io.github.wasmspring.autoconfigure.scan;

import io.github.wasmspring.WasmHostFunctions;
import io.github.wasmspring.WasmModule;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * A type that is to become a bean of a module.
 *
 * @param origin where it was found, for messages
 */
record MarkedType(Class<?> type, String origin) {

  /**
   * @throws WasmModuleDefinitionException if no bean can be made of it
   */
  MarkedType {
    String why = whyNoBean(type);
    if (why != null) {
      String marker = marker(type);
      throw new WasmModuleDefinitionException(
          "%s is marked with @%s, and %s; it is in %s."
              .formatted(type.getName(), marker, why, origin),
          "Put @%s on %s.".formatted(marker, remedy(type, marker)));
    }
  }

  private static String marker(Class<?> type) {
    return type.isAnnotationPresent(WasmModule.class)
        ? WasmModule.class.getSimpleName()
        : WasmHostFunctions.class.getSimpleName();
  }

  private static @Nullable String whyNoBean(Class<?> type) {
    if (type.isAnnotation()) {
      return "an annotation can't be a bean nor hand the mark on";
    }
    if (type.isEnum()) {
      return "an enum can't be a bean";
    }
    if (type.isInterface()) {
      return type.isAnnotationPresent(WasmModule.class)
          ? null
          : "an interface has no methods of its own to offer";
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return "an abstract class can't be a bean; those that extend it don't inherit the mark";
    }
    return type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
        ? "an inner class can't be a bean without an object of the class around it"
        : null;
  }

  private static String remedy(Class<?> type, String marker) {
    if (type.isMemberClass() && !Modifier.isAbstract(type.getModifiers()) && !type.isEnum()) {
      return "a static class, or make this one static";
    }
    return marker.equals(WasmModule.class.getSimpleName())
        ? "an interface whose methods call the module, or on a class or record that is not abstract"
        : "a class or record that is not abstract";
  }
}
