package io.github.wasmspring.bundle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.bundle.BundledModules;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The module with 256 KB of memory. */
class CryptoMemoryLimitTest {

  private static final byte[] KEY = new byte[16];

  private WasmRuntime runtime;
  private WasmSession session;
  private Crypto crypto;

  @BeforeEach
  void open() {
    this.runtime = WasmRuntime.create().register(small());
    this.session = this.runtime.manager().open("crypto");
    this.crypto = this.session.bind(Crypto.class);
  }

  private static WasmModuleDescriptor small() {
    return new BundledModules()
        .modules().stream()
            .filter(module -> module.id().equals("crypto"))
            .findFirst()
            .orElseThrow()
            .toBuilder()
            .settings(settings -> settings.limits(limits -> limits.memory(256 << 10)))
            .build();
  }

  @AfterEach
  void close() {
    this.session.close();
    this.runtime.close();
  }

  @Test
  void anAnswerThatFindsNoRoomIsRefused() {
    byte[] data = new byte[150_000];
    refused(() -> this.crypto.aesCtr(KEY, KEY, data));
    refused(() -> this.crypto.aesGcmEncrypt(KEY, KEY, KEY, data));
    refused(() -> this.crypto.aesGcmDecrypt(KEY, KEY, KEY, data));
    // What needs no room for it is answered.
    assertThat(this.crypto.sha256(data)).hasSize(32);
    assertThat(this.crypto.aesCtr(KEY, KEY, new byte[80_000])).hasSize(80_000);
  }

  @Test
  void argumentsThatFindNoRoomAreRefusedByTheHost() {
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.crypto.sha256(new byte[300_000]))
        .satisfies(
            failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.MEMORY_LIMIT));
  }

  private static void refused(Runnable call) {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(call::run)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("crypto.memory"));
  }
}
