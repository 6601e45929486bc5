package io.github.wasmspring.adaptive;

import io.github.wasmspring.WasmSource;
import org.jspecify.annotations.Nullable;

/**
 * What adaptive execution knows of one operation with input of one size class.
 *
 * @param fromBytes the smallest input of the class
 * @param toBytes the largest input of the class, {@code null} if there is no largest one
 * @param chosen who answers at present: {@code WASM} or {@code JAVA}
 * @param wasmNanos what a call of the module costs, {@code null} if that is not known yet
 * @param javaNanos what a call of the Java fallback costs, {@code null} if that is not known yet
 * @param calls all calls in this mode
 * @param explored those of them that went to the side that was not chosen
 * @param wasmSamples answers of the module that were measured
 * @param javaSamples answers of the Java fallback that were measured
 * @param switches how often the chosen side has changed
 */
public record WasmAdaptiveRow(
    long fromBytes,
    @Nullable Long toBytes,
    WasmSource chosen,
    @Nullable Long wasmNanos,
    @Nullable Long javaNanos,
    long calls,
    long explored,
    long wasmSamples,
    long javaSamples,
    long switches) {}
