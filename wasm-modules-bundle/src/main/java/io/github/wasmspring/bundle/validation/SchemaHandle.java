package io.github.wasmspring.bundle.validation;

/**
 * A schema that a session has compiled.
 *
 * @param handle what {@link SchemaSession#validateCompiled} wants; it means nothing in other
 *     sessions
 */
public record SchemaHandle(int handle) {}
