package io.github.wasmspring.internal.split;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types and functions of a module, to which those of the pieces are added at the end. */
final class ModuleContext {

  /** Where Chicory takes the index of a block's type for the code of a value type. */
  private static final int FIRST_MISTAKEN = 0x40;

  private static final int LAST_MISTAKEN = 0x7f;

  private final List<Signature> types;
  private final Map<Signature, Integer> typeIndices;
  private final List<Integer> functionTypes;
  private final List<Signature> addedTypes = new ArrayList<>();
  private final Map<Signature, Integer> addedTypeIndices = new HashMap<>();
  private final Map<Signature, Integer> blockTypeIndices = new HashMap<>();
  private final List<Integer> addedFunctionTypes = new ArrayList<>();

  /**
   * @param functionTypes the type index of each function, imported ones first
   */
  ModuleContext(List<Signature> types, List<Integer> functionTypes) {
    this.types = types;
    this.functionTypes = functionTypes;
    this.typeIndices = new HashMap<>();
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).isKnown()) {
        this.typeIndices.putIfAbsent(types.get(i), i);
      }
    }
  }

  private ModuleContext(ModuleContext other) {
    this.types = other.types;
    this.functionTypes = other.functionTypes;
    this.typeIndices = other.typeIndices;
  }

  /** One of the same module, to which nothing was added. */
  ModuleContext withoutAdded() {
    return new ModuleContext(this);
  }

  Signature type(int index) {
    if (index >= typeCount()) {
      throw new Unsplittable("a type that is not there");
    }
    int added = index - this.types.size();
    return added < 0 ? this.types.get(index) : this.addedTypes.get(added);
  }

  private int typeCount() {
    return this.types.size() + this.addedTypes.size();
  }

  Signature functionType(int function) {
    if (function >= functionCount()) {
      throw new Unsplittable("a function that is not there");
    }
    return type(typeIndexOfFunction(function));
  }

  int functionCount() {
    return this.functionTypes.size() + this.addedFunctionTypes.size();
  }

  int typeIndex(Signature signature) {
    Integer own = this.typeIndices.get(signature);
    return own != null ? own : this.addedTypeIndices.computeIfAbsent(signature, this::addType);
  }

  private int addType(Signature signature) {
    this.addedTypes.add(signature);
    return typeCount() - 1;
  }

  /** An index of the same type that no engine reads as something else in front of a block. */
  int blockTypeIndex(Signature signature) {
    @Nullable Integer known = this.blockTypeIndices.get(signature);
    if (known != null) {
      return known;
    }
    int index = typeIndex(signature);
    while (isMistaken(index)) {
      index = addType(signature);
    }
    this.blockTypeIndices.put(signature, index);
    return index;
  }

  private static boolean isMistaken(int index) {
    return index >= FIRST_MISTAKEN && index <= LAST_MISTAKEN;
  }

  boolean isAdded(int function) {
    return function >= this.functionTypes.size();
  }

  /** The index of the new function. */
  int addFunction(Signature signature) {
    this.addedFunctionTypes.add(typeIndex(signature));
    return functionCount() - 1;
  }

  List<Signature> addedTypes() {
    return this.addedTypes;
  }

  int typeIndexOfFunction(int function) {
    int added = function - this.functionTypes.size();
    return added < 0 ? this.functionTypes.get(function) : this.addedFunctionTypes.get(added);
  }
}
