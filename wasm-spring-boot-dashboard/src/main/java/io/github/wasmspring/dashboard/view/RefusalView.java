package io.github.wasmspring.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * Why something was not done.
 *
 * @param status of the HTTP answer
 * @param code for programs
 * @param message for people
 * @param category of the {@link io.github.wasmspring.WasmException}, if it was one
 */
public record RefusalView(int status, String code, String message, @Nullable String category) {}
