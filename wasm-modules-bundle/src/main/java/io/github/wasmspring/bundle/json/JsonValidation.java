package io.github.wasmspring.bundle.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Whether a document is valid JSON (RFC 8259), and if not where and why.
 *
 * @param valid whether the document is valid; if so the rest is {@code null}
 * @param line the line of the first thing wrong, from one; LF, CR and CRLF each end a line
 * @param column its column, from one, in Unicode code points
 * @param offset how many bytes of the document's UTF-8 form stand before it
 * @param message what is wrong, in a stable form that is safe to print
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonValidation(
    boolean valid,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable Integer offset,
    @Nullable String message) {

  private static final JsonValidation VALID = new JsonValidation(true, null, null, null, null);

  static JsonValidation ofValid() {
    return VALID;
  }

  static JsonValidation of(JsonFault fault) {
    return new JsonValidation(false, fault.line(), fault.column(), fault.offset(), fault.reason());
  }
}
