package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import org.springframework.stereotype.Component;

/** Lets requests write {@code mode=java}. */
@Component
class ExecutionModeConverter extends EnumConverter<WasmExecutionMode> {

  ExecutionModeConverter() {
    super(WasmExecutionMode.class);
  }
}
