package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.GuestType.F32;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import java.util.List;

/**
 * Floating-point numbers whose bits are the same on every engine, also where they are NaNs. What
 * becomes an integer, or is stored, is one of these.
 */
final class ExactFloats {

  private ExactFloats() {}

  static InstructionTree make(BodyMaker body, GuestType type, int depth) {
    boolean narrow = type == F32;
    return switch (body.dice().below(9)) {
      case 0 -> ValueMakers.constant(body, type);
      case 1, 2 -> ValueMakers.get(0x20, body.locals().exact(type), type);
      case 3 -> unary(type, narrow ? 0xbe : 0xbf, body.value(narrow ? I32 : I64, depth));
      case 4 -> MemoryMakers.load(body, narrow ? 0x2a : 0x2b, type, depth);
      case 5 -> {
        if (!body.module().mayHave(ChicoryFault.ABS_OF_NAN)) {
          yield canonical(body, type, body.value(type, depth));
        }
        yield unary(type, narrow ? 0x8b : 0x99, make(body, type, depth + 1));
      }
      case 6 -> unary(type, narrow ? 0x8c : 0x9a, make(body, type, depth + 1));
      default -> canonical(body, type, body.value(type, depth));
    };
  }

  private static InstructionTree unary(GuestType type, int opcode, InstructionTree operand) {
    return InstructionTree.of(List.of(type), List.of(operand), (out, labels) -> out.octet(opcode));
  }

  /** The value, or the NaN that stands for all others. */
  private static InstructionTree canonical(BodyMaker body, GuestType type, InstructionTree value) {
    int scratch = body.locals().scratch(type);
    return InstructionTree.of(
            List.of(type),
            List.of(value),
            (out, labels) -> {
              out.octet(0x22).unsigned(scratch);
              Constants.write(out, type, Constants.nan(type));
              out.octet(0x20).unsigned(scratch).octet(0x20).unsigned(scratch);
              out.octet(type == F32 ? 0x5b : 0x61).octet(0x1b);
            })
        .fixed();
  }
}
