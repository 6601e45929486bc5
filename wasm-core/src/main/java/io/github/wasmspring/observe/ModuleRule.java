package io.github.wasmspring.observe;

import java.util.stream.Stream;

/** Looks at one module for one thing. */
@FunctionalInterface
interface ModuleRule {

  Stream<WasmFinding> check(ModuleStats module);
}
