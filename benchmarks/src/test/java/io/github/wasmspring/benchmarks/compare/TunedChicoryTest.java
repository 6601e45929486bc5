package io.github.wasmspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunedChicoryTest {

  /** One that is compiled when it is loaded, and one that was compiled at build time. */
  @ParameterizedTest
  @ValueSource(strings = {"calls", "json"})
  void aGuestHasTheMemoryOfThisRuntime(String module) {
    try (RawGuest guest = new TunedChicory().load(ModuleFile.named(module)).instantiate()) {
      int address = (int) guest.function("wasm_alloc").call(3);
      guest.write(address, new byte[] {1, 2, 3});
      assertThat(guest.read(address, 3)).containsExactly(1, 2, 3);
      assertThat(((ChicoryGuest) guest).instance().memory().getClass().getPackageName())
          .startsWith("io.github.wasmspring.engine");
    }
  }
}
