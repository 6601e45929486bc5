package io.github.wasmspring.split;

import java.util.HashMap;
import java.util.Map;

/** What the functions of a module are called, for people. */
public final class DebugNames {

  private static final int FUNCTION = 0;

  private DebugNames() {}

  /**
   * The names by the index of the function, imported functions first: those for debugging, else
   * those that functions are exported by. Damaged names are left out.
   *
   * @param module the bytes of a module
   */
  public static Map<Integer, String> read(byte[] module) {
    Map<Integer, String> names = new HashMap<>();
    try {
      ModuleBytes parsed = ModuleBytes.read(module);
      readExports(parsed, names);
      names.putAll(FunctionNames.read(parsed, index -> true));
    } catch (Unsplittable damaged) {
      return names;
    }
    return names;
  }

  private static void readExports(ModuleBytes module, Map<Integer, String> names) {
    for (Section section : module.sections()) {
      if (section.id() == Section.EXPORT) {
        ByteReader in = module.reader(section);
        for (int left = in.count(); left > 0; left--) {
          String name = in.name();
          int kind = in.octet();
          int index = in.count();
          if (kind == FUNCTION) {
            names.putIfAbsent(index, name);
          }
        }
      }
    }
  }
}
