package io.github.wasmspring.bundle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.bundle.ResponseFile;
import io.github.wasmspring.bundle.ResponseFile.Vector;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known ciphertexts, of the module and of its fallback. */
class AesVectorsTest {

  private static CryptoSides sides;

  @BeforeAll
  static void start() {
    sides = new CryptoSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  /** FIPS 197, C.1 and C.3: a single block, here as the counter that is encrypted. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          000102030405060708090a0b0c0d0e0f, 69c4e0d86a7b0430d8cdb78070b4c55a
          000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 8ea2b7ca516745bfeafc49904b496089
          """)
  void aBlockIsEncryptedAsTheStandardSays(String key, String expected) {
    for (Crypto crypto : sides.both) {
      assertThat(crypto.aesCtr(hex(key), hex("00112233445566778899aabbccddeeff"), new byte[16]))
          .isEqualTo(hex(expected));
    }
  }

  /** SP 800-38A, F.5.1, F.5.2, F.5.5 and F.5.6. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2b7e151628aed2a6abf7158809cf4f3c, 874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee
          603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6
          """)
  void counterModeAnswersAsTheStandardSays(String key, String ciphertext) {
    byte[] counter = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    byte[] plaintext =
        hex(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    for (Crypto crypto : sides.both) {
      assertThat(crypto.aesCtr(hex(key), counter, plaintext)).isEqualTo(hex(ciphertext));
      assertThat(crypto.aesCtr(hex(key), counter, hex(ciphertext))).isEqualTo(plaintext);
    }
  }

  /** NIST CAVP: of each combination of lengths with tags of 128 bits the first three vectors. */
  @ParameterizedTest
  @CsvSource({"gcmEncryptExtIV128.rsp", "gcmEncryptExtIV256.rsp"})
  void gcmEncryptsAsNistSays(String file) {
    List<Vector> vectors = ResponseFile.read(file, "Key");
    assertThat(vectors).hasSize(225);
    for (Vector vector : vectors) {
      for (Crypto crypto : sides.both) {
        assertThat(
                crypto.aesGcmEncrypt(
                    vector.bytes("Key"),
                    vector.bytes("IV"),
                    vector.bytes("AAD"),
                    vector.bytes("PT")))
            .isEqualTo(withTag(vector));
      }
    }
  }

  /** NIST CAVP: of each combination two vectors that are authentic and two that are not. */
  @ParameterizedTest
  @CsvSource({"gcmDecrypt128.rsp", "gcmDecrypt256.rsp"})
  void gcmDecryptsAsNistSays(String file) {
    List<Vector> vectors = ResponseFile.read(file, "Key");
    assertThat(vectors).hasSize(300);
    assertThat(vectors).filteredOn(vector -> vector.has("FAIL")).hasSize(150);
    for (Vector vector : vectors) {
      for (Crypto crypto : sides.both) {
        if (vector.has("FAIL")) {
          assertThatExceptionOfType(WasmOperationException.class)
              .isThrownBy(() -> decrypt(crypto, vector))
              .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("crypto.tag"));
        } else {
          assertThat(decrypt(crypto, vector)).isEqualTo(vector.bytes("PT"));
        }
      }
    }
  }

  private static byte[] decrypt(Crypto crypto, Vector vector) {
    return crypto.aesGcmDecrypt(
        vector.bytes("Key"), vector.bytes("IV"), vector.bytes("AAD"), withTag(vector));
  }

  private static byte[] withTag(Vector vector) {
    byte[] ciphertext = vector.bytes("CT");
    byte[] tag = vector.bytes("Tag");
    byte[] both = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
    System.arraycopy(tag, 0, both, ciphertext.length, tag.length);
    return both;
  }

  /**
   * Project Wycheproof: nonces that make the 32 bits that count flow over. The plaintext is 40
   * zeros.
   */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          7b95b8c356810a84711d68150a1b7750, 84d4c9c08b4f482861e3a9c6c35bc4d91df927374513bfd49f436bd73f325285daef4ff7e13d46a6, 213a3cb93855d18e69337eee66aeec07
          1a552e67cdc4dc1a33b824874ebf0bed, 948ca37a8e6649e88aeffb1c598f3607007702417ea0e0bc3c60ad5a949886de968cf53ea6462aed, 99b381bfa2af9751c39d1b6e86d1be6a
          99821c2dd5daecded07300f577f7aff1, 127af9b39ecdfc57bb11a2847c7c2d3d8f938f40f877e0c4af37d0fe9af033052bd537c4ae978f60, 07eb2fe4a958f8434d40684899507c7c
          5e4a3900142358d1c774d8d124d8d27d, 0cf6ae47156b14dce03c8a07a2e172b1127af9b39ecdfc57bb11a2847c7c2d3d8f938f40f877e0c4, f145c2dcaf339eede427be934357eac0
          """)
  void theCounterOfGcmFlowsOverWithin32Bits(String nonce, String ciphertext, String tag) {
    byte[] key = hex("00112233445566778899aabbccddeeff");
    for (Crypto crypto : sides.both) {
      assertThat(crypto.aesGcmEncrypt(key, hex(nonce), new byte[0], new byte[40]))
          .isEqualTo(hex(ciphertext + tag));
    }
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
