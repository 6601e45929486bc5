package io.github.wasmspring.bundle.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module against its fallback, which is the JDK. */
class CryptoModuleTest {

  private static CryptoSides sides;

  private final Random random = new Random(20261121);

  @BeforeAll
  static void start() {
    sides = new CryptoSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  @Test
  void digestsAgreeOnEveryLengthOfAFewBlocks() {
    for (int length = 0; length <= 2000; length++) {
      byte[] data = bytes(length);
      agree(crypto -> crypto.sha256(data));
      agree(crypto -> crypto.md5(data));
    }
  }

  @Test
  void codesAgreeOnKeysAndDataOfAnyLength() {
    for (int i = 0; i < 5_000; i++) {
      byte[] key = bytes(i < 200 ? i : this.random.nextInt(200));
      byte[] data = bytes(this.random.nextInt(300));
      agree(crypto -> crypto.hmacSha256(key, data));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void counterModeAgreesOnEveryLengthOfAFewBlocks(int key) {
    for (int length = 0; length <= 1000; length++) {
      byte[] secret = bytes(key);
      byte[] counter = bytes(16);
      byte[] data = bytes(length);
      agree(crypto -> crypto.aesCtr(secret, counter, data));
    }
  }

  /** The last {@code ones} bytes of the counter are about to flow over. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7, 8, 12, 15, 16})
  void counterModeAgreesWhereTheCounterFlowsOver(int ones) {
    byte[] counter = bytes(16);
    Arrays.fill(counter, 16 - ones, 16, (byte) 0xff);
    for (int back = 0; back < 12; back++) {
      counter[15] = (byte) (0xff - back);
      byte[] first = counter.clone();
      agree(crypto -> crypto.aesCtr(new byte[32], first, new byte[400]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void gcmAgreesOnEveryLengthOfAFewBlocks(int key) {
    for (int length = 0; length <= 500; length++) {
      gcmAgrees(bytes(key), bytes(12), bytes(this.random.nextInt(40)), bytes(length));
      gcmAgrees(bytes(key), bytes(12), bytes(length), bytes(this.random.nextInt(40)));
      gcmAgrees(bytes(key), bytes(1 + length), bytes(20), bytes(20));
    }
  }

  @Test
  void gcmAgreesOnRandomBytes() {
    for (int i = 0; i < 10_000; i++) {
      byte[] nonce = bytes(this.random.nextBoolean() ? 12 : 1 + this.random.nextInt(40));
      byte[] key = bytes(this.random.nextBoolean() ? 16 : 32);
      gcmAgrees(key, nonce, bytes(this.random.nextInt(100)), bytes(this.random.nextInt(200)));
    }
  }

  private static void gcmAgrees(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    byte[] encrypted = sides.java.aesGcmEncrypt(key, nonce, aad, plaintext);
    same(encrypted, sides.wasm.aesGcmEncrypt(key, nonce, aad, plaintext));
    same(plaintext, sides.wasm.aesGcmDecrypt(key, nonce, aad, encrypted));
  }

  @Test
  void everythingAgreesOnLongInput() {
    byte[] key = bytes(32);
    byte[] nonce = bytes(12);
    byte[] counter = bytes(16);
    for (int length : new int[] {65_535, 65_536, 1 << 20, 3_000_001}) {
      byte[] data = bytes(length);
      agree(crypto -> crypto.sha256(data));
      agree(crypto -> crypto.md5(data));
      agree(crypto -> crypto.hmacSha256(key, data));
      agree(crypto -> crypto.aesCtr(key, counter, data));
      gcmAgrees(key, nonce, data, data);
    }
  }

  /** Every bit of a short message, and of what belongs to it. */
  @Test
  void whateverBitIsFlippedTheTagDoesNotFit() {
    for (int size : new int[] {16, 32}) {
      byte[][] parts = {bytes(size), bytes(12), bytes(21), null};
      parts[3] = sides.java.aesGcmEncrypt(parts[0], parts[1], parts[2], bytes(37));
      for (byte[] part : parts) {
        for (int bit = 0; bit < 8 * part.length; bit++) {
          part[bit / 8] ^= (byte) (1 << bit % 8);
          refused("crypto.tag", c -> c.aesGcmDecrypt(parts[0], parts[1], parts[2], parts[3]));
          part[bit / 8] ^= (byte) (1 << bit % 8);
        }
      }
      assertThat(sides.wasm.aesGcmDecrypt(parts[0], parts[1], parts[2], parts[3])).hasSize(37);
    }
  }

  @Test
  void whateverIsCutOffTheTagDoesNotFit() {
    byte[] key = bytes(16);
    byte[] encrypted = sides.java.aesGcmEncrypt(key, key, key, bytes(1_000));
    for (int length = 0; length < encrypted.length; length++) {
      byte[] cut = Arrays.copyOf(encrypted, length);
      refused("crypto.tag", crypto -> crypto.aesGcmDecrypt(key, key, key, cut));
    }
  }

  @Test
  void randomBytesAreNeverAuthentic() {
    for (int i = 0; i < 10_000; i++) {
      byte[] key = bytes(this.random.nextBoolean() ? 16 : 32);
      byte[] noise = bytes(this.random.nextInt(100));
      WasmOperationException refusal =
          refusal(() -> sides.wasm.aesGcmDecrypt(key, noise.length == 0 ? key : noise, key, noise));
      assertThat(refusal.code()).isEqualTo("crypto.tag");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 24, 31, 33, 64, 100_000})
  void keysOfOtherLengthsAreRefused(int length) {
    byte[] key = new byte[length];
    byte[] some = new byte[16];
    refused("crypto.key", crypto -> crypto.aesCtr(key, some, some));
    refused("crypto.key", crypto -> crypto.aesGcmEncrypt(key, some, some, some));
    refused("crypto.key", crypto -> crypto.aesGcmDecrypt(key, some, some, some));
    // The key comes first where more than one thing is wrong.
    refused("crypto.key", crypto -> crypto.aesCtr(key, new byte[0], some));
    refused("crypto.key", crypto -> crypto.aesGcmDecrypt(key, new byte[0], some, new byte[0]));
  }

  @Test
  void theRefusalOfAes192SaysWhatToDo() {
    assertThat(refusal(() -> sides.wasm.aesCtr(new byte[24], new byte[16], new byte[1])))
        .hasMessageContaining("24 bytes")
        .hasMessageContaining("javax.crypto.Cipher");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 15, 17, 32})
  void counterBlocksOfOtherLengthsAreRefused(int length) {
    byte[] key = new byte[16];
    refused("crypto.nonce", crypto -> crypto.aesCtr(key, new byte[length], key));
  }

  @Test
  void anEmptyNonceIsRefused() {
    byte[] some = new byte[16];
    refused("crypto.nonce", crypto -> crypto.aesGcmEncrypt(some, new byte[0], some, some));
    refused("crypto.nonce", crypto -> crypto.aesGcmDecrypt(some, new byte[0], some, new byte[0]));
  }

  @Test
  void argumentsAreLeftAlone() {
    byte[] data = bytes(100);
    byte[] before = data.clone();
    byte[] key = Arrays.copyOf(data, 32);
    for (Crypto crypto : sides.both) {
      crypto.aesCtr(key, Arrays.copyOf(data, 16), data);
      crypto.aesGcmEncrypt(key, data, data, data);
      refusal(() -> crypto.aesGcmDecrypt(key, data, data, data));
      assertThat(data).isEqualTo(before);
      assertThat(key).isEqualTo(Arrays.copyOf(before, 32));
    }
  }

  @WasmModule("crypto")
  interface Results {

    WasmResult<byte[]> aesGcmEncrypt(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext);
  }

  @Test
  void pooledInstancesAnswerTheSameAgainAndAgain() {
    Results results = sides.manager().bind(Results.class);
    byte[] key = new byte[32];
    for (int i = 0; i < 100; i++) {
      byte[] data = new byte[1_000 * i];
      WasmResult<byte[]> result = results.aesGcmEncrypt(key, key, key, data);
      assertThat(result.source()).hasToString("WASM");
      same(sides.java.aesGcmEncrypt(key, key, key, data), result.value());
    }
  }

  @Test
  void canBeCalledByName() {
    byte[] key = {1, 2, 3};
    WasmResult<byte[]> result =
        sides.manager().execute("crypto", "hmacSha256", key, Map.of("data", key));
    assertThat(result.value()).isEqualTo(sides.java.hmacSha256(key, key));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    this.random.nextBytes(bytes);
    return bytes;
  }

  private static void agree(Function<Crypto, byte[]> operation) {
    same(operation.apply(sides.java), operation.apply(sides.wasm));
  }

  /** An assertion describes itself, which would take longer than the operation. */
  private static void same(byte[] expected, byte[] answer) {
    if (!Arrays.equals(expected, answer)) {
      assertThat(answer).isEqualTo(expected);
    }
  }

  /** By both, in the same words. */
  private static void refused(String code, Function<Crypto, byte[]> operation) {
    WasmOperationException wasm = refusal(() -> operation.apply(sides.wasm));
    WasmOperationException java = refusal(() -> operation.apply(sides.java));
    assertThat(wasm.code()).isEqualTo(code);
    assertThat(java.code()).isEqualTo(code);
    assertThat(wasm.getMessage()).contains(java.getMessage());
  }

  private static WasmOperationException refusal(Runnable call) {
    WasmOperationException refusal = catchThrowableOfType(WasmOperationException.class, call::run);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
