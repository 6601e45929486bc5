package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.SectionId;
import io.github.wasmspring.binary.WasmBinaryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntPredicate;

/** Reads and completes the names of functions in the custom section {@code name}. */
final class FunctionNames {

  private static final String SECTION = "name";
  private static final int FUNCTIONS = 1;

  private FunctionNames() {}

  static boolean isNames(ModuleBytes module, Section section) {
    return section.id() == SectionId.CUSTOM && module.reader(section).name().equals(SECTION);
  }

  /** The names of some functions, as far as there are any; debug data may be damaged. */
  static Map<Integer, String> read(ModuleBytes module, Set<Integer> functions) {
    return read(module, functions::contains);
  }

  /** The names of the functions that are {@code wanted}, as far as there are any. */
  static Map<Integer, String> read(ModuleBytes module, IntPredicate wanted) {
    Map<Integer, String> names = new HashMap<>();
    for (Section section : module.sections()) {
      try {
        if (isNames(module, section)) {
          readSection(module.reader(section), wanted, names);
        }
      } catch (WasmBinaryException damaged) {
        return names;
      }
    }
    return names;
  }

  private static void readSection(
      BinaryCursor in, IntPredicate wanted, Map<Integer, String> names) {
    in.name();
    while (in.hasMore()) {
      int id = in.octet();
      int length = in.length();
      if (id != FUNCTIONS) {
        in.skip(length);
        continue;
      }
      int count = in.index();
      for (int i = 0; i < count; i++) {
        int index = in.index();
        if (wanted.test(index)) {
          names.put(index, in.name());
        } else {
          in.skip(in.length());
        }
      }
    }
  }

  /** The section with more names, all of functions behind those that have one. */
  static ByteWriter complete(ModuleBytes module, Section section, SortedMap<Integer, String> more) {
    BinaryCursor in = module.reader(section);
    byte[] bytes = module.bytes();
    ByteWriter out = new ByteWriter().name(in.name());
    while (in.hasMore()) {
      int id = in.octet();
      int length = in.length();
      int start = in.position();
      in.skip(length);
      ByteWriter subsection = new ByteWriter();
      if (id == FUNCTIONS) {
        BinaryCursor names = new BinaryCursor(bytes, start, in.position());
        subsection.unsigned(names.index() + more.size());
        subsection.bytes(bytes, names.position(), in.position());
        more.forEach((index, name) -> subsection.unsigned(index).name(name));
      } else {
        subsection.bytes(bytes, start, in.position());
      }
      out.octet(id).sized(subsection);
    }
    return out;
  }
}
