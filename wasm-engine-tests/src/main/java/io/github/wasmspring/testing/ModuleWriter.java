package io.github.wasmspring.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes modules byte by byte, for what the assembler of the test guests does not know. */
public final class ModuleWriter {

  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private final ByteArrayOutputStream module = new ByteArrayOutputStream();

  public ModuleWriter() {
    this.module.writeBytes(HEADER);
  }

  /** A section that is a vector, as most are. */
  public ModuleWriter vector(int id, byte[]... entries) {
    return section(id, join(number(entries.length), join(entries)));
  }

  public ModuleWriter section(int id, byte[] content) {
    this.module.write(id);
    this.module.writeBytes(join(number(content.length), content));
    return this;
  }

  public byte[] bytes() {
    return this.module.toByteArray();
  }

  /** A body of a function without locals; its end is added. */
  public static byte[] body(byte[]... code) {
    byte[] all = join(bytes(0), join(code), bytes(0x0b));
    return join(number(all.length), all);
  }

  public static byte[] export(String name, int kind, int index) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return join(number(text.length), text, bytes(kind), number(index));
  }

  public static byte[] bytes(int... bytes) {
    byte[] narrow = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      narrow[i] = (byte) bytes[i];
    }
    return narrow;
  }

  /** An unsigned LEB128. */
  public static byte[] number(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /** {@code i32.const}. */
  public static byte[] constant(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x41);
    int rest = value;
    while (rest < -64 || rest > 63) {
      out.write(rest & 0x7f | 0x80);
      rest >>= 7;
    }
    out.write(rest & 0x7f);
    return out.toByteArray();
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static byte[] repeat(int times, byte[] part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
