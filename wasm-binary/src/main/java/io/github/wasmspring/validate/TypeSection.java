package io.github.wasmspring.validate;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Section;
import io.github.wasmspring.binary.ValueType;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Validates the types that a module declares. Those of garbage collection are declared by modules
 * that never use them, and are looked at as well.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/types.html">Types</a>
 */
final class TypeSection {

  /** How many supertypes a type has at most, as in the JavaScript interface. */
  private static final int DEEPEST = 63;

  /** Marks a type of the group that is being read, by its number in the group. */
  private static final int OF_GROUP = 1 << 27;

  private final BinaryCursor in;
  private final Position place;
  private final ModuleTypes types;
  private final Map<IntBuffer, Integer> groups = new HashMap<>();
  private int groupStart;
  private int groupEnd;

  private TypeSection(BinaryCursor in, Position place, ModuleTypes types) {
    this.in = in;
    this.place = place;
    this.types = types;
  }

  static ModuleTypes read(byte[] module, Section section, int types, Position place) {
    BinaryCursor in = new BinaryCursor(module, section.start(), section.end());
    ModuleTypes read = new ModuleTypes(types, place);
    new TypeSection(in, place, read).entries();
    return read;
  }

  private void entries() {
    for (int left = this.in.index(); left > 0; left--) {
      this.place.at(this.in.position());
      this.groupStart = this.types.count();
      int start = this.types.used();
      int size = 1;
      if (this.in.peek() == 0x4e) {
        this.in.octet();
        size = this.in.index();
      }
      this.groupEnd = this.groupStart + size;
      for (int type = 0; type < size; type++) {
        subtype();
      }
      if (size > 0) {
        identify(start);
      }
    }
  }

  private void subtype() {
    int form = this.in.octet();
    boolean open = form == 0x50;
    int supertype = -1;
    if (open || form == 0x4f) {
      int supertypes = this.in.index();
      if (supertypes > 1) {
        throw this.place.invalid("sub type has %d supertypes".formatted(supertypes));
      }
      if (supertypes == 1) {
        supertype = this.types.known(this.in.u32());
      }
      form = this.in.octet();
    }
    switch (form) {
      case 0x60 -> {
        int start = this.types.used();
        int parameters = values();
        int results = values();
        this.types.add(ModuleTypes.OF_FUNCTIONS, supertype, open, start, parameters, results);
      }
      case 0x5f -> fields(ModuleTypes.OF_STRUCTS, supertype, open, this.in.index());
      case 0x5e -> fields(ModuleTypes.OF_ARRAYS, supertype, open, 1);
      default -> {
        this.in.s33();
        this.types.add(ModuleTypes.OTHER, supertype, open, this.types.used(), 0, 0);
      }
    }
  }

  private int values() {
    int count = this.in.index();
    for (int i = 0; i < count; i++) {
      this.types.append(value());
    }
    return count;
  }

  private void fields(int kind, int supertype, boolean open, int count) {
    int start = this.types.used();
    for (int i = 0; i < count; i++) {
      this.types.append(value());
      this.types.append(this.in.octet());
    }
    this.types.add(kind, supertype, open, start, 2 * count, 0);
  }

  private int value() {
    int code = this.in.octet();
    return switch (code) {
      case ValueType.CODE_REF_NULL -> StackType.REFERENCE | StackType.NULLABLE | heap();
      case ValueType.CODE_REF -> StackType.REFERENCE | heap();
      default -> StackType.ofCode(code);
    };
  }

  /** Types of the group may be referred to before they are there. */
  private int heap() {
    long heap = this.in.s33();
    if (heap < 0) {
      return StackType.ABSTRACT | (int) (heap & 0x7f);
    }
    if (heap >= this.groupEnd) {
      throw this.place.unknown("type", heap, this.groupEnd);
    }
    int type = (int) heap;
    return type < this.groupStart ? this.types.same(type) : OF_GROUP | type - this.groupStart;
  }

  /**
   * Finds out whether there was such a group before.
   *
   * @param start where in the pool the group begins
   */
  private void identify(int start) {
    int size = this.groupEnd - this.groupStart;
    IntBuffer key = IntBuffer.allocate(5 * size + this.types.used() - start);
    for (int type = this.groupStart; type < this.groupEnd; type++) {
      key.put(this.types.kind(type))
          .put(this.types.isOpen(type) ? 1 : 0)
          .put(supertypeInKey(type))
          .put(this.types.parameters(type))
          .put(this.types.results(type));
    }
    key.put(this.types.pool(), start, this.types.used() - start).flip();
    Integer known = this.groups.putIfAbsent(key, this.groupStart);
    int first = known == null ? this.groupStart : known;
    int[] pool = this.types.pool();
    for (int at = start; at < this.types.used(); at++) {
      if ((pool[at] & (StackType.REFERENCE | StackType.ABSTRACT | OF_GROUP))
          == (StackType.REFERENCE | OF_GROUP)) {
        pool[at] = (pool[at] & ~OF_GROUP) + first;
      }
    }
    for (int type = this.groupStart; type < this.groupEnd; type++) {
      this.types.same(type, first + type - this.groupStart);
    }
    for (int type = this.groupStart; type < this.groupEnd; type++) {
      checkSupertype(type);
    }
  }

  private int supertypeInKey(int type) {
    int supertype = this.types.supertype(type);
    if (supertype < 0) {
      return -1;
    }
    return supertype < this.groupStart
        ? this.types.same(supertype)
        : OF_GROUP | supertype - this.groupStart;
  }

  private void checkSupertype(int type) {
    int declared = this.types.supertype(type);
    if (declared < 0) {
      return;
    }
    int supertype = this.types.same(declared);
    this.types.supertype(type, supertype);
    int depth = this.types.depth(supertype) + 1;
    if (depth > DEEPEST) {
      throw this.place.tooMuch(
          "type %d has more than %d supertypes, one above the other".formatted(type, DEEPEST));
    }
    this.types.depth(type, depth);
    if (!this.types.isOpen(supertype)
        || this.types.kind(supertype) != this.types.kind(type)
        || !contentsMatch(type, supertype)) {
      throw this.place.invalid("sub type %d does not match type %d".formatted(type, declared));
    }
  }

  private boolean contentsMatch(int type, int supertype) {
    return this.types.isFunction(type)
        ? this.types.parameters(type) == this.types.parameters(supertype)
            && this.types.results(type) == this.types.results(supertype)
            && valuesMatch(
                this.types.parametersAt(supertype),
                this.types.parametersAt(type),
                this.types.parameters(type))
            && valuesMatch(
                this.types.resultsAt(type),
                this.types.resultsAt(supertype),
                this.types.results(type))
        : fieldsMatch(type, supertype);
  }

  private boolean valuesMatch(int start, int expected, int count) {
    for (int i = 0; i < count; i++) {
      if (!this.types.matches(this.types.pool()[start + i], this.types.pool()[expected + i])) {
        return false;
      }
    }
    return true;
  }

  /** A struct may have more fields than its supertype. */
  private boolean fieldsMatch(int type, int supertype) {
    int[] pool = this.types.pool();
    int start = this.types.parametersAt(type);
    int expected = this.types.parametersAt(supertype);
    int length = this.types.parameters(supertype);
    if (this.types.parameters(type) < length) {
      return false;
    }
    for (int i = 0; i < length; i += 2) {
      boolean mutable = pool[start + i + 1] == 1;
      if (mutable != (pool[expected + i + 1] == 1)
          || !this.types.matches(pool[start + i], pool[expected + i])
          || mutable && !this.types.matches(pool[expected + i], pool[start + i])) {
        return false;
      }
    }
    return true;
  }
}
