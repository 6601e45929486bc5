package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.GuestType.F32;
import static io.github.wasmspring.verification.engines.GuestType.F64;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The local variables of a function, some of which have a purpose. */
final class BodyLocals {

  private static final int FLOATS = 4;
  private static final int POINTERS = 2;
  private static final int WIDE_POINTERS = 6;

  private final int parameters;
  private final List<GuestType> all;

  /**
   * Begin: pointers, then for f32 and f64 one with exact bits and one for a moment, wide pointers.
   */
  private final int special;

  /**
   * @param vectors whether one of them is for a moment, too, behind all others
   */
  BodyLocals(List<GuestType> parameters, List<GuestType> others, boolean vectors) {
    this.parameters = parameters.size();
    this.all = new ArrayList<>(parameters);
    this.all.addAll(others);
    this.special = this.all.size();
    this.all.addAll(List.of(I32, I32, F32, F64, F32, F64, I64, I64));
    if (vectors) {
      this.all.add(GuestType.V128);
    }
  }

  List<GuestType> declared() {
    return List.copyOf(this.all.subList(this.parameters, this.all.size()));
  }

  GuestType type(int local) {
    return this.all.get(local);
  }

  /** Those that any value of the type may be assigned to. */
  List<Integer> of(GuestType type) {
    return IntStream.range(0, this.special)
        .filter(local -> this.all.get(local) == type)
        .boxed()
        .toList();
  }

  /** One of those that are addresses, mostly inside of the memory. */
  int pointer(Dice dice) {
    return this.special + dice.below(POINTERS);
  }

  /** One of the addresses of 64 bits. */
  int widePointer(Dice dice) {
    return this.special + WIDE_POINTERS + dice.below(POINTERS);
  }

  /** The one that is assigned only where the bits of a NaN are the same everywhere. */
  int exact(GuestType type) {
    return this.special + POINTERS + (type == F32 ? 0 : 1);
  }

  /** The one that nothing is left in. */
  int scratch(GuestType type) {
    return this.special + FLOATS + (type == F32 ? 0 : 1);
  }

  /** The vector that nothing is left in. */
  int scratchVector() {
    return this.all.size() - 1;
  }

  int count() {
    return this.special;
  }
}
