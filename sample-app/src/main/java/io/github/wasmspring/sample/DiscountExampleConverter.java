package io.github.wasmspring.sample;

import org.springframework.stereotype.Component;

/** Lets requests write {@code /api/plugin/examples/five}. */
@Component
class DiscountExampleConverter extends EnumConverter<DiscountExample> {

  DiscountExampleConverter() {
    super(DiscountExample.class);
  }
}
