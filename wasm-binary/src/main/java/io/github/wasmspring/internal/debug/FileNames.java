package io.github.wasmspring.internal.debug;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.CustomSection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of source files, each kept once. They are the guest's own, and may be anything. */
final class FileNames {

  static final int NONE = -1;

  /** No path is longer. */
  private static final int LONGEST_PATH = 4096;

  private static final int LONGEST_NAME = 100;
  private static final int MOST = 1 << 16;

  private final byte[] module;
  private final @Nullable CustomSection lineStrings;
  private final @Nullable CustomSection strings;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();
  private final Map<Integer, Integer> byPosition = new HashMap<>();

  FileNames() {
    this(new byte[0], null, null);
  }

  /**
   * @param lineStrings the section {@code .debug_line_str}
   * @param strings the section {@code .debug_str}
   */
  FileNames(byte[] module, @Nullable CustomSection lineStrings, @Nullable CustomSection strings) {
    this.module = module;
    this.lineStrings = lineStrings;
    this.strings = strings;
  }

  String[] toArray() {
    return this.names.toArray(String[]::new);
  }

  /** Reads a path that ends with a zero, {@code null} for the empty one. */
  @Nullable Integer read(BinaryCursor in) {
    int start = in.position();
    while (in.octet() != 0) {
      // It is not looked at before its end is there.
    }
    int end = in.position() - 1;
    return end == start ? null : index(start, end);
  }

  /**
   * @param offset of a path in one of the sections for strings
   * @return {@link #NONE} if there is none
   */
  int at(long offset, boolean ofLines) {
    CustomSection section = ofLines ? this.lineStrings : this.strings;
    if (section == null || offset < 0 || offset >= section.end() - section.start()) {
      return NONE;
    }
    int start = section.start() + (int) offset;
    Integer known = this.byPosition.get(start);
    if (known != null) {
      return known;
    }
    if (this.byPosition.size() == MOST) {
      return NONE;
    }
    int end = start;
    int last = (int) Math.min(section.end(), (long) start + LONGEST_PATH);
    while (end < last && this.module[end] != 0) {
      end++;
    }
    int index = index(start, end);
    this.byPosition.put(start, index);
    return index;
  }

  private int index(int start, int end) {
    int first = end;
    while (first > start && !isSeparator(this.module[first - 1])) {
      first--;
    }
    int length = Math.min(end - first, 4 * LONGEST_NAME);
    String name =
        VisibleName.of(
            new String(this.module, first, length, StandardCharsets.UTF_8), LONGEST_NAME);
    Integer known = this.indices.get(name);
    if (known != null) {
      return known;
    }
    if (name.isEmpty() || this.names.size() == MOST) {
      return NONE;
    }
    this.names.add(name);
    this.indices.put(name, this.names.size() - 1);
    return this.names.size() - 1;
  }

  private static boolean isSeparator(byte character) {
    return character == '/' || character == '\\';
  }
}
