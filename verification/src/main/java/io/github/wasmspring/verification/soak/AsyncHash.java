package io.github.wasmspring.verification.soak;

import io.github.wasmspring.WasmModule;
import java.util.concurrent.CompletableFuture;

/** Hashes that come later. */
@WasmModule("hash")
interface AsyncHash {

  CompletableFuture<byte[]> sha512(byte[] data);

  CompletableFuture<Long> xxh3(byte[] data, long seed);
}
