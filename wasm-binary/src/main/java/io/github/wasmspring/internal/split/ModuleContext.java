package io.github.wasmspring.internal.split;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types and functions of a module, to which those of the pieces are added at the end. */
final class ModuleContext {

  /** Where Chicory takes the index of a block's type for the code of a value type. */
  private static final int FIRST_MISTAKEN = 0x40;

  private static final int LAST_MISTAKEN = 0x7f;

  private final List<Signature> types;
  private final int ownTypes;
  private final Map<Signature, Integer> typeIndices = new HashMap<>();
  private final Map<Signature, Integer> blockTypeIndices = new HashMap<>();
  private final List<Integer> functionTypes;

  /**
   * @param functionTypes the type index of each function, imported ones first
   */
  ModuleContext(List<Signature> types, List<Integer> functionTypes) {
    this.types = new ArrayList<>(types);
    this.ownTypes = types.size();
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).isKnown()) {
        this.typeIndices.putIfAbsent(types.get(i), i);
      }
    }
    this.functionTypes = new ArrayList<>(functionTypes);
  }

  Signature type(int index) {
    if (index >= this.types.size()) {
      throw new Unsplittable("a type that is not there");
    }
    return this.types.get(index);
  }

  Signature functionType(int function) {
    if (function >= this.functionTypes.size()) {
      throw new Unsplittable("a function that is not there");
    }
    return type(this.functionTypes.get(function));
  }

  int functionCount() {
    return this.functionTypes.size();
  }

  int typeIndex(Signature signature) {
    return this.typeIndices.computeIfAbsent(
        signature,
        added -> {
          this.types.add(added);
          return this.types.size() - 1;
        });
  }

  /** An index of the same type that no engine reads as something else in front of a block. */
  int blockTypeIndex(Signature signature) {
    return this.blockTypeIndices.computeIfAbsent(
        signature,
        wanted -> {
          int index = typeIndex(wanted);
          if (!isMistaken(index)) {
            return index;
          }
          do {
            this.types.add(wanted);
          } while (isMistaken(this.types.size() - 1));
          return this.types.size() - 1;
        });
  }

  private static boolean isMistaken(int index) {
    return index >= FIRST_MISTAKEN && index <= LAST_MISTAKEN;
  }

  /** The index of the new function. */
  int addFunction(Signature signature) {
    this.functionTypes.add(typeIndex(signature));
    return this.functionTypes.size() - 1;
  }

  List<Signature> addedTypes() {
    return this.types.subList(this.ownTypes, this.types.size());
  }

  int typeIndexOfFunction(int function) {
    return this.functionTypes.get(function);
  }
}
