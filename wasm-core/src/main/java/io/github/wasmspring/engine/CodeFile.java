package io.github.wasmspring.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The form of a file of compiled code: eight bytes that name it, the version of the form, the hash
 * of the key, the length of the code, the code, and a SHA-256 of all that.
 */
final class CodeFile {

  private static final long MAGIC = 0x5741_534d_434f_4445L; // WASMCODE
  private static final int VERSION = 1;
  private static final int HASH = 32;
  private static final int HEADER = Long.BYTES + Integer.BYTES + HASH + Integer.BYTES;

  private CodeFile() {}

  /** How many bytes a file has for so many bytes of code. */
  static long size(long code) {
    return HEADER + code + HASH;
  }

  static ByteBuffer write(CompiledCodeKey key, byte[] code) {
    ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(size(code.length)));
    file.putLong(MAGIC).putInt(VERSION).put(key.hash()).putInt(code.length).put(code);
    MessageDigest sha256 = sha256();
    sha256.update(file.array(), 0, file.position());
    return file.put(sha256.digest()).flip();
  }

  /** {@code null} if it is not, to the last bit, what was written for that key. */
  static byte @Nullable [] read(CompiledCodeKey key, byte[] file) {
    if (file.length < size(0)) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(file, 0, HEADER);
    boolean known = header.getLong() == MAGIC && header.getInt() == VERSION;
    byte[] hash = new byte[HASH];
    header.get(hash);
    int length = header.getInt();
    if (!known || !Arrays.equals(hash, key.hash()) || file.length != size(length)) {
      return null;
    }
    MessageDigest sha256 = sha256();
    sha256.update(file, 0, file.length - HASH);
    boolean intact =
        Arrays.equals(sha256.digest(), Arrays.copyOfRange(file, file.length - HASH, file.length));
    return intact ? Arrays.copyOfRange(file, HEADER, HEADER + length) : null;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
