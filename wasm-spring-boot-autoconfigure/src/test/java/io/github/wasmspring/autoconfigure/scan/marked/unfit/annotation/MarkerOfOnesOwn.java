package io.github.wasmspring.autoconfigure.scan.marked.unfit.annotation;

import io.github.wasmspring.WasmModule;

@WasmModule("calc")
@interface MarkerOfOnesOwn {}
