package io.github.wasmspring.verification.soak;

import io.github.wasmspring.WasmModule;
import java.util.concurrent.CompletableFuture;

/** JSON that comes later. */
@WasmModule("json")
interface AsyncJson {

  CompletableFuture<String> minify(String json);
}
