package io.github.wasmspring.bundle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What calls leave behind. The same calls with other keys and data must leave the same memory, byte
 * for byte: then it says nothing about them. Looked at within a session, before any reset.
 */
class SecretsInMemoryTest {

  private static final Crypto JAVA = new Crypto() {};

  private static WasmRuntime runtime;

  enum Use {
    SHA256 {
      @Override
      void run(WasmSession session, Random secrets) {
        session.bind(Crypto.class).sha256(bytes(secrets, 1000));
      }
    },
    MD5 {
      @Override
      void run(WasmSession session, Random secrets) {
        session.bind(Crypto.class).md5(bytes(secrets, 1000));
      }
    },
    HMAC {
      @Override
      void run(WasmSession session, Random secrets) {
        session.bind(Crypto.class).hmacSha256(bytes(secrets, 32), bytes(secrets, 1000));
        session.bind(Crypto.class).hmacSha256(bytes(secrets, 100), bytes(secrets, 1000));
      }
    },
    HMAC_IN_PIECES {
      @Override
      void run(WasmSession session, Random secrets) {
        IncrementalDigest digests = session.bind(IncrementalDigest.class);
        int handle = digests.hmacSha256New(bytes(secrets, 32));
        digests.update(handle, bytes(secrets, 1000));
        digests.finish(handle);
      }
    },
    CTR {
      @Override
      void run(WasmSession session, Random secrets) {
        session
            .bind(Crypto.class)
            .aesCtr(bytes(secrets, 32), bytes(secrets, 16), bytes(secrets, 100_001));
      }
    },
    GCM {
      @Override
      void run(WasmSession session, Random secrets) {
        byte[] key = bytes(secrets, 32);
        byte[] nonce = bytes(secrets, 13);
        byte[] data = bytes(secrets, 5001);
        Crypto crypto = session.bind(Crypto.class);
        byte[] ciphertext = crypto.aesGcmEncrypt(key, nonce, data, data);
        assertThat(crypto.aesGcmDecrypt(key, nonce, data, ciphertext)).isEqualTo(data);
      }
    },
    FORGED_GCM {
      @Override
      void run(WasmSession session, Random secrets) {
        byte[] key = bytes(secrets, 16);
        byte[] data = bytes(secrets, 1000);
        byte[] ciphertext = JAVA.aesGcmEncrypt(key, key, key, data);
        ciphertext[7] ^= 1;
        Crypto crypto = session.bind(Crypto.class);
        assertThatExceptionOfType(WasmOperationException.class)
            .isThrownBy(() -> crypto.aesGcmDecrypt(key, key, key, ciphertext));
      }
    };

    abstract void run(WasmSession session, Random secrets);
  }

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftOfKeysAndData(Use use) {
    byte[] expected = memoryAfter(use, 1);
    for (int seed = 2; seed < 5; seed++) {
      // Compared as a boolean: the difference of megabytes is no help.
      assertThat(Arrays.equals(memoryAfter(use, seed), expected)).isTrue();
    }
  }

  private static byte[] memoryAfter(Use use, int seed) {
    try (WasmSession session = runtime.manager().open("crypto")) {
      use.run(session, new Random(seed));
      return session.memory().read(0, session.memory().size());
    }
  }

  /** That the comparison would see something: an unfinished code keeps what its key has become. */
  @Test
  void whatIsNotFinishedStaysUntilTheSessionEnds() {
    assertThat(memoryWithOpenHmac(1)).isEqualTo(memoryWithOpenHmac(1));
    assertThat(memoryWithOpenHmac(1)).isNotEqualTo(memoryWithOpenHmac(2));
    assertThat(memoryAfter(Use.MD5, 1)).isEqualTo(memoryAfter(Use.MD5, 2));
  }

  private static byte[] memoryWithOpenHmac(int seed) {
    try (WasmSession session = runtime.manager().open("crypto")) {
      session.bind(IncrementalDigest.class).hmacSha256New(bytes(new Random(seed), 32));
      return session.memory().read(0, session.memory().size());
    }
  }

  private static byte[] bytes(Random secrets, int length) {
    byte[] bytes = new byte[length];
    secrets.nextBytes(bytes);
    return bytes;
  }
}
