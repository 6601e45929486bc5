package io.github.wasmspring.module;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  /**
   * What a list as {@code sha256sum} writes it says of a file: modules in a jar have one beside
   * them.
   *
   * @param list its name for the class loader
   * @param file as the list has it
   * @throws IllegalStateException if there is no such list, or the file is not in it
   */
  public static String listed(ClassLoader loader, String list, String file) {
    try (InputStream lines = loader.getResourceAsStream(list)) {
      if (lines == null) {
        throw new IllegalStateException(list + " is not on the class path, beside its modules");
      }
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.endsWith("  " + file))
          .findFirst()
          .map(line -> "sha256:" + line.substring(0, line.indexOf(' ')))
          .orElseThrow(() -> new IllegalStateException(list + " does not have " + file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
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
