package io.github.wasmspring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a class: its methods marked {@link WasmImport} are host functions that the application offers
 * to all modules. A module gets those that {@code wasm.modules.<id>.imports} names.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WasmHostFunctions {}
