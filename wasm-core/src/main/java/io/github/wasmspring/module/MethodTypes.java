package io.github.wasmspring.module;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of an interface's methods, where those that it inherits from generic interfaces have
 * the types that it gave for their variables.
 */
final class MethodTypes {

  private static final String NULLABLE = "Nullable";

  private final Map<TypeVariable<?>, Type> given = new HashMap<>();

  MethodTypes(Class<?> type) {
    collect(type);
  }

  private void collect(Class<?> type) {
    for (Type parent : type.getGenericInterfaces()) {
      if (parent instanceof ParameterizedType generic) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        for (int i = 0; i < arguments.length; i++) {
          this.given.putIfAbsent(raw.getTypeParameters()[i], resolve(arguments[i]));
        }
        collect(raw);
      } else if (parent instanceof Class<?> raw) {
        collect(raw);
      }
    }
  }

  Type of(Parameter parameter) {
    return resolve(parameter.getParameterizedType());
  }

  /** What a method answers with, without what it has around it; {@code void.class} for nothing. */
  Type answerOf(Method method) {
    return answer(resolve(method.getGenericReturnType()));
  }

  private static Type answer(Type declared) {
    if (declared instanceof ParameterizedType generic && isWrapper(generic.getRawType())) {
      return answer(generic.getActualTypeArguments()[0]);
    }
    if (declared instanceof WildcardType wildcard) {
      return answer(wildcard.getUpperBounds()[0]);
    }
    if (isWrapper(declared)) {
      return Object.class;
    }
    return declared == Void.class ? void.class : declared;
  }

  /** Whether a method says, by an annotation, that its answer may be {@code null}. */
  static boolean mayAnswerNull(Method method) {
    AnnotatedType answer = method.getAnnotatedReturnType();
    boolean wrapped = false;
    while (answer instanceof AnnotatedParameterizedType generic
        && isWrapper(((ParameterizedType) generic.getType()).getRawType())) {
      answer = generic.getAnnotatedActualTypeArguments()[0];
      wrapped = true;
    }
    return isNullable(answer) || !wrapped && isNullable(method);
  }

  static boolean mayBeNull(Parameter parameter) {
    return isNullable(parameter.getAnnotatedType()) || isNullable(parameter);
  }

  private static boolean isNullable(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(each -> each.annotationType().getSimpleName().equals(NULLABLE));
  }

  private static boolean isWrapper(Type type) {
    return type instanceof Class<?> raw
        && (raw == io.github.wasmspring.WasmResult.class
            || CompletionStage.class.isAssignableFrom(raw)
            || Future.class.isAssignableFrom(raw)
            || raw.getName().equals("reactor.core.publisher.Mono"));
  }

  private Type resolve(Type type) {
    if (type instanceof TypeVariable<?> variable) {
      return this.given.getOrDefault(variable, variable);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] declared = generic.getActualTypeArguments();
      Type[] resolved = Arrays.stream(declared).map(this::resolve).toArray(Type[]::new);
      return Arrays.equals(declared, resolved)
          ? type
          : new Generic((Class<?>) generic.getRawType(), generic.getOwnerType(), resolved);
    }
    if (type instanceof GenericArrayType array) {
      Type element = resolve(array.getGenericComponentType());
      return element instanceof Class<?> raw
          ? Array.newInstance(raw, 0).getClass()
          : new GenericArray(element);
    }
    if (type instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 0) {
      Type bound = wildcard.getUpperBounds()[0];
      Type resolved = resolve(bound);
      return resolved.equals(bound) ? type : resolved;
    }
    return type;
  }

  /** A generic type with the arguments that it was given. */
  private record Generic(Class<?> raw, @Nullable Type owner, Type[] arguments)
      implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return this.arguments.clone();
    }

    @Override
    public Type getRawType() {
      return this.raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return this.owner;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType generic
          && this.raw.equals(generic.getRawType())
          && Arrays.equals(this.arguments, generic.getActualTypeArguments());
    }

    @Override
    public int hashCode() {
      return this.raw.hashCode() ^ Arrays.hashCode(this.arguments);
    }

    @Override
    public String toString() {
      return this.raw.getName()
          + Arrays.stream(this.arguments)
              .map(Type::getTypeName)
              .collect(Collectors.joining(", ", "<", ">"));
    }
  }

  private record GenericArray(Type element) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return this.element;
    }

    @Override
    public String toString() {
      return this.element.getTypeName() + "[]";
    }
  }
}
