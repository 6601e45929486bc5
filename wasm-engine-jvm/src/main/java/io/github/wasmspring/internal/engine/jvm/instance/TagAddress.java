package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.internal.engine.jvm.module.Tags;

/**
 * A tag, wherever it is known.
 *
 * @param instance which has it
 * @param identity see {@link Tags#identity}
 */
record TagAddress(JvmInstance instance, int identity) {}
