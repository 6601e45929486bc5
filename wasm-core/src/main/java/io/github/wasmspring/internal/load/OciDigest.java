package io.github.wasmspring.internal.load;

import io.github.wasmspring.WasmErrorCategory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Digests as registries write them: {@code sha256:} or {@code sha512:} and hexadecimal digits. */
final class OciDigest {

  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

  private OciDigest() {}

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** As a registry would know the bytes by. */
  static String sha256(ByteChunks bytes) {
    return digest("sha256", bytes);
  }

  /**
   * @param what has that digest, as the beginning of a sentence
   * @throws RefusedContentException if the bytes have another one
   */
  static void check(String what, String digest, ByteChunks bytes) throws RefusedContentException {
    String found = digest(digest.substring(0, digest.indexOf(':')), bytes);
    if (!found.equals(digest)) {
      throw new RefusedContentException(
          WasmErrorCategory.INTEGRITY,
          "%s that the registry gives out has the digest %s, and not %s, by which it is known"
              .formatted(what, found, digest));
    }
  }

  private static String digest(String algorithm, ByteChunks bytes) {
    MessageDigest digest = of(algorithm);
    bytes.digest(digest);
    return algorithm + ":" + HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has it", impossible);
    }
  }
}
