package io.github.wasmspring.internal.code;

import java.util.Map;

/**
 * What an instance is prepared with.
 *
 * @param scripts sources by the names of their files, evaluated in this order
 * @param stack bytes of the guest's stack for it
 */
public record QuickJsLibrary(Map<String, String> scripts, int stack) {}
