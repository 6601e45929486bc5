package io.github.wasmspring.dashboard.view;

import java.util.Map;

/**
 * Something that happened.
 *
 * @param seq tells it from the others; a newer event with the same takes its place
 * @param at when, the last time
 * @param severity {@code info}, {@code warning} or {@code error}
 * @param module its id, {@code *} for all
 * @param text what happened, for people, to be read after the name of the module
 * @param count how often it has happened in a row
 */
public record EventView(
    long seq,
    long at,
    String type,
    String severity,
    String module,
    String version,
    String text,
    long count,
    Map<String, Object> details) {}
