package io.github.wasmspring.channel;

import io.github.wasmspring.WasmTopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * What a route is, for its figures; module and operation are {@code null} if Java is the target.
 */
record RouteLabels(
    String name,
    WasmTopicPattern topics,
    @Nullable String module,
    @Nullable String operation,
    @Nullable String replyTo) {}
