package io.github.wasmspring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A host function that the module of this {@link WasmModule} class may import. Parameters are
 * {@code int}, {@code long}, {@code float}, {@code double} or {@code boolean}; a first parameter of
 * type {@link WasmCaller} gives the calling instance.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WasmImport {

  /** The name of the import; by default the name of the method in snake_case. */
  String value() default "";

  /** The module name of the import. */
  String module() default "env";
}
