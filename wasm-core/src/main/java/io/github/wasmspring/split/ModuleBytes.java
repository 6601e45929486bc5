package io.github.wasmspring.split;

import java.util.ArrayList;
import java.util.List;

/** As much of a module as splitting takes: types, functions and where the bodies stand. */
final class ModuleBytes {

  private static final int HEADER = 8;
  private static final int FUNCTION_FORM = 0x60;
  private static final int MOST_LOCALS = 50_000;

  /** Where a function's body stands, without its length. */
  record Body(int start, int end) {

    int length() {
      return this.end - this.start;
    }
  }

  private final byte[] bytes;
  private final List<Section> sections = new ArrayList<>();
  private final List<Signature> types = new ArrayList<>();
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<Body> bodies = new ArrayList<>();
  private int imported;

  private ModuleBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws Unsplittable if it is damaged or has types of a kind that is not known
   */
  static ModuleBytes read(byte[] bytes) {
    ModuleBytes module = new ModuleBytes(bytes);
    module.readSections();
    for (Section section : module.sections) {
      ByteReader in = module.reader(section);
      switch (section.id()) {
        case Section.TYPE -> module.readTypes(in);
        case Section.IMPORT -> module.readImports(in);
        case Section.FUNCTION -> module.readFunctions(in);
        case Section.CODE -> module.readBodies(in);
        default -> {}
      }
    }
    if (module.functionTypes.size() != module.imported + module.bodies.size()) {
      throw new Unsplittable("functions without bodies");
    }
    return module;
  }

  private void readSections() {
    ByteReader in = new ByteReader(this.bytes, 0, this.bytes.length);
    in.skip(HEADER);
    while (in.hasMore()) {
      int id = in.octet();
      int length = in.count();
      int start = in.position();
      in.skip(length);
      this.sections.add(new Section(id, start, in.position()));
    }
  }

  private void readTypes(ByteReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      if (in.octet() != FUNCTION_FORM) {
        throw new Unsplittable("types that are not those of functions");
      }
      this.types.add(new Signature(readValueTypes(in), readValueTypes(in)));
    }
  }

  private static List<ValueType> readValueTypes(ByteReader in) {
    int count = in.count();
    List<ValueType> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(ValueType.read(in));
    }
    return List.copyOf(types);
  }

  private void readImports(ByteReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      in.skip(in.count());
      in.skip(in.count());
      int kind = in.octet();
      switch (kind) {
        case 0 -> {
          this.functionTypes.add(in.count());
          this.imported++;
        }
        case 1 -> {
          ValueType.read(in);
          skipLimits(in);
        }
        case 2 -> skipLimits(in);
        case 3 -> {
          ValueType.read(in);
          in.octet();
        }
        case 4 -> {
          in.octet();
          in.count();
        }
        default -> throw new Unsplittable("an import of the kind " + kind);
      }
    }
  }

  private static void skipLimits(ByteReader in) {
    int flags = in.octet();
    in.unsigned(10);
    if ((flags & 1) != 0) {
      in.unsigned(10);
    }
  }

  private void readFunctions(ByteReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      this.functionTypes.add(in.count());
    }
  }

  private void readBodies(ByteReader in) {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      int length = in.count();
      int start = in.position();
      in.skip(length);
      this.bodies.add(new Body(start, in.position()));
    }
  }

  /**
   * @param body which of {@link #bodies()}
   */
  FunctionCode decode(int body, ModuleContext module) {
    Body where = this.bodies.get(body);
    ByteReader in = new ByteReader(this.bytes, where.start(), where.end());
    Signature type = module.functionType(this.imported + body);
    List<ValueType> locals = new ArrayList<>(type.parameters());
    int runs = in.count();
    for (int i = 0; i < runs; i++) {
      int count = in.count();
      ValueType each = ValueType.read(in);
      if (count > MOST_LOCALS - locals.size()) {
        throw new Unsplittable("too many locals");
      }
      for (int k = 0; k < count; k++) {
        locals.add(each);
      }
    }
    if (!type.isKnown() || locals.contains(ValueType.OTHER)) {
      throw new Unsplittable("locals of a type that is not known");
    }
    return new FunctionCode(type, List.copyOf(locals), InstructionReader.read(in, module));
  }

  ModuleContext context() {
    return new ModuleContext(this.types, this.functionTypes);
  }

  ByteReader reader(Section section) {
    return new ByteReader(this.bytes, section.start(), section.end());
  }

  byte[] bytes() {
    return this.bytes;
  }

  List<Section> sections() {
    return this.sections;
  }

  List<Body> bodies() {
    return this.bodies;
  }

  /** How many functions are imported; they come first. */
  int imported() {
    return this.imported;
  }
}
