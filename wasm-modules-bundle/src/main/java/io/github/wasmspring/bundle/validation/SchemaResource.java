package io.github.wasmspring.bundle.validation;

/**
 * Another schema that the one to validate with may refer to.
 *
 * @param uri the absolute URI that it is found at; an {@code $id} in it counts beside
 * @param schema its text
 */
public record SchemaResource(String uri, String schema) {}
