package io.github.wasmspring.autoconfigure.scan;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Several {@link WasmModuleScan}. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(WasmModuleScanRegistrar.class)
public @interface WasmModuleScans {

  WasmModuleScan[] value();
}
