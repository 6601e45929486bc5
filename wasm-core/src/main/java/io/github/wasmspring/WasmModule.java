package io.github.wasmspring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an interface: a bean whose methods call the module of that id. An abstract method must have an
 * export; a default method with an export is that operation's Java fallback; a default method
 * without one is an ordinary Java method.
 *
 * <p>On a class or record that is not abstract: contributes a module to the registry; its methods
 * and fields marked {@link WasmImport} are the host functions and globals that the module may
 * import, its methods marked {@link WasmFallback} its Java fallbacks.
 *
 * <p>In an application of Spring, all attributes may have placeholders: <code>${name:default}
 * </code>.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WasmModule {

  /** The id of the module; the same as {@link #id()}. */
  String value() default "";

  /** The id of the module; the same as {@link #value()}. */
  String id() default "";

  /**
   * On an interface, the range of versions that will do, such as {@code ^1.2}; on a class, the
   * version that it contributes.
   */
  String version() default "";

  /**
   * On a class, where the module is: a {@code classpath:}, {@code file:} or {@code http(s):} URL.
   */
  String location() default "";

  /** On a class, the {@code sha256:} digest that the module must have. */
  String digest() default "";

  /**
   * On a class, the modules that the module depends on, each as its id and the range of versions
   * that will do, such as {@code mathlib@^1.2}; an id alone takes any version. What the module
   * imports from a module name that is one of these ids, it gets from that module.
   */
  String[] dependencies() default {};
}
