package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.often;
import static io.github.wasmspring.verification.engines.GuestType.F32;
import static io.github.wasmspring.verification.engines.GuestType.I32;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Numbers, variables, and what chooses between values. */
final class ValueMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          often(40, ValueMakers::instruction),
          often(14, ValueMakers::leaf),
          often(12, ValueMakers::setLocal),
          often(4, ValueMakers::setGlobal),
          often(4, ValueMakers::drop),
          often(4, ValueMakers::teeLocal),
          often(5, ValueMakers::select));

  private static final int SHORT_CONSTANT = 0xffff;

  private ValueMakers() {}

  /** What needs nothing else. */
  static InstructionTree simplest(BodyMaker body, List<GuestType> results) {
    if (results.size() == 1) {
      return simplest(body, results.get(0));
    }
    List<InstructionTree> values = results.stream().map(type -> simplest(body, type)).toList();
    return InstructionTree.of(results, values, (out, labels) -> {});
  }

  private static InstructionTree simplest(BodyMaker body, GuestType type) {
    Dice dice = body.dice();
    List<Integer> locals = body.locals().of(type);
    if (!locals.isEmpty() && !dice.oneIn(3)) {
      return get(0x20, dice.pick(locals), type);
    }
    List<Integer> globals = globals(body, type, false);
    if (!globals.isEmpty() && dice.oneIn(4)) {
      return get(0x23, dice.pick(globals), type);
    }
    if (type == GuestType.FUNCREF && dice.oneIn(2)) {
      return get(0xd2, dice.pick(body.module().functions()).index(), type);
    }
    return constant(body, type);
  }

  static InstructionTree constant(BodyMaker body, GuestType type) {
    if (type == GuestType.V128) {
      GuestType half = body.dice().oneIn(3) ? GuestType.F64 : GuestType.I64;
      return Constants.tree(type, NastyNumbers.of(half, body.dice()));
    }
    return Constants.tree(type, type.isNumber() ? NastyNumbers.of(type, body.dice()) : 0);
  }

  static InstructionTree get(int opcode, int index, GuestType type) {
    return InstructionTree.of(
        List.of(type), List.of(), (out, labels) -> out.octet(opcode).unsigned(index));
  }

  private static List<Integer> globals(BodyMaker body, GuestType type, boolean mutable) {
    List<ModulePlan.Global> globals = body.module().globals();
    return IntStream.range(1, globals.size())
        .filter(i -> globals.get(i).type() == type && (globals.get(i).isMutable() || !mutable))
        .boxed()
        .toList();
  }

  private static @Nullable InstructionTree leaf(
      BodyMaker body, List<GuestType> results, int depth) {
    return results.size() == 1 ? simplest(body, results.get(0)) : null;
  }

  private static @Nullable InstructionTree instruction(
      BodyMaker body, List<GuestType> results, int depth) {
    if (results.size() != 1 || !results.get(0).isNumber()) {
      return null;
    }
    return of(body, body.dice().pick(body.instructions().giving(results.get(0))), depth);
  }

  private static InstructionTree of(BodyMaker body, PlainInstruction instruction, int depth) {
    List<GuestType> takes = instruction.takes();
    List<InstructionTree> operands = new ArrayList<>();
    switch (instruction.care()) {
      case NONE -> operands.addAll(body.values(takes, depth));
      case ROUNDS -> {
        if (!body.module().mayHave(ChicoryFault.ROUNDS_UP)) {
          return constant(body, instruction.gives());
        }
        operands.addAll(body.values(takes, depth));
      }
      case DIVIDES -> {
        operands.add(body.value(takes.get(0), depth));
        operands.add(divisor(body, takes.get(1), depth));
      }
      case CONVERTS -> operands.add(convertible(body, takes.get(0), depth));
      case EXACT_FIRST -> operands.add(ExactFloats.make(body, takes.get(0), depth));
      case EXACT_SECOND -> {
        operands.add(body.value(takes.get(0), depth));
        operands.add(ExactFloats.make(body, takes.get(1), depth));
      }
    }
    return InstructionTree.of(
        List.of(instruction.gives()), operands, (out, labels) -> instruction.write(out));
  }

  private static InstructionTree divisor(BodyMaker body, GuestType type, int depth) {
    if (body.isWild()) {
      return body.value(type, depth);
    }
    long constant = NastyNumbers.of(type, body.dice());
    return (type == I32 ? (int) constant : constant) != 0 && body.dice().oneIn(2)
        ? Constants.tree(type, constant)
        : binary(type, type == I32 ? 0x72 : 0x84, body.value(type, depth), Constants.tree(type, 1));
  }

  /** Mostly what fits any integer. */
  private static InstructionTree convertible(BodyMaker body, GuestType type, int depth) {
    if (body.isWild()) {
      return body.value(type, depth);
    }
    InstructionTree small = masked(body, I32, SHORT_CONSTANT, depth);
    return InstructionTree.of(
        List.of(type), List.of(small), (out, labels) -> out.octet(type == F32 ? 0xb2 : 0xb7));
  }

  static InstructionTree masked(BodyMaker body, GuestType type, int mask, int depth) {
    return masked(type, body.value(type, depth), mask);
  }

  static InstructionTree masked(GuestType type, InstructionTree value, int mask) {
    return binary(type, type == I32 ? 0x71 : 0x83, value, Constants.tree(type, mask));
  }

  private static InstructionTree binary(
      GuestType type, int opcode, InstructionTree first, InstructionTree second) {
    return InstructionTree.of(
        List.of(type), List.of(first, second), (out, labels) -> out.octet(opcode));
  }

  /** What a branch decides by, mostly a comparison. */
  static InstructionTree condition(BodyMaker body, int depth) {
    return switch (body.dice().below(10)) {
      case 0, 1 -> body.value(I32, depth);
      case 2, 3 ->
          InstructionTree.of(
              List.of(I32), List.of(condition(body, depth)), (out, labels) -> out.octet(0x45));
      default -> of(body, body.dice().pick(body.instructions().comparing()), depth);
    };
  }

  private static @Nullable InstructionTree setLocal(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty()) {
      return null;
    }
    BodyLocals locals = body.locals();
    Dice dice = body.dice();
    if (locals.count() > 0 && !dice.oneIn(3)) {
      int local = dice.below(locals.count());
      return set(0x21, local, body.value(locals.type(local), depth));
    }
    if (dice.oneIn(4)) {
      GuestType type = dice.oneIn(2) ? F32 : GuestType.F64;
      return set(0x21, locals.exact(type), ExactFloats.make(body, type, depth));
    }
    return setPointer(body, depth);
  }

  static InstructionTree setPointer(BodyMaker body, int depth) {
    GuestType type = pointerType(body);
    return set(0x21, Addresses.local(body, type), Addresses.pointer(body, type, depth));
  }

  private static GuestType pointerType(BodyMaker body) {
    boolean wide = body.module().hasWideMemory() && !body.dice().oneIn(3);
    return wide ? GuestType.I64 : I32;
  }

  private static InstructionTree set(int opcode, int index, InstructionTree value) {
    return InstructionTree.of(
        List.of(), List.of(value), (out, labels) -> out.octet(opcode).unsigned(index));
  }

  private static @Nullable InstructionTree setGlobal(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty() || body.module().globals().size() < 2) {
      return null;
    }
    GuestType type = body.dice().pick(body.module().globals()).type();
    List<Integer> globals = globals(body, type, true);
    return globals.isEmpty() ? null : set(0x24, body.dice().pick(globals), body.value(type, depth));
  }

  private static @Nullable InstructionTree teeLocal(
      BodyMaker body, List<GuestType> results, int depth) {
    if (results.size() != 1) {
      return null;
    }
    GuestType type = results.get(0);
    if (type == pointerType(body) && body.dice().oneIn(2)) {
      return tee(type, Addresses.local(body, type), Addresses.pointer(body, type, depth));
    }
    List<Integer> locals = body.locals().of(type);
    return locals.isEmpty() ? null : tee(type, body.dice().pick(locals), body.value(type, depth));
  }

  private static InstructionTree tee(GuestType type, int local, InstructionTree value) {
    return InstructionTree.of(
        List.of(type), List.of(value), (out, labels) -> out.octet(0x22).unsigned(local));
  }

  private static @Nullable InstructionTree drop(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty()) {
      return null;
    }
    List<GuestType> types = body.module().someTypes(2);
    return dropped(types, body.values(types, depth));
  }

  /** The values, and after them nothing on the stack. */
  static InstructionTree dropped(List<GuestType> types, List<InstructionTree> values) {
    return InstructionTree.of(
        List.of(), values, (out, labels) -> types.forEach(type -> out.octet(0x1a)));
  }

  private static @Nullable InstructionTree select(
      BodyMaker body, List<GuestType> results, int depth) {
    if (results.size() != 1) {
      return null;
    }
    GuestType type = results.get(0);
    List<InstructionTree> operands = new ArrayList<>(body.values(List.of(type, type), depth));
    operands.add(condition(body, depth));
    boolean typed = !type.isNumber() && type != GuestType.V128 || body.dice().oneIn(4);
    return InstructionTree.of(results, operands, (out, labels) -> writeSelect(out, typed, type));
  }

  static void writeSelect(
      io.github.wasmspring.binary.ByteWriter out, boolean typed, GuestType type) {
    if (typed) {
      out.octet(0x1c).unsigned(1).octet(type.code());
    } else {
      out.octet(0x1b);
    }
  }
}
