package io.github.wasmspring.pipeline;

import io.github.wasmspring.WasmSource;
import org.jspecify.annotations.Nullable;

/**
 * What a stage hands over.
 *
 * @param source who answered for a module, {@code null} if none was asked
 */
record StageAnswer(@Nullable Object value, @Nullable WasmSource source) {}
