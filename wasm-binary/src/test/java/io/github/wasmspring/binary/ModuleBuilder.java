package io.github.wasmspring.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes modules by hand, whatever comes of them. */
public final class ModuleBuilder {

  static final byte[] ONE_FUNCTION_TYPE = bytes(1, 0x60, 0, 1, 0x7f);
  static final byte[] ONE_FUNCTION = bytes(1, 0);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private ModuleBuilder() {}

  public static ModuleBuilder module() {
    return new ModuleBuilder().add(0, 'a', 's', 'm', 1, 0, 0, 0);
  }

  /** With a function {@code () -> i32} whose body is still to come. */
  public static ModuleBuilder withFunction() {
    return module().section(1, ONE_FUNCTION_TYPE).section(3, ONE_FUNCTION);
  }

  public static ModuleBuilder content() {
    return new ModuleBuilder();
  }

  public ModuleBuilder section(int id, byte[] content) {
    return add(id).number(content.length).add(content);
  }

  public ModuleBuilder section(int id, ModuleBuilder content) {
    return section(id, content.build());
  }

  /** A code section with one function. */
  public ModuleBuilder code(ModuleBuilder body) {
    return section(10, content().number(1).sized(body));
  }

  /** Its length, and then it. */
  public ModuleBuilder sized(ModuleBuilder content) {
    byte[] bytes = content.build();
    return number(bytes.length).add(bytes);
  }

  public ModuleBuilder add(int... octets) {
    return add(bytes(octets));
  }

  public ModuleBuilder add(byte[] bytes) {
    this.out.writeBytes(bytes);
    return this;
  }

  public ModuleBuilder repeat(int times, int... octets) {
    byte[] each = bytes(octets);
    for (int i = 0; i < times; i++) {
      this.out.writeBytes(each);
    }
    return this;
  }

  /** An unsigned LEB128. */
  public ModuleBuilder number(long value) {
    long left = value;
    while (left >= 0x80) {
      this.out.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    this.out.write((int) left);
    return this;
  }

  public ModuleBuilder name(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return number(utf8.length).add(utf8);
  }

  public byte[] build() {
    return this.out.toByteArray();
  }

  private static byte[] bytes(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return bytes;
  }
}
