package io.github.wasmspring.internal.signature;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What is in a {@code .minisig} file.
 *
 * @param hashed whether the hash of the file was signed in place of the file
 * @param key the id of the key
 * @param signature of the file
 * @param comment that is signed too
 * @param global the signature of signature and comment
 * @see <a href="https://jedisct1.github.io/minisign/#signature-format">the format</a>
 */
public record MinisignSignature(
    boolean hashed, String key, byte[] signature, String comment, byte[] global) {

  /** What minisign calls its file behind the name of that which is signed. */
  public static final String SUFFIX = ".minisig";

  /** No line that minisign writes comes near to it. */
  public static final int MOST_BYTES = 16 << 10;

  /** What begins a file of minisign. */
  public static final String UNTRUSTED = "untrusted comment:";

  private static final String TRUSTED = "trusted comment: ";
  private static final int ALGORITHM = 2;
  private static final int ID = 8;
  private static final int SIGNATURE = 64;

  /**
   * @throws SignatureException if it is no such file
   */
  public static MinisignSignature parse(byte[] file) throws SignatureException {
    List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
    if (lines.size() < 4
        || !lines.get(0).startsWith(UNTRUSTED)
        || !lines.get(2).startsWith(TRUSTED)) {
      throw malformed("it does not consist of two comments with a signature below each");
    }
    byte[] first = decode(lines.get(1), ALGORITHM + ID + SIGNATURE);
    byte[] global = decode(lines.get(3), SIGNATURE);
    if (first[0] != 'E' || first[1] != 'D' && first[1] != 'd') {
      throw malformed("its algorithm is neither ED nor Ed");
    }
    return new MinisignSignature(
        first[1] == 'D',
        MinisignKey.id(first, ALGORITHM),
        Arrays.copyOfRange(first, ALGORITHM + ID, first.length),
        lines.get(2).substring(TRUSTED.length()),
        global);
  }

  private static byte[] decode(String line, int length) throws SignatureException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(line.strip());
    } catch (IllegalArgumentException noBase64) {
      throw malformed("a signature in it is not Base64");
    }
    if (bytes.length != length) {
      throw malformed(
          "a signature in it has %d bytes instead of %d".formatted(bytes.length, length));
    }
    return bytes;
  }

  private static SignatureException malformed(String why) {
    return new SignatureException("the signature is not one of minisign: " + why);
  }

  /** Whether file and comment are those that the owner of the key has signed. */
  public boolean isOf(byte[] file, MinisignKey signer) {
    return signer.verifies(this.signature, this.hashed ? Blake2b512.hash(file) : file)
        && signer.verifies(
            this.global, this.signature, this.comment.getBytes(StandardCharsets.UTF_8));
  }
}
