package io.github.wasmspring.benchmarks.compare;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that a module does.
 *
 * @param name of the case, without {@code kernel.}
 * @param export of the module, called by hand
 * @param arguments for calling it by hand: {@code byte[]}, {@code float[]}, {@code double[]} and
 *     {@code String} cross as buffers, {@code Integer} and {@code Long} as they are
 * @param kind what it answers by hand
 * @param bean the bean's interface
 * @param fallback nothing but its default methods, which are the fallbacks in Java
 * @param call calls the bean, whose answer is of the same type as that by hand
 * @param plain what is compared, for answers that may differ, such as compressed bytes
 * @param exactly what the module itself answers to the byte, as {@link Answer} writes it; {@code
 *     null} if that is not known beforehand
 */
record Kernel<B>(
    String name,
    String module,
    String export,
    List<Object> arguments,
    Kind kind,
    Class<B> bean,
    B fallback,
    Function<B, Object> call,
    UnaryOperator<Object> plain,
    @Nullable String exactly) {

  Kernel(
      String name,
      String module,
      String export,
      List<Object> arguments,
      Kind kind,
      Class<B> bean,
      B fallback,
      Function<B, Object> call,
      UnaryOperator<Object> plain) {
    this(name, module, export, arguments, kind, bean, fallback, call, plain, null);
  }

  /** What a call comes to. */
  enum Kind {
    I32,
    I64,
    BYTES,
    TEXT,
    FLOATS,
    DOUBLES
  }

  /** What is compared of the answer that the fallback in Java gives. */
  String reference() {
    return fingerprint(this.call.apply(this.fallback));
  }

  /** What is compared of an answer. */
  String fingerprint(Object answer) {
    return Answer.of(this.plain.apply(answer));
  }

  /** Whether an engine may give this answer when it runs the module. */
  boolean isOfModule(Object answer) {
    return this.exactly == null || Answer.same(this.exactly, Answer.of(answer));
  }

  /** A number that only an answer like this gives, for as little work as possible. */
  static long digest(Object answer) {
    if (answer instanceof byte[] bytes) {
      return bytes.length + bytes[bytes.length - 1];
    }
    if (answer instanceof String text) {
      return text.length() + text.charAt(text.length() - 1);
    }
    if (answer instanceof float[] numbers) {
      return Float.floatToRawIntBits(numbers[numbers.length - 1]);
    }
    if (answer instanceof double[] numbers) {
      return Double.doubleToRawLongBits(numbers[numbers.length - 1]);
    }
    return ((Number) answer).longValue();
  }
}
