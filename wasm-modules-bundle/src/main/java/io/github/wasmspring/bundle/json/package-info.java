/**
 * The JSON module's Java side: what its operations answer where the module does not run.
 *
 * <p>The classes here answer byte for byte what {@code json.wasm} answers, errors included, and are
 * built like its Rust sources: a scanner validates the document in one pass and tells a handler
 * what it meets.
 */
@NullMarked
package io.github.wasmspring.bundle.json;

import org.jspecify.annotations.NullMarked;
