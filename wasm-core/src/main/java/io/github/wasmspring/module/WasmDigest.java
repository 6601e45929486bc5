package io.github.wasmspring.module;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** SHA-256 digests in the form {@code sha256:} and 64 lower-case hexadecimal digits. */
public final class WasmDigest {

  private static final Pattern FORM = Pattern.compile("(?:sha256:)?([0-9a-fA-F]{64})");

  private WasmDigest() {}

  public static String of(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  static String normalize(String module, String digest) {
    var matcher = FORM.matcher(digest.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Module '%s' has the digest '%s', which is not sha256: and 64 hexadecimal digits"
              .formatted(module, digest));
    }
    return "sha256:" + matcher.group(1).toLowerCase(Locale.ROOT);
  }
}
