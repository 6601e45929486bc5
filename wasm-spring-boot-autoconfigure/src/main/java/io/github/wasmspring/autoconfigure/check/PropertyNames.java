package io.github.wasmspring.autoconfigure.check;

import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.autoconfigure.check.NamePart.Group;
import io.github.wasmspring.autoconfigure.check.NamePart.Indexed;
import io.github.wasmspring.autoconfigure.check.NamePart.Keyed;
import io.github.wasmspring.autoconfigure.check.NamePart.Value;
import java.beans.PropertyDescriptor;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;

/** Reads from the classes that properties are bound to which names there are. */
final class PropertyNames {

  private PropertyNames() {}

  /**
   * The names below {@code wasm}.
   *
   * @param types marked with {@link ConfigurationProperties}, each before those below its prefix
   */
  static Group of(List<Class<?>> types) {
    Map<String, NamePart> root = new LinkedHashMap<>();
    for (Class<?> type : types) {
      String prefix =
          Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class)).value();
      Map<String, NamePart> members = root;
      String[] elements = prefix.split("\\.");
      for (int i = 1; i < elements.length; i++) {
        Group below =
            (Group) members.computeIfAbsent(elements[i], name -> new Group(new LinkedHashMap<>()));
        members = below.members();
      }
      members.putAll(members(type));
    }
    return new Group(root);
  }

  private static Map<String, NamePart> members(Class<?> type) {
    Map<String, NamePart> members = new LinkedHashMap<>();
    for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
      Method getter = property.getReadMethod();
      if (getter != null && getter.getDeclaringClass() != Object.class) {
        members.put(
            DataObjectPropertyName.toDashedForm(property.getName()),
            part(ResolvableType.forMethodReturnType(getter)));
      }
    }
    return members;
  }

  private static NamePart part(ResolvableType type) {
    Class<?> raw = type.toClass();
    if (Map.class.isAssignableFrom(raw)) {
      return new Keyed(part(type.asMap().getGeneric(1)));
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return new Indexed(part(type.asCollection().getGeneric(0)));
    }
    return isGroup(raw) ? new Group(members(raw)) : new Value();
  }

  /** Those of ours may stand in a file of their own, where they are part of several. */
  private static boolean isGroup(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    boolean marked = outer != null && outer.isAnnotationPresent(ConfigurationProperties.class);
    return !type.isEnum() && (marked || isPartOfOurs(type.getNestHost()));
  }

  private static boolean isPartOfOurs(Class<?> type) {
    return type.getPackage() == WasmProperties.class.getPackage()
        && type.getSimpleName().endsWith("Properties");
  }
}
