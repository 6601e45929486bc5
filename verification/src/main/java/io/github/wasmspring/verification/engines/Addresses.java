package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import java.util.List;

/** Makes addresses in memories, mostly such as are inside. */
final class Addresses {

  private static final List<Integer> OFFSETS = List.of(0, 0, 0, 1, 2, 4, 8, 15, 100, 1000);
  private static final List<Long> WILD_OFFSETS =
      List.of(
          65_527L,
          65_528L,
          65_532L,
          65_535L,
          65_536L,
          131_064L,
          0x7fff_ffffL,
          0x7fff_fff8L,
          0x8000_0000L,
          0x8000_0001L,
          0xffff_ffffL,
          0xffff_fffcL,
          0xffff_fff8L,
          0xffff_0000L);
  private static final List<Long> WIDE_OFFSETS =
      List.of(1L << 32, (1L << 32) + 8, 1L << 47, Long.MAX_VALUE, Long.MIN_VALUE, -1L, -8L);
  private static final int PAGE = 65_536;
  private static final int TAME = 0x3fff;

  private Addresses() {}

  static int anyMemory(BodyMaker body) {
    return body.dice().below(body.module().memories().size());
  }

  static GuestType type(BodyMaker body, int memory) {
    return body.module().memories().get(memory).address();
  }

  /** An address in a memory; what pointers are set to stands between at times. */
  static InstructionTree make(BodyMaker body, int memory, int depth) {
    GuestType type = type(body, memory);
    Dice dice = body.dice();
    int pages = body.module().memories().get(memory).minimum();
    if (pages > 1 && dice.oneIn(4)) {
      return Constants.tree(type, dice.below(pages) * PAGE + dice.below(TAME));
    }
    if (type == I64 && dice.oneIn(3)) {
      InstructionTree narrow = make(body, I32, depth);
      int opcode = body.isWild() ? 0xac : 0xad;
      return InstructionTree.of(List.of(I64), List.of(narrow), (out, labels) -> out.octet(opcode));
    }
    return make(body, type, depth);
  }

  private static InstructionTree make(BodyMaker body, GuestType type, int depth) {
    Dice dice = body.dice();
    if (!dice.oneIn(2)) {
      return pointer(body, type, depth);
    }
    InstructionTree address = ValueMakers.get(0x20, local(body, type), type);
    // What is known of a pointer is not known of what it was before.
    return dice.oneIn(6)
        ? InstructionTree.of(
            List.of(type),
            List.of(address, ValueMakers.setPointer(body, depth)),
            (out, labels) -> {})
        : address;
  }

  /** A variable that holds addresses. */
  static int local(BodyMaker body, GuestType type) {
    BodyLocals locals = body.locals();
    return type == I64 ? locals.widePointer(body.dice()) : locals.pointer(body.dice());
  }

  /** What a pointer is set to: mostly an address inside of the memory. */
  static InstructionTree pointer(BodyMaker body, GuestType type, int depth) {
    if (body.isWild()) {
      return body.dice().oneIn(2) ? edge(body, type) : body.value(type, depth);
    }
    Dice dice = body.dice();
    int octet = type == I64 ? 0x31 : 0x2d;
    return switch (dice.below(4)) {
      case 0 -> Constants.tree(type, dice.below(TAME));
      case 1 -> MemoryMakers.load(body, octet + 2 * dice.below(2), type, depth);
      case 2 -> step(body, type);
      default -> ValueMakers.masked(body, type, TAME, depth);
    };
  }

  /** One pointer becomes another one, a little away, also below 0. */
  private static InstructionTree step(BodyMaker body, GuestType type) {
    int by = body.dice().below(40) - (body.isWild() ? 0x4000 : 0);
    return InstructionTree.of(
        List.of(type),
        List.of(ValueMakers.get(0x20, local(body, type), type), Constants.tree(type, by)),
        (out, labels) -> out.octet(type == I64 ? 0x7c : 0x6a));
  }

  private static InstructionTree edge(BodyMaker body, GuestType type) {
    Dice dice = body.dice();
    int page = dice.below(dice.pick(body.module().memories()).maximum() + 1);
    return Constants.tree(type, (long) page * PAGE + dice.below(20) - 12);
  }

  static long offset(BodyMaker body, int memory) {
    if (!body.isWild()) {
      return body.dice().pick(OFFSETS);
    }
    boolean wide = type(body, memory) == I64 && body.dice().oneIn(3);
    return body.dice().pick(wide ? WIDE_OFFSETS : WILD_OFFSETS);
  }
}
