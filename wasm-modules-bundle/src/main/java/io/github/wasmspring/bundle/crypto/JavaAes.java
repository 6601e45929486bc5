package io.github.wasmspring.bundle.crypto;

import io.github.wasmspring.WasmOperationException;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode and GCM as the JDK computes it, with the errors of the module. */
final class JavaAes {

  private static final int BLOCK = 16;

  private JavaAes() {}

  static byte[] ctr(byte[] key, byte[] counter, byte[] data) {
    checkKey(key);
    if (counter.length != BLOCK) {
      throw refusal(
          "crypto.nonce", "the counter block has %d bytes; AES takes 16".formatted(counter.length));
    }
    try {
      Cipher cipher =
          cipher("AES/CTR/NoPadding", Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException missing) {
      throw broken(missing);
    }
  }

  static byte[] gcmEncrypt(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    try {
      return gcm(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(plaintext);
    } catch (GeneralSecurityException missing) {
      throw broken(missing);
    }
  }

  static byte[] gcmDecrypt(byte[] key, byte[] nonce, byte[] aad, byte[] ciphertext) {
    try {
      Cipher cipher = gcm(Cipher.DECRYPT_MODE, key, nonce, aad);
      // Each JDK has its own exception for what is shorter than a tag.
      if (ciphertext.length < BLOCK) {
        throw forged();
      }
      return cipher.doFinal(ciphertext);
    } catch (AEADBadTagException forged) {
      throw forged();
    } catch (GeneralSecurityException missing) {
      throw broken(missing);
    }
  }

  private static Cipher gcm(int mode, byte[] key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    checkKey(key);
    if (nonce.length == 0) {
      throw refusal(
          "crypto.nonce", "the nonce is empty; GCM needs at least one byte and is made for 12");
    }
    Cipher cipher = cipher("AES/GCM/NoPadding", mode, key, new GCMParameterSpec(8 * BLOCK, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }

  /** A new one each time, as two threads can't share it, and GCM refuses a nonce it has seen. */
  private static Cipher cipher(
      String transformation, int mode, byte[] key, AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(mode, new SecretKeySpec(key, "AES"), parameters);
    return cipher;
  }

  private static void checkKey(byte[] key) {
    if (key.length != 16 && key.length != 32) {
      throw refusal(
          "crypto.key",
          "the key has %d bytes; AES-128 takes 16 and AES-256 takes 32 (for AES-192 use javax.crypto.Cipher)"
              .formatted(key.length));
    }
  }

  private static WasmOperationException forged() {
    return refusal(
        "crypto.tag",
        "the tag does not fit: another key, nonce or additional data, or changed bytes");
  }

  private static WasmOperationException refusal(String code, String message) {
    return new WasmOperationException(code, message, null);
  }

  private static IllegalStateException broken(GeneralSecurityException cause) {
    return new IllegalStateException("This JDK can't do AES in counter mode and GCM", cause);
  }
}
