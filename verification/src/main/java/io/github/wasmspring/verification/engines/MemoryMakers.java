package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.often;
import static io.github.wasmspring.verification.engines.GuestType.F32;
import static io.github.wasmspring.verification.engines.GuestType.F64;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accesses of memories at every kind of edge, their sizes, and growing. */
final class MemoryMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          often(14, MemoryMakers::anyLoad),
          often(14, MemoryMakers::anyStore),
          often(2, MemoryMakers::size),
          often(2, MemoryMakers::grow));

  /** An access, by how many bytes it is of. */
  private record Access(int opcode, GuestType type, int width) {}

  private static final List<Access> LOADS =
      List.of(
          new Access(0x28, I32, 4),
          new Access(0x29, I64, 8),
          new Access(0x2a, F32, 4),
          new Access(0x2b, F64, 8),
          new Access(0x2c, I32, 1),
          new Access(0x2d, I32, 1),
          new Access(0x2e, I32, 2),
          new Access(0x2f, I32, 2),
          new Access(0x30, I64, 1),
          new Access(0x31, I64, 1),
          new Access(0x32, I64, 2),
          new Access(0x33, I64, 2),
          new Access(0x34, I64, 4),
          new Access(0x35, I64, 4));

  private static final List<Access> STORES =
      List.of(
          new Access(0x36, I32, 4),
          new Access(0x37, I64, 8),
          new Access(0x38, F32, 4),
          new Access(0x39, F64, 8),
          new Access(0x3a, I32, 1),
          new Access(0x3b, I32, 2),
          new Access(0x3c, I64, 1),
          new Access(0x3d, I64, 2),
          new Access(0x3e, I64, 4));

  private MemoryMakers() {}

  private static @Nullable InstructionTree anyLoad(
      BodyMaker body, List<GuestType> results, int depth) {
    if (results.size() != 1) {
      return null;
    }
    List<Access> fitting =
        LOADS.stream().filter(access -> access.type() == results.get(0)).toList();
    return fitting.isEmpty() ? null : access(body, body.dice().pick(fitting), results, depth);
  }

  static InstructionTree load(BodyMaker body, int opcode, GuestType type, int depth) {
    return access(body, LOADS.get(opcode - 0x28), List.of(type), depth);
  }

  private static @Nullable InstructionTree anyStore(
      BodyMaker body, List<GuestType> results, int depth) {
    return results.isEmpty() ? access(body, body.dice().pick(STORES), results, depth) : null;
  }

  private static InstructionTree access(
      BodyMaker body, Access access, List<GuestType> results, int depth) {
    int memory = Addresses.anyMemory(body);
    List<InstructionTree> operands = new ArrayList<>(List.of(Addresses.make(body, memory, depth)));
    if (results.isEmpty()) {
      GuestType type = access.type();
      operands.add(type.isFloat() ? ExactFloats.make(body, type, depth) : body.value(type, depth));
    }
    int alignment = body.dice().below(Integer.numberOfTrailingZeros(access.width()) + 1);
    MemoryImmediate immediate =
        new MemoryImmediate(memory, alignment, Addresses.offset(body, memory));
    return InstructionTree.of(
        results,
        operands,
        (out, labels) -> {
          out.octet(access.opcode());
          immediate.write(out);
        });
  }

  private static @Nullable InstructionTree size(
      BodyMaker body, List<GuestType> results, int depth) {
    int memory = Addresses.anyMemory(body);
    return results.equals(List.of(Addresses.type(body, memory)))
        ? InstructionTree.of(results, List.of(), (out, labels) -> out.octet(0x3f).unsigned(memory))
        : null;
  }

  private static @Nullable InstructionTree grow(
      BodyMaker body, List<GuestType> results, int depth) {
    int memory = Addresses.anyMemory(body);
    GuestType type = Addresses.type(body, memory);
    if (!results.equals(List.of(type))) {
      return null;
    }
    InstructionTree pages =
        body.dice().oneIn(3) ? body.value(type, depth) : Constants.tree(type, body.dice().below(2));
    return InstructionTree.of(
        results, List.of(pages), (out, labels) -> out.octet(0x40).unsigned(memory));
  }

  /** A memory becomes larger by a page, if it can. */
  static InstructionTree growth(BodyMaker body) {
    int memory = Addresses.anyMemory(body);
    return InstructionTree.of(
        List.of(),
        List.of(Constants.tree(Addresses.type(body, memory), 1)),
        (out, labels) -> out.octet(0x40).unsigned(memory).octet(0x1a));
  }
}
