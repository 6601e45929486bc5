package io.github.wasmspring.bundle.crypto;

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

/** Digests that are begun, fed and finished in a session. */
class CryptoSessionTest {

  private static final Crypto JAVA = new Crypto() {};

  private static WasmRuntime runtime;

  private WasmSession session;
  private IncrementalDigest digests;

  enum Digest {
    SHA256 {
      @Override
      int begin(IncrementalDigest digests, byte[] key) {
        return digests.sha256New();
      }

      @Override
      byte[] of(byte[] key, byte[] data) {
        return JAVA.sha256(data);
      }
    },
    HMAC {
      @Override
      int begin(IncrementalDigest digests, byte[] key) {
        return digests.hmacSha256New(key);
      }

      @Override
      byte[] of(byte[] key, byte[] data) {
        return JAVA.hmacSha256(key, data);
      }
    },
    MD5 {
      @Override
      int begin(IncrementalDigest digests, byte[] key) {
        return digests.md5New();
      }

      @Override
      byte[] of(byte[] key, byte[] data) {
        return JAVA.md5(data);
      }
    };

    abstract int begin(IncrementalDigest digests, byte[] key);

    abstract byte[] of(byte[] key, byte[] data);
  }

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
    this.session = runtime.manager().open("crypto");
    this.digests = this.session.bind(IncrementalDigest.class);
  }

  @AfterEach
  void close() {
    this.session.close();
  }

  @ParameterizedTest
  @EnumSource
  void piecesAnswerAsTheWholeDoes(Digest digest) {
    Random random = new Random(20261121);
    for (int i = 0; i < 1_000; i++) {
      byte[] key = new byte[random.nextInt(150)];
      byte[] data = new byte[random.nextInt(i % 10 == 0 ? 10_000 : 400)];
      random.nextBytes(key);
      random.nextBytes(data);
      int handle = digest.begin(this.digests, key);
      int most = 1 + random.nextInt(data.length + 1);
      int end;
      for (int at = 0; at < data.length; at = end) {
        end = Math.min(data.length, at + random.nextInt(most + 1));
        this.digests.update(handle, Arrays.copyOfRange(data, at, end));
      }
      assertThat(this.digests.finish(handle)).isEqualTo(digest.of(key, data));
    }
  }

  @ParameterizedTest
  @EnumSource
  void piecesThatEndWithABlockAnswerAsTheWholeDoes(Digest digest) {
    for (int piece : new int[] {1, 8, 32, 55, 56, 63, 64, 65, 128}) {
      byte[] data = new byte[piece * 20];
      Arrays.fill(data, (byte) piece);
      int handle = digest.begin(this.digests, data);
      for (int at = 0; at < data.length; at += piece) {
        this.digests.update(handle, Arrays.copyOfRange(data, at, at + piece));
      }
      assertThat(this.digests.finish(handle)).isEqualTo(digest.of(data, data));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingAtAllCanBeFinished(Digest digest) {
    byte[] nothing = new byte[0];
    assertThat(this.digests.finish(digest.begin(this.digests, nothing)))
        .isEqualTo(digest.of(nothing, nothing));
  }

  @Test
  void manyDigestsCanBeUnderWayAtOnce() {
    Digest[] kinds = Digest.values();
    int[] handles = new int[150];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = kinds[i % kinds.length].begin(this.digests, new byte[i]);
    }
    assertThat(handles).doesNotHaveDuplicates();
    byte[] piece = new byte[100];
    for (int round = 0; round < 5; round++) {
      for (int handle : handles) {
        this.digests.update(handle, piece);
      }
    }
    for (int i = 0; i < handles.length; i++) {
      assertThat(this.digests.finish(handles[i]))
          .isEqualTo(kinds[i % kinds.length].of(new byte[i], new byte[500]));
    }
  }

  @Test
  void oneShotOperationsLeaveDigestsUnderWayAlone() {
    int handle = this.digests.hmacSha256New(new byte[32]);
    this.digests.update(handle, new byte[] {1});
    this.session
        .bind(Crypto.class)
        .aesGcmEncrypt(new byte[32], new byte[12], new byte[9], new byte[999]);
    this.digests.update(handle, new byte[] {2});
    assertThat(this.digests.finish(handle))
        .isEqualTo(JAVA.hmacSha256(new byte[32], new byte[] {1, 2}));
  }

  @Test
  void aHandleMeansNothingOnceItsDigestIsFinished() {
    int handle = this.digests.sha256New();
    this.digests.finish(handle);
    refused(() -> this.digests.update(handle, new byte[1]));
    refused(() -> this.digests.finish(handle));
  }

  @Test
  void aHandleThatWasNeverGivenOutIsRefused() {
    for (int handle : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      refused(() -> this.digests.update(handle, new byte[1]));
      refused(() -> this.digests.finish(handle));
    }
    // And the session still works.
    nothingAtAllCanBeFinished(Digest.SHA256);
  }

  @Test
  void whatASessionLeavesBehindIsGoneInTheNextOne() {
    int handle = this.digests.hmacSha256New(new byte[32]);
    this.digests.update(handle, new byte[1000]);
    this.session.close();
    open();
    refused(() -> this.digests.finish(handle));
    assertThat(this.digests.sha256New()).isEqualTo(handle);
  }

  private static void refused(Runnable call) {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(call::run)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("crypto.handle"));
  }
}
