package io.github.wasmspring.sample;

import org.springframework.stereotype.Component;

/** Lets requests write {@code effort=small}. */
@Component
class CompressionEffortConverter extends EnumConverter<CompressionController.Effort> {

  CompressionEffortConverter() {
    super(CompressionController.Effort.class);
  }
}
