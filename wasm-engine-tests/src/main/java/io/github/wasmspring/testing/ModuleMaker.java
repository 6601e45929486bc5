package io.github.wasmspring.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Writes modules byte by byte, right ones and wrong ones. */
public final class ModuleMaker {

  public static final int FUNCTION = 0;
  public static final int TABLE = 1;
  public static final int MEMORY = 2;
  public static final int GLOBAL = 3;
  public static final int TAG = 4;

  /** The one section that is no vector. */
  private static final int START = 8;

  private static final int TAGS = 13;

  private static final class Section {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private int count;
  }

  /** Tags stand between memories and globals. */
  private final Map<Double, Section> sections = new TreeMap<>();

  /**
   * @param hex of the type, e.g. {@code 60 01 7f 00} for one {@code i32} and no result
   */
  public ModuleMaker type(String hex) {
    return entry(1, hex);
  }

  /**
   * @param hex what stands after the names: the kind and what it takes, e.g. {@code 00 00} for a
   *     function of the type 0
   */
  public ModuleMaker imports(String module, String name, String hex) {
    return entry(2, name(module), name(name), bytes(hex));
  }

  /**
   * @param body without its length, e.g. {@code 00 0b} for one that does nothing
   */
  public ModuleMaker function(int type, String body) {
    entry(3, number(type));
    byte[] code = bytes(body);
    return entry(10, number(code.length), code);
  }

  public ModuleMaker table(String hex) {
    return entry(4, hex);
  }

  public ModuleMaker memory(String hex) {
    return entry(5, hex);
  }

  public ModuleMaker tag(int type) {
    return entry(TAGS, new byte[] {0}, number(type));
  }

  public ModuleMaker global(String hex) {
    return entry(6, hex);
  }

  public ModuleMaker export(String name, int kind, int index) {
    return entry(7, name(name), new byte[] {(byte) kind}, number(index));
  }

  /** The function that runs when an instance is made. */
  public ModuleMaker start(int function) {
    Section start = this.sections.computeIfAbsent((double) START, key -> new Section());
    start.entries.writeBytes(number(function));
    return this;
  }

  public ModuleMaker elements(String hex) {
    return entry(9, hex);
  }

  public byte[] bytes() {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(bytes("00 61 73 6d 01 00 00 00"));
    this.sections.forEach(
        (place, section) -> {
          byte[] count = place == START ? new byte[0] : number(section.count);
          module.write(place == 5.5 ? TAGS : place.intValue());
          module.writeBytes(number(count.length + section.entries.size()));
          module.writeBytes(count);
          module.writeBytes(section.entries.toByteArray());
        });
    return module.toByteArray();
  }

  private ModuleMaker entry(int section, String hex) {
    return entry(section, bytes(hex));
  }

  private ModuleMaker entry(int section, byte[]... parts) {
    Section written =
        this.sections.computeIfAbsent(
            section == TAGS ? 5.5 : (double) section, key -> new Section());
    written.count++;
    for (byte[] part : parts) {
      written.entries.writeBytes(part);
    }
    return this;
  }

  private static byte[] name(String name) {
    byte[] text = name.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(number(text.length));
    out.writeBytes(text);
    return out.toByteArray();
  }

  private static byte[] number(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int left = value;
    while (left > 0x7f) {
      out.write(left & 0x7f | 0x80);
      left >>>= 7;
    }
    out.write(left);
    return out.toByteArray();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
