package io.github.wasmspring.autoconfigure.scan;

import java.util.Set;

/** Where one {@link WasmModuleScan} looks. */
record ScannedPackages(Set<String> names) {}
