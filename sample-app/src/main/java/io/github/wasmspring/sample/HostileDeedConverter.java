package io.github.wasmspring.sample;

import org.springframework.stereotype.Component;

/** Lets requests write {@code /api/hostile/loop}. */
@Component
class HostileDeedConverter extends EnumConverter<HostileDeed> {

  HostileDeedConverter() {
    super(HostileDeed.class);
  }
}
