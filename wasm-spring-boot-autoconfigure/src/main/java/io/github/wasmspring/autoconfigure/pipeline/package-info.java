/** Auto-configuration of pipelines. */
@NullMarked
package io.github.wasmspring.autoconfigure.pipeline;

import org.jspecify.annotations.NullMarked;
