package io.github.wasmspring.engine.jvm;

/**
 * A tag, wherever it is known.
 *
 * @param instance which has it
 * @param identity see {@link Tags#identity}
 */
record TagAddress(JvmInstance instance, int identity) {}
