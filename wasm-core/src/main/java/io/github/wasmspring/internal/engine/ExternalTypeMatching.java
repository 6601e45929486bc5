package io.github.wasmspring.internal.engine;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.SizeLimits;
import io.github.wasmspring.binary.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what one module exports can be what another imports: the import matching of the
 * specification, without the subtypes of garbage collection. Used by one thread.
 */
public final class ExternalTypeMatching {

  private static final long FUNC = ValueType.FUNCREF.heap();

  /** The heap types that nothing but null is of, and what they are below. */
  private static final Map<Long, Long> BOTTOMS =
      Map.of(-0x0cL, ValueType.EXNREF.heap(), -0x0dL, FUNC, -0x0eL, ValueType.EXTERNREF.heap());

  private final FunctionTypes given;
  private final FunctionTypes wanted;

  /** Types of the one module that are known to be those of the other, and the other way round. */
  private final Map<Integer, Integer> equal = new HashMap<>();

  private final Map<Integer, Integer> equalBack = new HashMap<>();

  /**
   * @param given those of the module that exports
   * @param wanted those of the module that imports
   */
  public ExternalTypeMatching(FunctionTypes given, FunctionTypes wanted) {
    this.given = given;
    this.wanted = wanted;
  }

  /**
   * @param type of what is exported, with the size that a memory or a table has now
   */
  public boolean matches(ExternalType type, ExternalType expected) {
    if (type instanceof ExternalType.Function function
        && expected instanceof ExternalType.Function other) {
      return areEqual(function.typeIndex(), other.typeIndex());
    }
    if (type instanceof ExternalType.Memory memory
        && expected instanceof ExternalType.Memory other) {
      return memory.pageSizeLog2() == other.pageSizeLog2() && fits(memory.size(), other.size());
    }
    if (type instanceof ExternalType.Table table && expected instanceof ExternalType.Table other) {
      return areEqual(table.element(), other.element()) && fits(table.size(), other.size());
    }
    if (type instanceof ExternalType.Global global
        && expected instanceof ExternalType.Global other) {
      return global.mutable() == other.mutable()
          && (global.mutable()
              ? areEqual(global.value(), other.value())
              : isBelow(global.value(), other.value()));
    }
    return type instanceof ExternalType.Tag tag
        && expected instanceof ExternalType.Tag other
        && areEqual(tag.typeIndex(), other.typeIndex());
  }

  private static boolean fits(SizeLimits size, SizeLimits wanted) {
    return size.is64() == wanted.is64()
        && size.shared() == wanted.shared()
        && Long.compareUnsigned(size.minimum(), wanted.minimum()) >= 0
        && (wanted.maximum() == null
            || size.maximum() != null
                && Long.compareUnsigned(size.maximum(), wanted.maximum()) <= 0);
  }

  private boolean isBelow(ValueType type, ValueType expected) {
    if (!FunctionTypes.isReference(type) || !FunctionTypes.isReference(expected)) {
      return type.equals(expected);
    }
    boolean mayBeNull = type.code() == ValueType.CODE_REF_NULL;
    if (mayBeNull && expected.code() == ValueType.CODE_REF) {
      return false;
    }
    long heap = type.heap();
    if (heap >= 0 && expected.heap() >= 0) {
      return areEqual((int) heap, (int) expected.heap());
    }
    long top = expected.heap() >= 0 ? FUNC : expected.heap();
    return heap == expected.heap()
        || heap >= 0 && top == FUNC
        || heap < 0 && Long.valueOf(top).equals(BOTTOMS.get(heap));
  }

  private boolean areEqual(ValueType type, ValueType expected) {
    return haveEqualForms(type, expected)
        && (!refersToType(type) || areEqual((int) type.heap(), (int) expected.heap()));
  }

  /** Whether they are the same if the types that they refer to are. */
  private static boolean haveEqualForms(ValueType type, ValueType expected) {
    return refersToType(type) && refersToType(expected)
        ? type.code() == expected.code()
        : type.equals(expected);
  }

  private static boolean refersToType(ValueType type) {
    return FunctionTypes.isReference(type) && type.heap() >= 0;
  }

  /**
   * Whether two types of functions are the same. Each type is the same as one of the other module
   * at most, so that the work is limited by the types that there are.
   *
   * @param type an index in the module that exports
   * @param expected an index in the module that imports
   */
  public boolean areEqual(int type, int expected) {
    Map<Integer, Integer> assumed = new HashMap<>();
    Map<Integer, Integer> assumedBack = new HashMap<>();
    Deque<int[]> open = new ArrayDeque<>();
    open.push(new int[] {this.given.first(type), this.wanted.first(expected)});
    while (!open.isEmpty()) {
      int[] pair = open.pop();
      Integer known = this.equal.getOrDefault(pair[0], assumed.get(pair[0]));
      Integer back = this.equalBack.getOrDefault(pair[1], assumedBack.get(pair[1]));
      if (known == null && back == null) {
        assumed.put(pair[0], pair[1]);
        assumedBack.put(pair[1], pair[0]);
        if (!addReferred(pair, open)) {
          return false;
        }
      } else if (known == null || known != pair[1]) {
        return false;
      }
    }
    this.equal.putAll(assumed);
    this.equalBack.putAll(assumedBack);
    return true;
  }

  /** Adds the types that two types refer to, which have to be the same in turn. */
  private boolean addReferred(int[] pair, Deque<int[]> open) {
    FunctionType type = this.given.type(pair[0]);
    FunctionType expected = this.wanted.type(pair[1]);
    return type != null
        && expected != null
        && addReferred(type.parameters(), expected.parameters(), open)
        && addReferred(type.results(), expected.results(), open);
  }

  private boolean addReferred(List<ValueType> types, List<ValueType> expected, Deque<int[]> open) {
    if (types.size() != expected.size()) {
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      if (!haveEqualForms(types.get(i), expected.get(i))) {
        return false;
      }
      if (refersToType(types.get(i))) {
        open.push(
            new int[] {
              this.given.first((int) types.get(i).heap()),
              this.wanted.first((int) expected.get(i).heap())
            });
      }
    }
    return true;
  }
}
