package io.github.wasmspring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method: a host function that the module of this {@link WasmModule} class may import.
 * Parameters are {@code int}, {@code long}, {@code float}, {@code double} or {@code boolean}; a
 * first parameter of type {@link WasmCaller} gives the calling instance.
 *
 * <p>On a field of one of these types: a global that the module may import, one that can't be set
 * if the field is {@code final}, and one that can ({@code mut}) if it is not. Each instance has its
 * own, which begins with what the field holds when the instance is made; the field is never set.
 */
@Documented
@Target({ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface WasmImport {

  /** The name of the import; by default the name of the method or field in snake_case. */
  String value() default "";

  /** The module name of the import. */
  String module() default "env";
}
