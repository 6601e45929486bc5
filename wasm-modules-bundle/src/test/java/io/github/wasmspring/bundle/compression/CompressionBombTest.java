package io.github.wasmspring.bundle.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Little input that becomes much: it ends at the size that is asked for, or at the memory limit.
 */
class CompressionBombTest {

  private static final Compression JAVA = new Compression() {};
  private static final int UNPACKED = 64 << 20;
  private static final long MEMORY = 16 << 20;

  private static final long BUDGET = MEMORY + (1 << 20);
  private WasmRuntime runtime;
  private Compression compression;

  @BeforeEach
  void start() {
    this.runtime = WasmRuntime.builder().memoryBudget(BUDGET).build();
    ServiceLoader.load(WasmModuleProvider.class).stream()
        .flatMap(provider -> provider.get().modules().stream())
        .filter(module -> module.id().equals("compression"))
        .map(CompressionBombTest::limited)
        .forEach(this.runtime::register);
    this.compression = this.runtime.manager().bind(Compression.class);
  }

  private static WasmModuleDescriptor limited(WasmModuleDescriptor module) {
    return module.toBuilder()
        .settings(settings -> settings.limits(limits -> limits.memory(MEMORY)))
        .executionMode(WasmExecutionMode.WASM)
        .build();
  }

  @AfterEach
  void stop() {
    this.runtime.close();
  }

  @ParameterizedTest
  @EnumSource
  void aBombEndsAtTheSizeThatIsAskedFor(CompressionCodec codec) {
    byte[] bomb = codec.compress(JAVA, new byte[UNPACKED], 1);

    assertRefused("compression.limit", codec, bomb, 1 << 20);
  }

  @ParameterizedTest
  @EnumSource
  void aBombEndsAtTheMemoryLimit(CompressionCodec codec) {
    byte[] bomb = codec.compress(JAVA, new byte[UNPACKED], 1);

    assertRefused("compression.memory", codec, bomb, Integer.MAX_VALUE);
  }

  @Test
  void aBombInABombIsUnpackedOneAtATime() {
    byte[] packed = new byte[UNPACKED];
    int layers = 4;
    for (int i = 0; i < layers; i++) {
      packed = JAVA.gzip(packed, 9);
    }
    for (int i = 0; i < layers - 1; i++) {
      packed = this.compression.gunzip(packed, 1 << 20);
    }

    assertRefused("compression.limit", CompressionCodec.GZIP, packed, 1 << 20);
  }

  private void assertRefused(String code, CompressionCodec codec, byte[] bomb, int maxSize) {
    Throwable thrown = catchThrowable(() -> codec.decompress(this.compression, bomb, maxSize));

    assertThat(thrown)
        .isInstanceOfSatisfying(
            WasmOperationException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    assertThat(this.runtime.usedMemory()).isLessThanOrEqualTo(BUDGET);
    byte[] data = new byte[10_000];
    new Random(1).nextBytes(data);
    assertThat(codec.decompress(this.compression, codec.compress(JAVA, data, 1), data.length))
        .isEqualTo(data);
  }
}
