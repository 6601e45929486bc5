package io.github.wasmspring.bundle.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The digests of the crypto module as the JDK computes them. */
final class JavaDigests {

  private static final String HMAC = "HmacSHA256";

  private JavaDigests() {}

  static byte[] sha256(byte[] data) {
    return digest("SHA-256", data);
  }

  static byte[] md5(byte[] data) {
    return digest("MD5", data);
  }

  private static byte[] digest(String algorithm, byte[] data) {
    try {
      return MessageDigest.getInstance(algorithm).digest(data);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This JDK lacks " + algorithm, missing);
    }
  }

  static byte[] hmacSha256(byte[] key, byte[] data) {
    // Keys are filled up with zeros, and the JDK wants one byte at least.
    byte[] used = key.length == 0 ? new byte[1] : key;
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(used, HMAC));
      return mac.doFinal(data);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This JDK lacks " + HMAC, missing);
    }
  }
}
