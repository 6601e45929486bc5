package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;

/**
 * What makes code of bytes.
 *
 * @param cache where the code is kept
 * @param tiers how modules come from the interpreter to compiled code
 */
public record EngineSetup(WasmEngine engine, CompiledModuleCache cache, TierSettings tiers) {}
