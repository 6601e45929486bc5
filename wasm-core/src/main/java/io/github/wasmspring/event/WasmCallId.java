package io.github.wasmspring.event;

/** Which operation of which module; one object per operation, made once. */
public record WasmCallId(String module, String version, String operation) {}
