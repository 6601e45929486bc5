package io.github.wasmspring.bundle.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The module against its fallback, which is the JDK and libraries but for BLAKE2b and FNV-1a. */
class HashModuleTest {

  private static final Hash JAVA = new Hash() {};

  private static WasmRuntime runtime;
  private static WasmSession session;
  private static Hash wasm;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    session = runtime.manager().open("hash");
    // Without any fallback, as always in a session.
    wasm = session.bind(Hash.class);
  }

  @AfterAll
  static void stop() {
    session.close();
    runtime.close();
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnRandomBytes(HashAlgorithm algorithm) {
    Random random = new Random(20261120);
    for (int i = 0; i < 10_000; i++) {
      agree(algorithm, random, random.nextInt(301));
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnEveryLengthOfAFewBlocks(HashAlgorithm algorithm) {
    Random random = new Random(20261121);
    for (int length = 0; length <= 3200; length++) {
      agree(algorithm, random, length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnLongInput(HashAlgorithm algorithm) {
    Random random = new Random(20261122);
    for (int length : new int[] {65_535, 65_536, 1 << 20, 3_000_001}) {
      agree(algorithm, random, length);
    }
  }

  /** Adler-32 adds up: its sums are largest there. */
  @ParameterizedTest
  @EnumSource
  void agreesWithTheFallbackOnHighBytesAlone(HashAlgorithm algorithm) {
    byte[] data = new byte[1_000_000];
    Arrays.fill(data, (byte) 0xff);
    assertThat(algorithm.hash(wasm, data, -1)).isEqualTo(algorithm.hash(JAVA, data, -1));
  }

  private static void agree(HashAlgorithm algorithm, Random random, int length) {
    byte[] data = new byte[length];
    random.nextBytes(data);
    long seed = random.nextInt(4) == 0 ? 0 : random.nextLong();
    byte[] expected = algorithm.hash(JAVA, data, seed);
    byte[] answer = algorithm.hash(wasm, data, seed);
    // An assertion describes itself, which would take longer than the hash.
    if (!Arrays.equals(expected, answer)) {
      assertThat(answer).as("%s of %d bytes, seed %d", algorithm, length, seed).isEqualTo(expected);
    }
  }

  @WasmModule("hash")
  interface Results {

    WasmResult<Long> xxh64(byte[] data, long seed);
  }

  @Test
  void pooledInstancesAnswerTheSameAgainAndAgain() {
    Results results = runtime.manager().bind(Results.class);
    byte[] data = new byte[100_000];
    for (int i = 0; i < 100; i++) {
      WasmResult<Long> result = results.xxh64(data, i);
      assertThat(result.source()).hasToString("WASM");
      assertThat(result.value()).isEqualTo(JAVA.xxh64(data, i));
    }
  }

  @Test
  void canBeCalledByName() {
    byte[] data = {1, 2, 3};
    WasmResult<Long> result = runtime.manager().execute("hash", "xxh3", data, Map.of("seed", 7));
    assertThat(result.value()).isEqualTo(JAVA.xxh3(data, 7));
  }
}
