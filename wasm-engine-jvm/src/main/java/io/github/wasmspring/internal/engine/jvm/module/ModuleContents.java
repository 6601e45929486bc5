package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.Opcode;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.SectionId;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import java.util.Arrays;
import java.util.BitSet;

/** What instances begin with: the values of globals, and what is in tables and memories. */
public final class ModuleContents {

  /** Gives what the globals before have, while an instance is made. */
  public interface Globals {
    long get(int index);

    /** Of a vector, else anything. */
    default long upperHalf(int index) {
      return 0;
    }
  }

  /** Gets what is read, for a new instance. */
  public interface Target {
    /**
     * @param value what all elements have at first
     */
    void table(int index, int value);

    /**
     * @param upperHalf of a vector, else anything
     */
    void global(int index, long value, long upperHalf);

    /**
     * @param table -1 for those that go into no table by themselves
     * @param offset unsigned
     */
    void elements(int segment, int table, long offset, int[] elements, boolean keep);

    /**
     * @param memory -1 for those that go into no memory by themselves
     * @param offset unsigned
     */
    void data(int segment, int memory, long offset, int start, int end);
  }

  private static final int TABLE_WITH_VALUE = 0x40;
  private static final byte[] NO_DATA = {};
  private static final int[] NO_ELEMENTS = {};

  private final GuestModule module;
  private final ModuleFacts facts;
  private final BitSet inTables = new BitSet();
  private final byte[][] keptData;
  private final int[][] keptElements;

  public ModuleContents(GuestModule module) {
    this.module = module;
    this.facts = module.facts;
    this.keptData = new byte[this.facts.dataSegmentCount()][];
    this.keptElements = new int[this.facts.elementSegmentCount()][];
    Keeper keeper = new Keeper(this.facts.globals().size());
    read(keeper, keeper);
    this.facts.exports().stream()
        .filter(export -> export.type() instanceof ExternalType.Function)
        .forEach(export -> this.inTables.set(export.index()));
  }

  /** Keeps what passive segments have; that is the same for all instances. */
  private final class Keeper implements Target, Globals {

    private final long[] globals;
    private final long[] upperHalves;

    Keeper(int globals) {
      this.globals = new long[globals];
      this.upperHalves = new long[globals];
    }

    @Override
    public long get(int index) {
      return this.globals[index];
    }

    @Override
    public long upperHalf(int index) {
      return this.upperHalves[index];
    }

    @Override
    public void table(int index, int value) {}

    @Override
    public void global(int index, long value, long upperHalf) {
      this.globals[index] = value;
      this.upperHalves[index] = upperHalf;
    }

    @Override
    public void elements(int segment, int table, long at, int[] elements, boolean keep) {
      keptElements[segment] = keep ? elements : NO_ELEMENTS;
    }

    @Override
    public void data(int segment, int memory, long at, int start, int end) {
      keptData[segment] = memory >= 0 ? NO_DATA : Arrays.copyOfRange(module.bytes, start, end);
    }
  }

  /** What the positions of segments are in; other forms of the module may be split elsewhere. */
  public byte[] bytes() {
    return this.module.bytes;
  }

  /** What code can take from a segment, which is nothing if that was in a memory from the start. */
  public byte[] keptData(int segment) {
    return this.keptData[segment];
  }

  /** The same for elements of tables. */
  public int[] keptElements(int segment) {
    return this.keptElements[segment];
  }

  public long keptBytes() {
    long bytes = 0;
    for (byte[] data : this.keptData) {
      bytes += data.length;
    }
    for (int[] elements : this.keptElements) {
      bytes += (long) elements.length * TableInstructions.ELEMENT_BYTES;
    }
    return bytes;
  }

  /** The functions that a table may come to have. */
  public int[] inTables() {
    return this.inTables.stream().toArray();
  }

  public void read(Target target, Globals values) {
    BinaryCursor in = section(SectionId.TABLE);
    int count = in.hasMore() ? in.index() : 0;
    int importedTables = this.facts.tables().size() - count;
    for (int i = 0; i < count; i++) {
      table(in, importedTables + i, target, values);
    }
    in = section(SectionId.GLOBAL);
    count = in.hasMore() ? in.index() : 0;
    for (int i = 0; i < count; i++) {
      ValueType.read(in);
      in.octet();
      long[] value = evaluate(in, values);
      target.global(this.module.importedGlobals() + i, value[0], value[1]);
    }
    in = section(SectionId.ELEMENT);
    count = in.hasMore() ? in.index() : 0;
    for (int i = 0; i < count; i++) {
      elements(in, i, target, values);
    }
    in = section(SectionId.DATA);
    count = in.hasMore() ? in.index() : 0;
    for (int i = 0; i < count; i++) {
      data(in, i, target, values);
    }
  }

