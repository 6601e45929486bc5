package io.github.wasmspring.pipeline;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.module.WasmParameter;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known to be wrong before a pipeline runs. */
final class StageChecks {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private StageChecks() {}

  static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' can't be the name of a pipeline or a stage, which has 1 to 64 letters, digits, dashes and underscores"
              .formatted(name));
    }
    return name;
  }

  /** A type as values have it. */
  static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /** What is skipped hands over what it was given. */
  static void skip(String stage, WasmStage<?, ?> said, Class<?> given, Class<?> answer) {
    if (said.skipped && said.fallback == null && !boxed(answer).isAssignableFrom(boxed(given))) {
      throw new IllegalArgumentException(
          "The stage '%s' can't be skipped: it is given a %s, and the next one wants a %s; say what stands in for it (fallback)"
              .formatted(stage, given.getSimpleName(), answer.getSimpleName()));
    }
  }

  /**
   * Types and options of an operation that an interface declares.
   *
   * @param given {@code null} where that is not known
   */
  static void operation(
      String stage,
      WasmModuleManager manager,
      String module,
      String name,
      @Nullable Class<?> given,
      Class<?> answer,
      WasmStage<?, ?> said) {
    WasmModuleDescriptor descriptor = manager.registry().get(module, said.range);
    WasmOperation declared =
        WasmOperations.of(descriptor).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElse(null);
    if (declared == null) {
      return;
    }
    List<WasmParameter> parameters = declared.parameters();
    String what = declared.describe();
    for (String option : said.options.keySet()) {
      require(
          parameters.stream().skip(1).anyMatch(each -> each.name().equals(option)),
          "The stage '%s' gives an option '%s' that %s does not have"
              .formatted(stage, option, what));
    }
    require(
        !parameters.isEmpty(),
        "The stage '%s' has something to hand over, and %s takes nothing".formatted(stage, what));
    if (given != null) {
      require(
          fits(given, parameters.get(0).type()),
          "The stage '%s' is given a %s, and %s of the module '%s' takes something else"
              .formatted(stage, given.getSimpleName(), what, module));
    }
    require(
        fits(answer, declared.returnType()),
        "The stage '%s' is to hand over a %s, and %s of the module '%s' does not"
            .formatted(stage, answer.getSimpleName(), what, module));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    NOTHING,
    /** What JSON can be, or what nobody knows. */
    OTHER
  }

  /** Texts and bytes become each other, and so do numbers; records and maps go through JSON. */
  private static boolean fits(Class<?> one, Type other) {
    Kind left = kind(one);
    Kind right = other instanceof Class<?> raw ? kind(raw) : Kind.OTHER;
    return left == right || left == Kind.OTHER && right != Kind.NOTHING || right == Kind.OTHER;
  }

  private static Kind kind(Class<?> type) {
    Class<?> boxed = boxed(type);
    if (CharSequence.class.isAssignableFrom(boxed) || boxed == byte[].class) {
      return Kind.TEXT;
    }
    if (Number.class.isAssignableFrom(boxed)) {
      return Kind.NUMBER;
    }
    if (boxed == Boolean.class) {
      return Kind.TRUTH;
    }
    return boxed == Void.class ? Kind.NOTHING : Kind.OTHER;
  }
}
