package io.github.wasmspring.validate;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import java.util.BitSet;
import java.util.List;

/** All of a module that instructions name, with its types as {@link StackType} has them. */
final class ModuleScope {

  final ModuleTypes types;
  final int[] functions;
  final int[] tables;
  final int[] tableAddresses;
  final int[] memoryAddresses;
  final int[] globals;
  final boolean[] mutable;
  final int[] tags;
  final int dataSegments;
  int[] elements = {};

  /** Functions that stand outside of functions, and so may be referred to within. */
  final BitSet declared = new BitSet();

  /** How many globals a constant expression may name. */
  int knownGlobals;

  private final Position place;

  ModuleScope(ModuleFacts facts, ModuleTypes types, Position place) {
    this.types = types;
    this.place = place;
    this.functions = new int[facts.functionCount()];
    for (int i = 0; i < this.functions.length; i++) {
      this.functions[i] = types.same(types.knownFunction(facts.functionTypeIndex(i)));
    }
    List<ExternalType.Table> tables = facts.tables();
    this.tables = new int[tables.size()];
    this.tableAddresses = new int[tables.size()];
    for (int i = 0; i < this.tables.length; i++) {
      this.tables[i] = type(tables.get(i).element());
      this.tableAddresses[i] = tables.get(i).size().is64() ? StackType.I64 : StackType.I32;
    }
    List<ExternalType.Memory> memories = facts.memories();
    this.memoryAddresses = new int[memories.size()];
    for (int i = 0; i < this.memoryAddresses.length; i++) {
      this.memoryAddresses[i] = memories.get(i).size().is64() ? StackType.I64 : StackType.I32;
    }
    List<ExternalType.Global> globals = facts.globals();
    this.globals = new int[globals.size()];
    this.mutable = new boolean[globals.size()];
    for (int i = 0; i < this.globals.length; i++) {
      this.globals[i] = type(globals.get(i).value());
      this.mutable[i] = globals.get(i).mutable();
    }
    this.tags = new int[facts.tags().size()];
    for (int i = 0; i < this.tags.length; i++) {
      this.tags[i] = types.same(types.knownFunction(facts.tags().get(i).typeIndex()));
    }
    this.dataSegments = facts.dataSegmentCount();
  }

  private int type(ValueType type) {
    return switch (type.code()) {
      case ValueType.CODE_REF_NULL -> StackType.REFERENCE | StackType.NULLABLE | heap(type.heap());
      case ValueType.CODE_REF -> StackType.REFERENCE | heap(type.heap());
      default -> StackType.ofCode(type.code());
    };
  }

  private int heap(long heap) {
    return heap < 0
        ? StackType.ABSTRACT | (int) (heap & 0x7f)
        : this.types.same(this.types.known(heap));
  }

  private int known(String what, long index, int count) {
    if (index >= count) {
      throw this.place.unknown(what, index, count);
    }
    return (int) index;
  }

  int function(long index) {
    return known("function", index, this.functions.length);
  }

  int table(long index) {
    return known("table", index, this.tables.length);
  }

  int memory(long index) {
    return known("memory", index, this.memoryAddresses.length);
  }

  int global(long index) {
    return known("global", index, this.globals.length);
  }

  int tag(long index) {
    return known("tag", index, this.tags.length);
  }

  int data(long index) {
    return known("data segment", index, this.dataSegments);
  }

  int element(long index) {
    return known("elem segment", index, this.elements.length);
  }
}
