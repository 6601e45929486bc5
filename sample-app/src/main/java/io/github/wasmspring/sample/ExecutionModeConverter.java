package io.github.wasmspring.sample;

import io.github.wasmspring.WasmExecutionMode;
import java.util.Locale;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Lets requests write {@code mode=java}. */
@Component
class ExecutionModeConverter implements Converter<String, WasmExecutionMode> {

  @Override
  public WasmExecutionMode convert(String mode) {
    return WasmExecutionMode.valueOf(mode.toUpperCase(Locale.ROOT));
  }
}
