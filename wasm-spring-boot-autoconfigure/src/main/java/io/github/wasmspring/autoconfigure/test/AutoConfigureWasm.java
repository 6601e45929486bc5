package io.github.wasmspring.autoconfigure.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Put on a test of a slice of the application, such as {@code @WebMvcTest}, to have its {@link
 * io.github.wasmspring.WasmModule} types as real beans. Without it a slice has none of them, as it
 * has no services, and a test replaces those that it needs with {@code @MockitoBean}. A test of the
 * whole application, {@code @SpringBootTest}, has them anyway.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ImportAutoConfiguration
public @interface AutoConfigureWasm {}
