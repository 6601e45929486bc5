package io.github.wasmspring.engine.chicory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A module with one function for each instruction that accesses memory and each of some offsets.
 * Floating-point numbers cross as their bits, so that no host can change them.
 */
final class MemoryModule {

  static final int PAGES = 1;
  static final int MAXIMUM_PAGES = 4;
  static final int DATA_LENGTH = 1000;

  private static final long[] OFFSETS = {0, 1, 65535, 65536, 0x7fffffffL, 0xffffffffL};

  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;
  private static final int NO_CONVERSION = 0;

  /**
   * @param parameters as WebAssembly types, the address first
   * @param width in bytes, 0 for what takes no single address
   */
  record Function(String name, List<Integer> parameters, int result, int width, byte[] body) {}

  private final List<Function> functions = new ArrayList<>();

  MemoryModule() {
    plain();
    atomic();
    bulk();
  }

  List<Function> functions() {
    return this.functions;
  }

  private void plain() {
    int[] loadWidths = {4, 8, 4, 8, 1, 1, 2, 2, 1, 1, 2, 2, 4, 4};
    for (int i = 0; i < loadWidths.length; i++) {
      int type = i == 0 || i == 2 || i >= 4 && i < 8 ? I32 : I64;
      int conversion = i == 2 ? 0xbc : i == 3 ? 0xbd : NO_CONVERSION;
      access("load-" + i, List.of(I32), type, loadWidths[i], conversion, false, 0x28 + i);
    }
    int[] storeWidths = {4, 8, 4, 8, 1, 2, 1, 2, 4};
    for (int i = 0; i < storeWidths.length; i++) {
      int type = i == 0 || i == 2 || i == 4 || i == 5 ? I32 : I64;
      int conversion = i == 2 ? 0xbe : i == 3 ? 0xbf : NO_CONVERSION;
      access("store-" + i, List.of(I32, type), 0, storeWidths[i], conversion, false, 0x36 + i);
    }
  }

  /** Groups of seven instructions, which differ in their widths only. */
  private void atomic() {
    int[] widths = {4, 8, 1, 2, 1, 2, 4};
    for (int group = 0; group < 9; group++) {
      for (int i = 0; i < widths.length; i++) {
        int type = i == 0 || i == 2 || i == 3 ? I32 : I64;
        List<Integer> parameters =
            group == 0 ? List.of(I32) : group == 8 ? List.of(I32, type, type) : List.of(I32, type);
        access(
            "atomic-%d-%d".formatted(group, i),
            parameters,
            group == 1 ? 0 : type,
            widths[i],
            NO_CONVERSION,
            true,
            0x10 + 7 * group + i);
      }
    }
  }

  private void access(
      String name,
      List<Integer> parameters,
      int result,
      int width,
      int conversion,
      boolean atomic,
      int code) {
    for (long offset : OFFSETS) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int i = 0; i < parameters.size(); i++) {
        localGet(body, i);
      }
      if (result == 0 && conversion != NO_CONVERSION) {
        body.write(conversion);
      }
      if (atomic) {
        body.write(0xfe);
      }
      body.write(code);
      unsigned(body, atomic ? Integer.numberOfTrailingZeros(width) : 0);
      unsigned(body, offset);
      if (result != 0 && conversion != NO_CONVERSION) {
        body.write(conversion);
      }
      this.functions.add(
          new Function(name + "+" + offset, parameters, result, width, body.toByteArray()));
    }
  }

  private void bulk() {
    add("init", 3, 0, 0xfc, 8, 0, 0);
    add("drop", 0, 0, 0xfc, 9, 0);
    add("copy", 3, 0, 0xfc, 10, 0, 0);
    add("fill", 3, 0, 0xfc, 11, 0);
    add("size", 0, I32, 0x3f, 0);
    add("grow", 1, I32, 0x40, 0);
  }

  private void add(String name, int parameters, int result, int... code) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < parameters; i++) {
      localGet(body, i);
      types.add(I32);
    }
    for (int each : code) {
      body.write(each);
    }
    this.functions.add(new Function(name, types, result, 0, body.toByteArray()));
  }

  private static void localGet(ByteArrayOutputStream body, int index) {
    body.write(0x20);
    body.write(index);
  }

  byte[] bytes() {
    ByteArrayOutputStream types = vector(this.functions.size());
    ByteArrayOutputStream declared = vector(this.functions.size());
    ByteArrayOutputStream exports = vector(this.functions.size() + 1);
    ByteArrayOutputStream code = vector(this.functions.size());
    for (int i = 0; i < this.functions.size(); i++) {
      Function function = this.functions.get(i);
      types.write(0x60);
      unsigned(types, function.parameters().size());
      function.parameters().forEach(types::write);
      unsigned(types, function.result() == 0 ? 0 : 1);
      if (function.result() != 0) {
        types.write(function.result());
      }
      unsigned(declared, i);
      export(exports, function.name(), 0, i);
      unsigned(code, function.body().length + 2);
      code.write(0);
      code.writeBytes(function.body());
      code.write(0x0b);
    }
    export(exports, "memory", 2, 0);
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    section(module, 1, types.toByteArray());
    section(module, 3, declared.toByteArray());
    section(module, 5, new byte[] {1, 1, PAGES, MAXIMUM_PAGES});
    section(module, 7, exports.toByteArray());
    section(module, 12, new byte[] {1});
    section(module, 10, code.toByteArray());
    section(module, 11, data());
    return module.toByteArray();
  }

  private static byte[] data() {
    ByteArrayOutputStream data = vector(1);
    data.write(1);
    unsigned(data, DATA_LENGTH);
    for (int i = 0; i < DATA_LENGTH; i++) {
      data.write(7 * i + 3);
    }
    return data.toByteArray();
  }

  private static void export(ByteArrayOutputStream out, String name, int kind, int index) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    unsigned(out, text.length);
    out.writeBytes(text);
    out.write(kind);
    unsigned(out, index);
  }

  private static ByteArrayOutputStream vector(int size) {
    ByteArrayOutputStream vector = new ByteArrayOutputStream();
    unsigned(vector, size);
    return vector;
  }

  private static void section(ByteArrayOutputStream module, int id, byte[] contents) {
    module.write(id);
    unsigned(module, contents.length);
    module.writeBytes(contents);
  }

  private static void unsigned(ByteArrayOutputStream out, long value) {
    long left = value;
    while (left > 0x7f) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
