package io.github.wasmspring.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.bundle.crypto.Crypto;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.runtime.WasmRuntime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In adaptive mode answers are the same whoever gives them. */
class AdaptiveAnswersTest {

  private final WasmRuntime runtime = WasmRuntime.create();
  private final WasmRuntime modulesOnly = WasmRuntime.create();

  @BeforeEach
  void register() {
    for (WasmModuleProvider provider : ServiceLoader.load(WasmModuleProvider.class)) {
      provider
          .modules()
          .forEach(
              module -> {
                this.runtime.register(
                    module.toBuilder().executionMode(WasmExecutionMode.ADAPTIVE).build());
                this.modulesOnly.register(
                    module.toBuilder().executionMode(WasmExecutionMode.WASM).build());
              });
    }
  }

  @AfterEach
  void close() {
    this.runtime.close();
    this.modulesOnly.close();
  }

  private List<WasmAdaptiveRow> rows(String module, String operation) {
    return this.runtime.manager().status(module).get(0).adaptive().get(operation);
  }

  @Test
  void digestsAreThoseOfTheJdk() throws Exception {
    Crypto crypto = this.runtime.manager().bind(Crypto.class);
    MessageDigest judge = MessageDigest.getInstance("SHA-256");
    Random random = new Random(5);

    for (int i = 0; i < 20_000; i++) {
      byte[] data = new byte[random.nextInt(600)];
      random.nextBytes(data);
      assertThat(crypto.sha256(data)).isEqualTo(judge.digest(data));
    }

    assertThat(rows("crypto", "sha256"))
        .hasSizeGreaterThanOrEqualTo(3)
        .filteredOn(row -> row.calls() > 3000)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.wasmSamples()).isPositive();
              assertThat(row.javaSamples()).isPositive();
            });
  }

  /** The JDK takes a twentieth of the time, as it has instructions for it. */
  @Test
  void theQuickerSideIsFound() {
    Crypto crypto = this.runtime.manager().bind(Crypto.class);
    byte[] data = new byte[16 << 10];
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();

    do {
      crypto.sha256(data);
    } while (rows("crypto", "sha256").get(0).chosen() == WasmSource.WASM
        && System.nanoTime() < end);

    assertThat(rows("crypto", "sha256").get(0).chosen()).isEqualTo(WasmSource.JAVA);
  }

  @Test
  void formattedDocumentsAndTheirErrorsAreThoseOfTheModule() {
    Json adaptive = this.runtime.manager().bind(Json.class);
    Json module = this.modulesOnly.manager().bind(Json.class);
    Random random = new Random(7);

    for (int i = 0; i < 6_000; i++) {
      String document = document(random);
      assertThat(outcome(adaptive, document)).isEqualTo(outcome(module, document));
    }

    assertThat(rows("json", "format"))
        .extracting(WasmAdaptiveRow::javaSamples)
        .anyMatch(samples -> samples > 0);
  }

  private static String document(Random random) {
    String document =
        "{\"b\":[1,2.5e3,%d],\"a\":{\"text\":\"%x ü\",\"none\":null}}"
            .formatted(random.nextInt(), random.nextLong());
    return random.nextInt(5) == 0
        ? document.substring(0, random.nextInt(document.length()))
        : document;
  }

  private static String outcome(Json json, String document) {
    try {
      return json.format(document, 2, true);
    } catch (WasmOperationException error) {
      return error.code() + " at " + error.offset();
    } catch (WasmException other) {
      return other.toString();
    }
  }
}
