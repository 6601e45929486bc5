package io.github.wasmspring.autoconfigure.scan;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Says where {@link io.github.wasmspring.WasmModule} types are looked for, instead of in the
 * packages of the application. Without packages, in the package of the class that carries it and
 * those below.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(WasmModuleScans.class)
@Import(WasmModuleScanRegistrar.class)
public @interface WasmModuleScan {

  /** The packages; the same as {@link #basePackages()}. */
  @AliasFor("basePackages")
  String[] value() default {};

  /** The packages; those below them are looked through as well. */
  @AliasFor("value")
  String[] basePackages() default {};

  /** Classes in the packages. */
  Class<?>[] basePackageClasses() default {};
}
