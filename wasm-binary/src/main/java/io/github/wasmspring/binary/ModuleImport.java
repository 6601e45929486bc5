package io.github.wasmspring.binary;

/** What a module needs from outside. */
public record ModuleImport(String module, String name, ExternalType type) {}
