/**
 * WASI preview 1 as guests see it: closed but for what {@link
 * io.github.wasmspring.module.WasiSettings} opens. Knows no engine: its functions are host
 * functions like those of an application.
 */
@NullMarked
package io.github.wasmspring.internal.wasi;

import org.jspecify.annotations.NullMarked;
