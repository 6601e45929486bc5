package io.github.wasmspring.observe;

import io.github.wasmspring.WasmSeverity;
import org.jspecify.annotations.Nullable;

/**
 * Something that costs speed or answers, and what to do about it.
 *
 * @param rule what was looked at, e.g. {@code rejected-callers}
 * @param module the id of the module, {@code null} for all of them
 * @param measured what was seen, with figures
 * @param why why that matters
 * @param change what to change, with property and value
 * @param documentation the URL of the page that tells more
 */
public record WasmFinding(
    String rule,
    WasmSeverity severity,
    @Nullable String module,
    String measured,
    String why,
    String change,
    String documentation) {}
