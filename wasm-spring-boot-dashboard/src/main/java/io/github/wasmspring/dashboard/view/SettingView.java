package io.github.wasmspring.dashboard.view;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a module, and who said so.
 *
 * @param name as properties name it
 * @param value for people
 * @param source {@code property}, {@code module} (its provider or a customizer) or {@code default}
 * @param property that says so
 * @param origin where that is written
 * @param set the property that would change it for this module
 */
public record SettingView(
    String group,
    String name,
    String value,
    boolean isDefault,
    String source,
    @Nullable String property,
    @Nullable String origin,
    String set) {}