  private void table(BinaryCursor in, int index, Target target, Globals values) {
    boolean hasValue = in.peek() == TABLE_WITH_VALUE;
    if (hasValue) {
      in.skip(2);
    }
    ValueType.read(in);
    int flags = in.octet();
    in.u64();
    if ((flags & 1) != 0) {
      in.u64();
    }
    if (hasValue) {
      target.table(index, (int) expression(in, values));
    }
  }

  private void data(BinaryCursor in, int segment, Target target, Globals values) {
    int flags = in.index();
    int memory = flags == 1 ? -1 : flags == 2 ? in.index() : 0;
    long offset = memory < 0 ? 0 : expression(in, values);
    if (memory >= 0 && !this.module.memory(memory).is64()) {
      offset &= 0xffff_ffffL;
    }
    int length = in.length();
    target.data(segment, memory, offset, in.position(), in.position() + length);
    in.skip(length);
  }

  private void elements(BinaryCursor in, int segment, Target target, Globals values) {
    int flags = in.index();
    boolean active = (flags & 1) == 0;
    int table = active && (flags & 2) != 0 ? in.index() : 0;
    long offset = active ? expression(in, values) : 0;
    if ((flags & 7) > 4) {
      ValueType.read(in);
    } else if ((flags & 3) != 0) {
      in.octet();
    }
    int[] elements = new int[in.index()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (flags & 4) != 0 ? (int) expression(in, values) : function(in.index());
    }
    if (active && !this.facts.tables().get(table).size().is64()) {
      offset &= 0xffff_ffffL;
    }
    target.elements(segment, active ? table : -1, offset, elements, (flags & 3) == 1);
  }

  private int function(int index) {
    this.inTables.set(index);
    return index;
  }

  private BinaryCursor section(SectionId id) {
    Section section = this.facts.section(id);
    return section == null
        ? new BinaryCursor(this.module.bytes, 0, 0)
        : new BinaryCursor(this.module.bytes, section.start(), section.end());
  }

  private long expression(BinaryCursor in, Globals values) {
    return evaluate(in, values)[0];
  }

  /** The value, and behind it the upper half if it is a vector: those are never operands. */
  private long[] evaluate(BinaryCursor in, Globals values) {
    long[] operands = new long[8];
    int height = 0;
    for (int opcode = in.octet(); opcode != 0x0b; opcode = in.octet()) {
      if (height + 1 == operands.length) {
        operands = Arrays.copyOf(operands, 2 * height);
      }
      switch (opcode) {
        case 0x41 -> operands[height++] = in.s32();
        case 0x42 -> operands[height++] = in.s64();
        case 0x43 -> operands[height++] = (int) GuestModule.bits(in, 4);
        case 0x44 -> operands[height++] = GuestModule.bits(in, 8);
        case 0x23 -> {
          int global = in.index();
          operands[height++] = values.get(global);
          operands[height] = values.upperHalf(global);
        }
        case Opcode.VECTOR -> {
          in.index();
          operands[height++] = GuestModule.bits(in, Long.BYTES);
          operands[height] = GuestModule.bits(in, Long.BYTES);
        }
        case 0xd0 -> {
          in.s33();
          operands[height++] = TableInstructions.NULL;
        }
        case 0xd2 -> operands[height++] = function(in.index());
        default -> {
          height--;
          operands[height - 1] = calculate(opcode, operands[height - 1], operands[height]);
        }
      }
    }
    return operands;
  }

  private static long calculate(int opcode, long a, long b) {
    return switch (opcode) {
      case 0x6a -> (int) (a + b);
      case 0x6b -> (int) (a - b);
      case 0x6c -> (int) (a * b);
      case 0x7c -> a + b;
      case 0x7d -> a - b;
      case 0x7e -> a * b;
      default -> throw GuestModule.invalid("0x%x in a constant expression".formatted(opcode));
    };
  }
}
