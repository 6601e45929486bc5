package io.github.wasmspring.autoconfigure.aot;

/** What a call by name answers. */
record Price(String currency, long cents) {}
