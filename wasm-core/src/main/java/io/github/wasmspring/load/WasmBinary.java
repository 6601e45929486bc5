package io.github.wasmspring.load;

/**
 * The verified bytes of a module.
 *
 * @param bytes not to be changed by anybody
 * @param digest {@code sha256:} and 64 lower-case hexadecimal digits
 * @param location where they came from, for people to see: without what {@link
 *     io.github.wasmspring.module.ShownLocation} hides
 */
public record WasmBinary(byte[] bytes, String digest, String location) {}
