/** Failures of modules as answers over HTTP. */
@NullMarked
package io.github.wasmspring.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
