package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.SectionId;
import io.github.wasmspring.binary.SizeLimits;
import io.github.wasmspring.binary.ValueType;
import java.util.Arrays;
import java.util.BitSet;

/** What instances begin with: the values of globals, and what is in tables and memories. */
final class ModuleContents {

  /** Gives what the globals before have, while an instance is made. */
  interface Globals {
    long get(int index);
  }

  /** Gets what is read, for a new instance. */
  interface Target {
    void global(int index, long value);

    /**
     * @param offset -1 for those that go into no table by themselves
     */
    void elements(int segment, int table, long offset, int[] elements, boolean keep);

    void data(int segment, long offset, int start, int end, boolean active);
  }

  private static final Target NOBODY =
      new Target() {
        @Override
        public void global(int index, long value) {}

        @Override
        public void elements(int segment, int table, long at, int[] elements, boolean keep) {}

        @Override
        public void data(int segment, long at, int start, int end, boolean active) {}
      };

  private final GuestModule module;
  private final ModuleFacts facts;
  private final BitSet inTables = new BitSet();
  private final int importedGlobals;

  ModuleContents(GuestModule module) {
    this.module = module;
    this.facts = module.facts;
    this.importedGlobals =
        (int)
            this.facts.imports().stream()
                .filter(item -> item.type() instanceof ExternalType.Global)
                .count();
    checkSizes();
    read(NOBODY, index -> 0);
    this.facts.exports().stream()
        .filter(export -> export.type() instanceof ExternalType.Function)
        .forEach(export -> this.inTables.set(export.index()));
  }

  private void checkSizes() {
    for (ExternalType.Memory memory : this.facts.memories()) {
      checkSize("memory", memory.size(), 1 << 16);
    }
    for (ExternalType.Table table : this.facts.tables()) {
      checkSize("table", table.size(), 0xffff_ffffL);
    }
    int start = this.facts.startFunction();
    if (start >= 0
        && this.module.signatureOf(start).parameters().length
                + this.module.signatureOf(start).results().length
            > 0) {
      throw GuestModule.invalid("the start function takes or gives values");
    }
  }

  private static void checkSize(String kind, SizeLimits size, long most) {
    Long maximum = size.maximum();
    if (Long.compareUnsigned(size.minimum(), most) > 0
        || maximum != null && Long.compareUnsigned(maximum, most) > 0) {
      throw GuestModule.invalid("a %s has at most %d pages or elements".formatted(kind, most));
    }
    if (maximum != null && Long.compareUnsigned(size.minimum(), maximum) > 0) {
      throw GuestModule.invalid(
          "size minimum of a %s must not be greater than maximum".formatted(kind));
    }
  }

  /** The functions that a table may come to have. */
  int[] inTables() {
    return this.inTables.stream().toArray();
  }

  int importedGlobals() {
    return this.importedGlobals;
  }

  /**
   * @throws io.github.wasmspring.WasmLoadException {@code INVALID} if anything breaks a rule
   */
  void read(Target target, Globals values) {
    BinaryCursor in = section(SectionId.GLOBAL);
    int count = in.hasMore() ? in.index() : 0;
    for (int i = 0; i < count; i++) {
      int index = this.importedGlobals + i;
      int type = GuestModule.type(ValueType.read(in));
      in.octet();
      target.global(index, expression(in, type, index, values));
    }
    in = section(SectionId.ELEMENT);
    count = in.hasMore() ? in.index() : 0;
    for (int i = 0; i < count; i++) {
      elements(in, i, target, values);
    }
    in = section(SectionId.DATA);
    count = in.hasMore() ? in.index() : 0;
    for (int i = 0; i < count; i++) {
      int flags = in.index();
      if (flags == 2 && in.index() != 0 || flags != 1 && this.facts.memories().isEmpty()) {
        throw GuestModule.invalid("unknown memory of data segment " + i);
      }
      long offset = flags == 1 ? 0 : expression(in, FunctionSignature.I32, allGlobals(), values);
      int length = in.length();
      target.data(i, offset & 0xffff_ffffL, in.position(), in.position() + length, flags != 1);
      in.skip(length);
    }
  }

