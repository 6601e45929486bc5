package io.github.wasmspring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls an export once for each element of one or several lists, on one instance and with one
 * deadline, and answers with a list:
 *
 * <pre>{@code
 * @WasmBatch
 * @WasmExport("sha256")
 * List<byte[]> sha256All(List<byte[]> inputs);
 * }</pre>
 *
 * <p>Parameters of the type {@code List} give one argument to each call and have the same number of
 * elements, none of them {@code null}; all other parameters are the same for every call. The method
 * returns a {@code List} of the answers in the same order, {@code void}, or either of these in what
 * other methods may return. With {@code List<WasmResult<R>>} an element that the guest refuses does
 * not fail the others: its result has no value but a {@code failure}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WasmBatch {}
