package io.github.wasmspring.module;

import java.util.Collection;

/**
 * Brings modules along. Found by {@link java.util.ServiceLoader}, or as a bean. Must be quick: no
 * module is read here.
 */
@FunctionalInterface
public interface WasmModuleProvider {

  Collection<WasmModuleDescriptor> modules();
}
