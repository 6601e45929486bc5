package io.github.wasmspring.bundle.validation;

/**
 * A part of a document that does not satisfy a keyword.
 *
 * @param instanceLocation where it stands in the document, a JSON Pointer (RFC 6901)
 * @param keywordLocation how validation came to the keyword, a JSON Pointer through the schema that
 *     goes on behind every {@code $ref} that was followed
 * @param keyword the keyword, or {@code false} where a schema allows nothing
 * @param message what was found and what was expected, for people
 */
public record SchemaViolation(
    String instanceLocation, String keywordLocation, String keyword, String message) {}
