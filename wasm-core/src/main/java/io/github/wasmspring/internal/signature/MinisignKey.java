package io.github.wasmspring.internal.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key of minisign: the letters {@code Ed}, eight bytes of an id, and the key.
 *
 * @param id as minisign prints it, in hexadecimal digits
 */
public record MinisignKey(String id, PublicKey key) {

  private static final int ALGORITHM = 2;
  private static final int ID = 8;
  private static final int KEY = 32;
  private static final String ED25519 = "Ed25519";

  /**
   * @param text the second line of a {@code .pub} file, which {@code minisign -P} takes too
   * @throws IllegalArgumentException if it is no such key
   */
  public static MinisignKey parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException noBase64) {
      throw new IllegalArgumentException(
          "'%s' is not the public key of minisign: it is not Base64".formatted(text), noBase64);
    }
    if (bytes.length != ALGORITHM + ID + KEY || bytes[0] != 'E' || bytes[1] != 'd') {
      throw new IllegalArgumentException(
          "'%s' is not the public key of minisign, which has 56 characters and begins with RW"
              .formatted(text));
    }
    try {
      return new MinisignKey(
          id(bytes, ALGORITHM), publicKey(Arrays.copyOfRange(bytes, ALGORITHM + ID, bytes.length)));
    } catch (GeneralSecurityException noKey) {
      throw new IllegalArgumentException(
          "'%s' is not the public key of minisign: %s".formatted(text, noKey.getMessage()), noKey);
    }
  }

  /** A number of eight bytes, the least first. */
  static String id(byte[] bytes, int from) {
    byte[] id = Arrays.copyOfRange(bytes, from, from + ID);
    reverse(id);
    return HexFormat.of().withUpperCase().formatHex(id);
  }

  /** The y coordinate, the least byte first, and in the highest bit whether x is odd (RFC 8032). */
  private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    reverse(raw);
    boolean odd = (raw[0] & 0x80) != 0;
    raw[0] &= 0x7f;
    return KeyFactory.getInstance(ED25519)
        .generatePublic(
            new EdECPublicKeySpec(
                NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, raw))));
  }

  private static void reverse(byte[] bytes) {
    for (int i = 0; i < bytes.length / 2; i++) {
      byte other = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = bytes[i];
      bytes[i] = other;
    }
  }

  boolean verifies(byte[] signature, byte[]... message) {
    try {
      Signature verifier = Signature.getInstance(ED25519);
      verifier.initVerify(this.key);
      for (byte[] part : message) {
        verifier.update(part);
      }
      return verifier.verify(signature);
    } catch (GeneralSecurityException unfit) {
      return false;
    }
  }
}
