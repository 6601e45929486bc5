package io.github.wasmspring.internal.wasi;

import java.io.IOException;

/** What a function of WASI does; if nothing is thrown, it succeeds. */
@FunctionalInterface
interface WasiFunction {

  void call(WasiCall call) throws WasiError, IOException, InterruptedException;
}
