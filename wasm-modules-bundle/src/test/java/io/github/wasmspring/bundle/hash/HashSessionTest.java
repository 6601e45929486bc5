package io.github.wasmspring.bundle.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hashes that are begun, fed and finished in a session. */
class HashSessionTest {

  private static final Hash JAVA = new Hash() {};

  private static WasmRuntime runtime;

  private WasmSession session;
  private IncrementalHash hash;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @BeforeEach
  void open() {
    this.session = runtime.manager().open("hash");
    this.hash = this.session.bind(IncrementalHash.class);
  }

  @AfterEach
  void close() {
    this.session.close();
  }

  @ParameterizedTest
  @EnumSource
  void piecesAnswerAsTheWholeDoes(HashAlgorithm algorithm) {
    Random random = new Random(20261120);
    for (int i = 0; i < 1_000; i++) {
      byte[] data = new byte[random.nextInt(i % 10 == 0 ? 10_000 : 600)];
      random.nextBytes(data);
      long seed = random.nextLong();
      int handle = algorithm.begin(this.hash, seed);
      feed(handle, data, random, 1 + random.nextInt(data.length + 1));
      assertThat(this.hash.finish(handle)).isEqualTo(algorithm.hash(JAVA, data, seed));
    }
  }

  @ParameterizedTest
  @EnumSource
  void piecesThatEndWithABlockAnswerAsTheWholeDoes(HashAlgorithm algorithm) {
    for (int piece : new int[] {1, 4, 16, 32, 64, 128, 1024}) {
      byte[] data = new byte[4096];
      Arrays.fill(data, (byte) piece);
      int handle = algorithm.begin(this.hash, piece);
      for (int at = 0; at < data.length; at += piece) {
        this.hash.update(handle, Arrays.copyOfRange(data, at, at + piece));
      }
      assertThat(this.hash.finish(handle)).isEqualTo(algorithm.hash(JAVA, data, piece));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingAtAllCanBeFinished(HashAlgorithm algorithm) {
    assertThat(this.hash.finish(algorithm.begin(this.hash, 5)))
        .isEqualTo(algorithm.hash(JAVA, new byte[0], 5));
  }

  @Test
  void manyHashesCanBeUnderWayAtOnce() {
    Random random = new Random(20261120);
    HashAlgorithm[] algorithms = HashAlgorithm.values();
    int[] handles = new int[150];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = algorithms[i % algorithms.length].begin(this.hash, i);
    }
    assertThat(handles).doesNotHaveDuplicates();
    byte[] data = new byte[5_000];
    random.nextBytes(data);
    for (int at = 0; at < data.length; at += 500) {
      for (int handle : handles) {
        this.hash.update(handle, Arrays.copyOfRange(data, at, at + 500));
      }
    }
    for (int i = 0; i < handles.length; i++) {
      HashAlgorithm algorithm = algorithms[i % algorithms.length];
      assertThat(this.hash.finish(handles[i])).isEqualTo(algorithm.hash(JAVA, data, i));
    }
  }

  @Test
  void oneShotOperationsLeaveHashesUnderWayAlone() {
    int handle = this.hash.sha512New();
    this.hash.update(handle, new byte[] {1});
    this.session.bind(Hash.class).sha512(new byte[1000]);
    this.hash.update(handle, new byte[] {2});
    assertThat(this.hash.finish(handle)).isEqualTo(JAVA.sha512(new byte[] {1, 2}));
  }

  @Test
  void aThousandLongHashesNeedNoMoreMemoryThanOne() {
    byte[] piece = new byte[100_000];
    long size = 0;
    for (int i = 0; i < 1_000; i++) {
      int handle = this.hash.blake3New();
      this.hash.update(handle, piece);
      this.hash.finish(handle);
      if (i == 0) {
        size = this.session.memory().size();
      }
    }
    assertThat(this.session.memory().size()).isEqualTo(size);
  }

  @Test
  void aHandleMeansNothingOnceItsHashIsFinished() {
    int handle = this.hash.crc32New();
    this.hash.finish(handle);
    refused(() -> this.hash.update(handle, new byte[1]));
    refused(() -> this.hash.finish(handle));
  }

  @Test
  void aHandleThatWasNeverGivenOutIsRefused() {
    for (int handle : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      refused(() -> this.hash.update(handle, new byte[1]));
      refused(() -> this.hash.finish(handle));
    }
    // And the session still works.
    nothingAtAllCanBeFinished(HashAlgorithm.BLAKE3);
  }

  @Test
  void whatASessionLeavesBehindIsGoneInTheNextOne() {
    int handle = this.hash.xxh64New(0);
    this.hash.update(handle, new byte[1000]);
    this.session.close();
    open();
    refused(() -> this.hash.finish(handle));
    assertThat(this.hash.xxh64New(0)).isEqualTo(handle);
  }

  private static void refused(Runnable call) {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(call::run)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("hash.handle"));
  }

  private void feed(int handle, byte[] data, Random random, int most) {
    int at = 0;
    while (at < data.length) {
      int end = Math.min(data.length, at + random.nextInt(most + 1));
      this.hash.update(handle, Arrays.copyOfRange(data, at, end));
      at = end;
    }
  }
}
