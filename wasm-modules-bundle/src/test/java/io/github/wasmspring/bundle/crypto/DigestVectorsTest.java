package io.github.wasmspring.bundle.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.bundle.ResponseFile;
import io.github.wasmspring.bundle.ResponseFile.Vector;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known digests, of the module and of its fallback. */
class DigestVectorsTest {

  private static CryptoSides sides;

  @BeforeAll
  static void start() {
    sides = new CryptoSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  /** NIST CAVP, SHA-256; of the long messages every fourth and the last. */
  @ParameterizedTest
  @CsvSource({"SHA256ShortMsg.rsp, 65", "SHA256LongMsg.rsp, 17"})
  void sha256AnswersAsNistSays(String file, int count) {
    List<Vector> vectors = ResponseFile.read(file, "Msg");
    assertThat(vectors).hasSize(count);
    for (Vector vector : vectors) {
      byte[] message = Arrays.copyOf(vector.bytes("Msg"), vector.number("Len") / 8);
      for (Crypto crypto : sides.both) {
        assertThat(crypto.sha256(message)).isEqualTo(vector.bytes("MD"));
      }
    }
  }

  /** NIST CAVP: of 100,000 digests, each of the three before it, the thousandth ones are known. */
  @Test
  void sha256PassesTheMonteCarloTest() {
    List<Vector> checkpoints = ResponseFile.read("SHA256Monte.rsp", "MD");
    assertThat(checkpoints).hasSize(100);
    byte[] seed = ResponseFile.read("SHA256Monte.rsp", "Seed").get(0).bytes("Seed");
    for (Vector checkpoint : checkpoints) {
      seed = thousand(seed);
      assertThat(seed).isEqualTo(checkpoint.bytes("MD"));
    }
  }

  private static byte[] thousand(byte[] seed) {
    byte[] three = new byte[96];
    for (int at = 0; at < 96; at += 32) {
      System.arraycopy(seed, 0, three, at, 32);
    }
    byte[] digest = seed;
    for (int i = 0; i < 1000; i++) {
      digest = sides.wasm.sha256(three);
      System.arraycopy(three, 32, three, 0, 64);
      System.arraycopy(digest, 0, three, 64, 32);
    }
    return digest;
  }

  /** NIST CAVP, six vectors of HMAC-SHA-256; the file may hold only the beginning of a code. */
  @Test
  void hmacAnswersAsNistSays() {
    List<Vector> vectors = ResponseFile.read("HMAC.rsp", "Mac");
    assertThat(vectors).hasSize(6);
    for (Vector vector : vectors) {
      for (Crypto crypto : sides.both) {
        assertThat(crypto.hmacSha256(vector.bytes("Key"), vector.bytes("Msg")))
            .startsWith(vector.bytes("Mac"));
      }
    }
  }

  /** RFC 4231: keys and data, each a text or one byte (in hexadecimal) so many times. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0b*20, Hi There, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7
          Jefe, what do ya want for nothing?, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
          aa*20, dd*50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe
          aa*131, Test Using Larger Than Block-Size Key - Hash Key First, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54
          aa*131, This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm., 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2
          """)
  void hmacAnswersAsTheRfcSays(String key, String data, String expected) {
    for (Crypto crypto : sides.both) {
      assertThat(HexFormat.of().formatHex(crypto.hmacSha256(bytes(key), bytes(data))))
          .isEqualTo(expected);
    }
  }

  /** RFC 1321, A.5. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', d41d8cd98f00b204e9800998ecf8427e
          a, 0cc175b9c0f1b6a831c399e269772661
          abc, 900150983cd24fb0d6963f7d28e17f72
          message digest, f96b697d7cb7938d525a2f31aaf161d0
          abcdefghijklmnopqrstuvwxyz, c3fcd3d76192e4007dfb496cca67e13b
          ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, d174ab98d277d9f5a5611c2c9f419d9f
          12345678901234567890123456789012345678901234567890123456789012345678901234567890, 57edf4a22be3c955ac49da2e2107b67a
          """)
  void md5AnswersAsTheRfcSays(String text, String expected) {
    for (Crypto crypto : sides.both) {
      assertThat(HexFormat.of().formatHex(crypto.md5(bytes(text)))).isEqualTo(expected);
    }
  }

  private static byte[] bytes(String text) {
    if (!text.matches("[0-9a-f]{2}\\*\\d+")) {
      return text.getBytes(UTF_8);
    }
    ByteArrayOutputStream repeated = new ByteArrayOutputStream();
    for (int i = Integer.parseInt(text.substring(3)); i > 0; i--) {
      repeated.write(Integer.parseInt(text.substring(0, 2), 16));
    }
    return repeated.toByteArray();
  }
}
