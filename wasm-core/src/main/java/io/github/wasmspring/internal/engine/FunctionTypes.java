package io.github.wasmspring.internal.engine;

import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which types of functions of a module are the same. They may refer to types before them and to
 * themselves, so that two are the same that refer to different types which are the same.
 */
public final class FunctionTypes {

  private static final long ITSELF = Long.MAX_VALUE;

  private final ModuleFacts facts;
  private final int[] first;

  public FunctionTypes(ModuleFacts facts) {
    this.facts = facts;
    this.first = new int[facts.typeCount()];
    // Texts are found quickly, even many that were made to have the same hash code.
    Map<String, Integer> known = new HashMap<>();
    for (int i = 0; i < this.first.length; i++) {
      this.first[i] = i;
      FunctionType type = facts.type(i);
      if (type != null) {
        Integer before = known.putIfAbsent(ofFirst(type, i).toString(), i);
        this.first[i] = before == null ? i : before;
      }
    }
  }

  /** The first of the types that are the same as one. */
  public int first(int type) {
    return this.first[type];
  }

  /** {@code null} for a type that is not one of functions. */
  @Nullable FunctionType type(int index) {
    return this.facts.type(index);
  }

  private FunctionType ofFirst(FunctionType type, int index) {
    return new FunctionType(ofFirst(type.parameters(), index), ofFirst(type.results(), index));
  }

  private List<ValueType> ofFirst(List<ValueType> values, int index) {
    return values.stream().map(value -> ofFirst(value, index)).toList();
  }

  private ValueType ofFirst(ValueType value, int index) {
    long heap = value.heap();
    if (!isReference(value) || heap < 0 || heap > index) {
      return value;
    }
    return new ValueType(value.code(), heap == index ? ITSELF : this.first[(int) heap]);
  }

  static boolean isReference(ValueType type) {
    return type.code() == ValueType.CODE_REF || type.code() == ValueType.CODE_REF_NULL;
  }
}
