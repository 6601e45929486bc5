package io.github.wasmspring.autoconfigure.scan.marked.unfit.hosts;

import io.github.wasmspring.WasmHostFunctions;

@WasmHostFunctions
interface HostInterface {}
