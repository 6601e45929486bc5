package io.github.wasmspring.dashboard.view;

/**
 * Whether all is well.
 *
 * @param enabled whether modules are run at all
 * @param engine what runs them
 * @param state {@code ok}, {@code attention} or {@code bad}
 * @param sentence the same for people
 */
public record OverviewView(
    boolean enabled, String engine, long startedAt, String state, String sentence) {}
