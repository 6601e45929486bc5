package io.github.wasmspring.bundle.crypto;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;

/**
 * SHA-256, HMAC-SHA-256, AES in counter mode and GCM, and MD5.
 *
 * <p>In the module neither the instructions executed nor the addresses read depend on keys or data,
 * only on lengths and on whether a tag fits. That holds for its WebAssembly; what a JVM makes of it
 * is up to the JVM. Where Java can be called directly, {@code javax.crypto} and {@code
 * java.security} are the better choice: they use the processor's own instructions for AES and SHA.
 *
 * <p>Arguments are not changed. {@link IncrementalDigest} takes input in pieces.
 */
@WasmModule("crypto")
public interface Crypto {

  /**
   * SHA-256 of FIPS 180-4. Not for passwords.
   *
   * @return 32 bytes
   */
  default byte[] sha256(byte[] data) {
    return JavaDigests.sha256(data);
  }

  /**
   * HMAC-SHA-256 of RFC 2104. Compare two of them with {@link java.security.MessageDigest#isEqual},
   * which takes the same time wherever they differ.
   *
   * @param key any number of bytes; 32 random ones are good
   * @return 32 bytes
   */
  default byte[] hmacSha256(byte[] key, byte[] data) {
    return JavaDigests.hmacSha256(key, data);
  }

  /**
   * MD5 of RFC 1321. Not for security: anybody can make two inputs with the same hash. For old
   * protocols and checksums that others have chosen.
   *
   * @return 16 bytes
   */
  default byte[] md5(byte[] data) {
    return JavaDigests.md5(data);
  }

  /**
   * Encrypts or decrypts with AES in counter mode (SP 800-38A); both are the same. Nothing is
   * authenticated: whoever changes a bit of the ciphertext changes that bit of the plaintext. Two
   * messages under one key must never share a value of the counter.
   *
   * @param key 16 or 32 bytes
   * @param counter the first block of the counter, 16 bytes; all 128 bits count, the last is the
   *     lowest, as with {@code AES/CTR/NoPadding}
   * @return as many bytes as {@code data}
   * @throws WasmOperationException {@code crypto.key} or {@code crypto.nonce} for a wrong length
   */
  default byte[] aesCtr(byte[] key, byte[] counter, byte[] data) {
    return JavaAes.ctr(key, counter, data);
  }

  /**
   * Encrypts and authenticates with AES-GCM (SP 800-38D).
   *
   * @param key 16 or 32 bytes
   * @param nonce at least one byte, 12 are best; never the same for two messages under one key, or
   *     both become readable and more can be forged
   * @param aad what is authenticated but not encrypted, possibly empty
   * @return the ciphertext, as long as {@code plaintext}, and behind it the tag of 16 bytes
   * @throws WasmOperationException {@code crypto.key} or {@code crypto.nonce} for a wrong length
   */
  default byte[] aesGcmEncrypt(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    return JavaAes.gcmEncrypt(key, nonce, aad, plaintext);
  }

  /**
   * Decrypts what {@link #aesGcmEncrypt} made, if it is authentic.
   *
   * @param ciphertext with the tag of 16 bytes behind it
   * @return the plaintext
   * @throws WasmOperationException {@code crypto.tag} if the tag does not fit key, nonce,
   *     additional data and ciphertext, or is missing; no plaintext is made then. {@code
   *     crypto.key} or {@code crypto.nonce} for a wrong length
   */
  default byte[] aesGcmDecrypt(byte[] key, byte[] nonce, byte[] aad, byte[] ciphertext) {
    return JavaAes.gcmDecrypt(key, nonce, aad, ciphertext);
  }
}
