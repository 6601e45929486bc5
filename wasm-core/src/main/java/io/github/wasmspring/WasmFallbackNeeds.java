package io.github.wasmspring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The library without which a Java fallback, a default method or a {@link WasmFallback} method,
 * can't answer. Where it is not on the class path the operation is one without a fallback, and
 * whoever misses the fallback is told which dependency to add.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WasmFallbackNeeds {

  /** The dependency to add, as {@code group:artifact}. */
  String value();

  /** The full name of a class of it. */
  String type();
}
