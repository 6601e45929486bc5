package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.GuestType.F32;
import static io.github.wasmspring.verification.engines.GuestType.F64;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.verification.engines.PlainInstruction.Care;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All instructions on numbers. Those of further features are added to the list. */
final class PlainInstructions {

  private final List<PlainInstruction> all = new ArrayList<>();
  private final List<PlainInstruction> comparing = new ArrayList<>();
  private final Map<GuestType, List<PlainInstruction>> giving = new EnumMap<>(GuestType.class);

  PlainInstructions(Set<WasmFeature> features) {
    comparisons();
    this.comparing.addAll(this.all);
    integers(I32, 0x67);
    integers(I64, 0x79);
    floats(F32, 0x8b);
    floats(F64, 0x99);
    conversions();
    extensions();
    saturations();
    this.all.removeIf(each -> each.feature() != null && !features.contains(each.feature()));
    this.all.forEach(
        each -> this.giving.computeIfAbsent(each.gives(), type -> new ArrayList<>()).add(each));
  }

  List<PlainInstruction> giving(GuestType type) {
    return this.giving.getOrDefault(type, List.of());
  }

  /** What compares two operands, or one with 0. */
  List<PlainInstruction> comparing() {
    return this.comparing;
  }

  private void add(
      Care care,
      @Nullable WasmFeature feature,
      GuestType gives,
      List<Integer> code,
      GuestType... takes) {
    this.all.add(new PlainInstruction(code, List.of(takes), gives, care, feature));
  }

  private void add(int opcode, Care care, GuestType gives, GuestType... takes) {
    add(care, null, gives, List.of(opcode), takes);
  }

  private void binary(int first, int last, GuestType gives, GuestType takes) {
    for (int opcode = first; opcode <= last; opcode++) {
      add(opcode, Care.NONE, gives, takes, takes);
    }
  }

  private void unary(int first, int last, GuestType gives, GuestType takes) {
    for (int opcode = first; opcode <= last; opcode++) {
      add(opcode, Care.NONE, gives, takes);
    }
  }

  private void comparisons() {
    unary(0x45, 0x45, I32, I32);
    binary(0x46, 0x4f, I32, I32);
    unary(0x50, 0x50, I32, I64);
    binary(0x51, 0x5a, I32, I64);
    binary(0x5b, 0x60, I32, F32);
    binary(0x61, 0x66, I32, F64);
  }

  /** Counting bits, arithmetic with four divisions, logic, shifts and rotations. */
  private void integers(GuestType type, int first) {
    unary(first, first + 2, type, type);
    binary(first + 3, first + 5, type, type);
    for (int opcode = first + 6; opcode < first + 10; opcode++) {
      add(opcode, Care.DIVIDES, type, type, type);
    }
    binary(first + 10, first + 17, type, type);
  }

  /** What takes one, arithmetic, the smaller and the greater, and the sign of another. */
  private void floats(GuestType type, int first) {
    unary(first, first + 6, type, type);
    binary(first + 7, first + 12, type, type);
    add(first + 13, Care.EXACT_SECOND, type, type, type);
  }

  private void conversions() {
    add(0xa7, Care.NONE, I32, I64);
    truncations(0xa8, I32);
    unary(0xac, 0xad, I64, I32);
    truncations(0xae, I64);
    unary(0xb2, 0xb3, F32, I32);
    unary(0xb4, 0xb4, F32, I64);
    add(0xb5, Care.ROUNDS, F32, I64);
    add(0xb6, Care.NONE, F32, F64);
    unary(0xb7, 0xb8, F64, I32);
    unary(0xb9, 0xba, F64, I64);
    add(0xbb, Care.NONE, F64, F32);
    add(0xbc, Care.EXACT_FIRST, I32, F32);
    add(0xbd, Care.EXACT_FIRST, I64, F64);
    add(0xbe, Care.NONE, F32, I32);
    add(0xbf, Care.NONE, F64, I64);
  }

  private void truncations(int first, GuestType to) {
    add(first, Care.CONVERTS, to, F32);
    add(first + 1, Care.CONVERTS, to, F32);
    add(first + 2, Care.CONVERTS, to, F64);
    add(first + 3, Care.CONVERTS, to, F64);
  }

  private void extensions() {
    for (int opcode = 0xc0; opcode <= 0xc4; opcode++) {
      GuestType type = opcode < 0xc2 ? I32 : I64;
      add(Care.NONE, WasmFeature.SIGN_EXTENSION, type, List.of(opcode), type);
    }
  }

  private void saturations() {
    for (int opcode = 0; opcode < 8; opcode++) {
      add(
          Care.NONE,
          WasmFeature.NONTRAPPING_FLOAT_TO_INT,
          opcode < 4 ? I32 : I64,
          List.of(0xfc, opcode),
          opcode % 4 < 2 ? F32 : F64);
    }
  }
}
