package io.github.wasmspring.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Which compiled code: of which module, and how it was made.
 *
 * @param digest of the module
 * @param variant all that the code depends on beside the module: the version of the engine and of
 *     the form it is kept in, and the options of the compiler
 */
public record CompiledCodeKey(String digest, String variant) {

  static final String SUFFIX = ".code";

  private static final int VARIANT_BYTES = 16;

  /** Begins with what is the same for all variants of a module. */
  String fileName() {
    return filePrefix(this.digest)
        + HexFormat.of().formatHex(sha256(this.variant), 0, VARIANT_BYTES)
        + SUFFIX;
  }

  /** A hash even of the digest: whoever names a digest does not name a file. */
  static String filePrefix(String digest) {
    return HexFormat.of().formatHex(sha256(digest)) + "-";
  }

  byte[] hash() {
    return sha256(this.digest + "\n" + this.variant);
  }

  private static byte[] sha256(String text) {
    MessageDigest sha256 = CodeFile.sha256();
    return sha256.digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
