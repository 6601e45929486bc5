package io.github.wasmspring.internal.convention;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.impl.FailingDeserializer;
import tools.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;

/** Finds out, before there is an answer, whether any answer could be given as a type. */
final class ReadableTypes {

  private final DeserializationContext context;
  private final Set<JavaType> seen = new HashSet<>();

  private ReadableTypes(DeserializationContext context) {
    this.context = context;
  }

  /**
   * @return why no JSON can be read as the type, {@code null} if some can
   */
  static @Nullable String whyNot(DeserializationContext context, Type declared, JavaType type) {
    return hasVariable(declared)
        ? "nothing says what its type variable stands for"
        : new ReadableTypes(context).whyNot(type);
  }

  private static boolean hasVariable(Type type) {
    return type instanceof TypeVariable<?>
        || type instanceof GenericArrayType array && hasVariable(array.getGenericComponentType())
        || type instanceof ParameterizedType generic
            && Arrays.stream(generic.getActualTypeArguments()).anyMatch(ReadableTypes::hasVariable);
  }

  private @Nullable String whyNot(JavaType type) {
    if (!this.seen.add(type)) {
      return null;
    }
    try {
      return whyNot(type, this.context.findRootValueDeserializer(type));
    } catch (JacksonException | IllegalArgumentException unreadable) {
      return unreadable instanceof JacksonException known
          ? known.getOriginalMessage()
          : unreadable.getMessage();
    }
  }

  private @Nullable String whyNot(JavaType type, ValueDeserializer<?> reader) {
    if (reader instanceof AbstractDeserializer) {
      return "%s is %s, and nothing tells which class to make of it (@JsonTypeInfo would)"
          .formatted(type.toCanonical(), type.isInterface() ? "an interface" : "abstract");
    }
    if (reader instanceof UnsupportedTypeDeserializer || reader instanceof FailingDeserializer) {
      return "Jackson does not know how to read " + type.toCanonical();
    }
    if (reader instanceof BeanDeserializerBase bean) {
      return whyNot(type, bean);
    }
    if (reader instanceof ContainerDeserializerBase<?> container) {
      ValueDeserializer<?> content = container.getContentDeserializer();
      return content == null || !this.seen.add(type.getContentType())
          ? null
          : whyNot(type.getContentType(), content);
    }
    return type.isReferenceType() ? whyNot(type.getReferencedType()) : null;
  }

  private @Nullable String whyNot(JavaType type, BeanDeserializerBase bean) {
    if (!bean.getValueInstantiator().canInstantiate()) {
      return type.toCanonical() + " has no constructor that Jackson could use";
    }
    for (Iterator<SettableBeanProperty> needed = bean.creatorProperties(); needed.hasNext(); ) {
      SettableBeanProperty property = needed.next();
      String why =
          property.hasValueTypeDeserializer() || !this.seen.add(property.getType())
              ? null
              : whyNot(property.getType(), property.getValueDeserializer());
      if (why != null) {
        return "its '%s' can't be read: %s".formatted(property.getName(), why);
      }
    }
    return null;
  }
}
