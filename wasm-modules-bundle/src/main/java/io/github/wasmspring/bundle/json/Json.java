package io.github.wasmspring.bundle.json;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import tools.jackson.databind.JsonNode;

/**
 * JSON as RFC 8259 has it: nothing more is accepted, nothing less. Numbers and strings stay exactly
 * as they were written, so that no digit and no escape is lost. Documents may be nested 1,000
 * levels deep; a leading byte order mark is dropped.
 *
 * <p>A document that can't be used is answered with a {@link WasmOperationException} whose code is
 * {@code json.syntax}, {@code json.depth}, {@code json.indent}, {@code json.pointer} or {@code
 * json.not-found}. Text with half a surrogate pair is refused with a {@link
 * WasmInvalidInputException}.
 */
@WasmModule("json")
public interface Json {

  /**
   * Lays a document out over lines.
   *
   * @param indent how many spaces a level is indented by, 0 to 16; with 0 the document is minified
   * @param sortKeys whether the members of every object are sorted by the code points of their
   *     names; members of the same name keep their order
   */
  default String format(String json, int indent, boolean sortKeys) {
    return JavaAnswers.of(() -> JavaJson.format(json, indent, sortKeys));
  }

  /** Takes all white space between the tokens of a document away. */
  default String minify(String json) {
    return JavaAnswers.of(() -> JavaJson.minify(json));
  }

  /** Says whether a document is valid, and if not, where and why; never fails on its content. */
  default JsonValidation validate(String json) {
    return JavaAnswers.of(() -> JavaJson.validate(json));
  }

  /**
   * Reads a document. Of members with the same name the last one counts. The tree is built by the
   * application's {@code JsonMapper}, whose limits apply beside the module's.
   */
  default JsonNode parse(String json) {
    return JavaAnswers.of(() -> JavaAnswers.tree(JavaJson.parse(json)));
  }

  /**
   * Finds a part of a document.
   *
   * @param pointer a JSON Pointer (RFC 6901), such as {@code /users/0/name}; the empty one stands
   *     for the whole document
   * @return the minified text of what is there; of members with the same name the last one counts
   */
  default String query(String json, String pointer) {
    return JavaAnswers.of(() -> JavaJson.query(json, pointer));
  }
}
