package io.github.wasmspring.bundle.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.OpCode;
import io.github.wasmspring.bundle.crypto.GuestTrace.Trace;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That neither the way through the code nor the addresses depend on secrets, in what is really
 * executed: the WebAssembly that the compiler made. The JVM's part is beyond this test.
 */
class ConstantTimeTest {

  private static final WasmModule CRYPTO = GuestTrace.module("crypto");

  /** Their time may depend on the operands on common processors. */
  private static final Set<OpCode> DIVISIONS =
      Set.of(
          OpCode.I32_DIV_S,
          OpCode.I32_DIV_U,
          OpCode.I32_REM_S,
          OpCode.I32_REM_U,
          OpCode.I64_DIV_S,
          OpCode.I64_DIV_U,
          OpCode.I64_REM_S,
          OpCode.I64_REM_U);

  private final Random random = new Random(20261121);

  /** Lengths of the arguments, secret or not. */
  @ParameterizedTest
  @CsvSource({
    "sha256, 300",
    "md5, 300",
    "hmac_sha256, 32 200",
    "hmac_sha256, 100 0",
    "aes_ctr, 16 16 100",
    "aes_ctr, 32 16 100",
    "aes_gcm_encrypt, 16 12 20 100",
    "aes_gcm_encrypt, 32 12 20 100",
    "aes_gcm_encrypt, 32 20 0 16",
    // Noise is never authentic.
    "aes_gcm_decrypt, 16 12 20 100",
    "aes_gcm_decrypt, 32 20 0 16",
  })
  void allArgumentsOfTheSameLengthsTakeTheSameWay(String export, String lengths) {
    int[] sizes = Arrays.stream(lengths.split(" ")).mapToInt(Integer::parseInt).toArray();
    Trace zeros = GuestTrace.of(CRYPTO, export, arguments(sizes, 0));
    assertThat(zeros.instructions()).isGreaterThan(1_000);
    assertThat(zeros.opcodes()).doesNotContainAnyElementsOf(DIVISIONS);
    assertThat(GuestTrace.of(CRYPTO, export, arguments(sizes, -1))).isEqualTo(zeros);
    for (int i = 0; i < 8; i++) {
      byte[][] noise = arguments(sizes, 0);
      for (byte[] bytes : noise) {
        this.random.nextBytes(bytes);
      }
      assertThat(GuestTrace.of(CRYPTO, export, noise)).isEqualTo(zeros);
    }
  }

  private static byte[][] arguments(int[] sizes, int fill) {
    byte[][] arguments = new byte[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      arguments[i] = new byte[sizes[i]];
      Arrays.fill(arguments[i], (byte) fill);
    }
    return arguments;
  }

  @Test
  void authenticMessagesTakeTheSameWayAsEachOther() {
    assertThat(decryption(-1)).isEqualTo(decryption(-1));
  }

  @Test
  void aForgedTagTakesTheSameWayWhereverItIsWrong() {
    Trace first = decryption(0);
    for (int wrong = 1; wrong < 16; wrong++) {
      assertThat(decryption(wrong)).isEqualTo(first);
    }
  }

  /** With a random key and message, and a tag that is wrong in this byte, or right for -1. */
  private Trace decryption(int wrong) {
    byte[] key = bytes(32);
    byte[] nonce = bytes(12);
    byte[] ciphertext = new Crypto() {}.aesGcmEncrypt(key, nonce, new byte[0], bytes(50));
    if (wrong >= 0) {
      ciphertext[50 + wrong] ^= (byte) (1 + this.random.nextInt(255));
    }
    return GuestTrace.of(CRYPTO, "aes_gcm_decrypt", key, nonce, new byte[0], ciphertext);
  }

  /**
   * That a trace would show an address: the CRC of the module hash looks its bytes up in a table.
   */
  @Test
  void tablesThatDataIndexesWouldBeSeen() {
    WasmModule hash = GuestTrace.module("hash");
    Trace zeros = GuestTrace.of(hash, "crc32", new byte[100]);
    Trace noise = GuestTrace.of(hash, "crc32", bytes(100));
    assertThat(noise.instructions()).isEqualTo(zeros.instructions());
    assertThat(noise.hash()).isNotEqualTo(zeros.hash());
  }

  /** That a trace would show a branch. */
  @Test
  void branchesOnDataWouldBeSeen() {
    assertThat(decryption(-1).instructions()).isNotEqualTo(decryption(0).instructions());
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    this.random.nextBytes(bytes);
    return bytes;
  }
}
