package io.github.wasmspring.real;

import io.github.wasmspring.testing.TestEngines;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeAll;

/** The same parser as undici ships it for engines that have vectors. */
class LlhttpSimdTest extends LlhttpTest {

  private static final String MODULE = "llhttp_simd.wasm";

  @BeforeAll
  static void needsVectors() throws IOException {
    try (InputStream module =
        LlhttpSimdTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/undici/5.28.4/lib/llhttp/" + MODULE)) {
      TestEngines.assumeRuns(module.readAllBytes());
    }
  }

  @Override
  String module() {
    return MODULE;
  }
}
