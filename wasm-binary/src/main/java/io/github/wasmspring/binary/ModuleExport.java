package io.github.wasmspring.binary;

/**
 * What a module gives.
 *
 * @param index among those of its kind, imported ones first
 */
public record ModuleExport(String name, ExternalType type, int index) {}