  private int allGlobals() {
    return this.facts.globals().size();
  }

  private void elements(BinaryCursor in, int segment, Target target, Globals values) {
    int flags = in.index();
    boolean active = (flags & 1) == 0;
    int table = active && (flags & 2) != 0 ? in.index() : 0;
    long offset = active ? expression(in, FunctionSignature.I32, allGlobals(), values) : 0;
    int type = FunctionSignature.FUNCREF;
    if ((flags & 3) != 0) {
      if ((flags & 4) != 0) {
        type = GuestModule.type(ValueType.read(in));
      } else {
        in.octet();
      }
    }
    if (active
        && (table >= this.facts.tables().size()
            || GuestModule.type(this.facts.tables().get(table).element()) != type)) {
      throw GuestModule.invalid("element segment %d is for no table".formatted(segment));
    }
    int[] elements = new int[in.index()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          (flags & 4) != 0
              ? (int) expression(in, type, allGlobals(), values)
              : function(in.index());
    }
    target.elements(
        segment, table, active ? offset & 0xffff_ffffL : -1, elements, (flags & 3) == 1);
  }

  private int function(int index) {
    if (index >= this.facts.functionCount()) {
      throw GuestModule.invalid("unknown function " + index);
    }
    this.inTables.set(index);
    return index;
  }

  private BinaryCursor section(SectionId id) {
    Section section = this.facts.section(id);
    return section == null
        ? new BinaryCursor(this.module.bytes, 0, 0)
        : new BinaryCursor(this.module.bytes, section.start(), section.end());
  }

  /**
   * @param globals how many globals it may refer to
   */
  private long expression(BinaryCursor in, int type, int globals, Globals values) {
    long[] operands = new long[8];
    int[] types = new int[8];
    int height = 0;
    for (int opcode = in.octet(); opcode != 0x0b; opcode = in.octet()) {
      if (height == operands.length) {
        operands = Arrays.copyOf(operands, 2 * height);
        types = Arrays.copyOf(types, 2 * height);
      }
      switch (opcode) {
        case 0x41 -> {
          operands[height] = in.s32();
          types[height++] = FunctionSignature.I32;
        }
        case 0x42 -> {
          operands[height] = in.s64();
          types[height++] = FunctionSignature.I64;
        }
        case 0x43, 0x44 -> {
          long bits = 0;
          for (int i = 0; i < (opcode == 0x43 ? 4 : 8); i++) {
            bits |= (long) in.octet() << 8 * i;
          }
          operands[height] = opcode == 0x43 ? (int) bits : bits;
          types[height++] = opcode == 0x43 ? FunctionSignature.F32 : FunctionSignature.F64;
        }
        case 0x23 -> {
          int index = in.index();
          if (index >= globals || this.facts.globals().get(index).mutable()) {
            throw GuestModule.invalid("a constant expression can't read global " + index);
          }
          operands[height] = values.get(index);
          types[height++] = GuestModule.type(this.facts.globals().get(index).value());
        }
        case 0xd0 -> {
          types[height] =
              in.s33() == -0x11 ? FunctionSignature.EXTERNREF : FunctionSignature.FUNCREF;
          operands[height++] = TableInstructions.NULL;
        }
        case 0xd2 -> {
          operands[height] = function(in.index());
          types[height++] = FunctionSignature.FUNCREF;
        }
        case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> {
          int wanted = opcode < 0x70 ? FunctionSignature.I32 : FunctionSignature.I64;
          if (height < 2 || types[height - 1] != wanted || types[height - 2] != wanted) {
            throw GuestModule.invalid("type mismatch in a constant expression");
          }
          height--;
          long a = operands[height - 1];
          long b = operands[height];
          long value =
              switch (opcode) {
                case 0x6a, 0x7c -> a + b;
                case 0x6b, 0x7d -> a - b;
                default -> a * b;
              };
          operands[height - 1] = wanted == FunctionSignature.I32 ? (int) value : value;
        }
        default -> throw GuestModule.invalid("constant expression required");
      }
    }
    if (height != 1 || types[0] != type) {
      throw GuestModule.invalid("type mismatch: the value of a constant expression");
    }
    return operands[0];
  }
}
