package io.github.wasmspring.services;

import io.github.wasmspring.client.WasmCleanUp;

/**
 * What was let go of.
 *
 * @param modules of the modules
 * @param expired how many versions of entries of the agent memory had expired
 */
public record WasmServicesCleanUp(WasmCleanUp modules, int expired) {}
