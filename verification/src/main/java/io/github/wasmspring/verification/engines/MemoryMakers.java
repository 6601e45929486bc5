package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.often;
import static io.github.wasmspring.verification.engines.CodeMaker.with;
import static io.github.wasmspring.verification.engines.GuestType.F32;
import static io.github.wasmspring.verification.engines.GuestType.F64;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accesses of the memory at every kind of edge, and instructions on all of it. */
final class MemoryMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          often(14, MemoryMakers::anyLoad),
          often(14, MemoryMakers::anyStore),
          often(2, MemoryMakers::size),
          often(2, MemoryMakers::grow),
          with(WasmFeature.BULK_MEMORY, 4, MemoryMakers::bulk));

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

  private static final List<Integer> OFFSETS = List.of(0, 0, 0, 1, 2, 4, 8, 15, 100, 1000);
  private static final List<Integer> WILD_OFFSETS =
      List.of(
          65_527,
          65_528,
          65_532,
          65_535,
          65_536,
          131_064,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE - 7,
          Integer.MIN_VALUE,
          Integer.MIN_VALUE + 1,
          -1,
          -4,
          -8,
          -65_536);
  private static final int PAGE = 65_536;
  private static final int TAME = 0x3fff;

  private MemoryMakers() {}

  /** What a pointer is set to: mostly an address inside of the memory. */
  static CodeTree pointer(BodyMaker body, int depth) {
    if (body.isWild()) {
      return body.dice().oneIn(2) ? edge(body) : body.value(I32, depth);
    }
    Dice dice = body.dice();
    return switch (dice.below(4)) {
      case 0 -> Constants.tree(I32, dice.below(TAME));
      case 1 -> load(body, dice.oneIn(2) ? 0x2d : 0x2f, I32, depth);
      case 2 -> step(body);
      default -> ValueMakers.masked(body, TAME, depth);
    };
  }

  /** One pointer becomes another one, a little away, also below 0. */
  private static CodeTree step(BodyMaker body) {
    int local = body.locals().pointer(body.dice());
    int by = body.dice().below(40) - (body.isWild() ? 0x4000 : 0);
    return CodeTree.of(
        List.of(I32),
        List.of(ValueMakers.get(0x20, local, I32), Constants.tree(I32, by)),
        (out, labels) -> out.octet(0x6a));
  }

  private static CodeTree edge(BodyMaker body) {
    int page = body.dice().below(body.module().maximumPages() + 1);
    return Constants.tree(I32, page * PAGE + body.dice().below(20) - 12);
  }

  private static CodeTree address(BodyMaker body, int depth) {
    Dice dice = body.dice();
    if (!dice.oneIn(2)) {
      return pointer(body, depth);
    }
    CodeTree address = ValueMakers.get(0x20, body.locals().pointer(dice), I32);
    // What is known of a pointer is not known of what it was before.
    return dice.oneIn(6)
        ? CodeTree.of(
            List.of(I32),
            List.of(address, ValueMakers.setPointer(body, depth)),
            (out, labels) -> {})
        : address;
  }

  private static int offset(BodyMaker body) {
    return body.dice().pick(body.isWild() ? WILD_OFFSETS : OFFSETS);
  }

  private static @Nullable CodeTree anyLoad(BodyMaker body, List<GuestType> results, int depth) {
    if (results.size() != 1) {
      return null;
    }
    List<Access> fitting =
        LOADS.stream().filter(access -> access.type() == results.get(0)).toList();
    return fitting.isEmpty() ? null : access(body, body.dice().pick(fitting), results, depth);
  }

  static CodeTree load(BodyMaker body, int opcode, GuestType type, int depth) {
    return access(body, LOADS.get(opcode - 0x28), List.of(type), depth);
  }

  private static @Nullable CodeTree anyStore(BodyMaker body, List<GuestType> results, int depth) {
    return results.isEmpty() ? access(body, body.dice().pick(STORES), results, depth) : null;
  }

  private static CodeTree access(
      BodyMaker body, Access access, List<GuestType> results, int depth) {
    List<CodeTree> operands = new ArrayList<>(List.of(address(body, depth)));
    if (results.isEmpty()) {
      GuestType type = access.type();
      operands.add(type.isFloat() ? ExactFloats.make(body, type, depth) : body.value(type, depth));
    }
    int offset = offset(body);
    int alignment = body.dice().below(Integer.numberOfTrailingZeros(access.width()) + 1);
    return CodeTree.of(
        results,
        operands,
        (out, labels) -> out.octet(access.opcode()).unsigned(alignment).unsigned(offset));
  }

  private static @Nullable CodeTree size(BodyMaker body, List<GuestType> results, int depth) {
    return results.equals(List.of(I32))
        ? CodeTree.of(results, List.of(), (out, labels) -> out.octet(0x3f).unsigned(0))
        : null;
  }

  private static @Nullable CodeTree grow(BodyMaker body, List<GuestType> results, int depth) {
    if (!results.equals(List.of(I32))) {
      return null;
    }
    CodeTree pages =
        body.dice().oneIn(3) ? body.value(I32, depth) : Constants.tree(I32, body.dice().below(2));
    return CodeTree.of(results, List.of(pages), (out, labels) -> out.octet(0x40).unsigned(0));
  }

  private static @Nullable CodeTree bulk(BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty()) {
      return null;
    }
    int segments = body.module().data().size();
    int segment = segments == 0 ? 0 : body.dice().below(segments);
    return switch (body.dice().below(segments == 0 ? 2 : 4)) {
      case 0 -> three(body, address(body, depth), body.value(I32, depth), 11, new int[] {0});
      case 1 -> three(body, address(body, depth), address(body, depth), 10, new int[] {0, 0});
      case 2 -> {
        if (body.module().data().get(segment).address() >= 0) {
          body.module().faults().add(ChicoryFault.KEEPS_ACTIVE_SEGMENTS);
        }
        yield three(
            body,
            address(body, depth),
            Constants.tree(I32, body.dice().below(body.isWild() ? 50 : 4)),
            8,
            new int[] {segment, 0});
      }
      default ->
          body.dice().oneIn(4)
              ? CodeTree.of(
                  List.of(),
                  List.of(),
                  (out, labels) -> out.octet(0xfc).unsigned(9).unsigned(segment))
              : null;
    };
  }

  private static CodeTree three(
      BodyMaker body, CodeTree first, CodeTree second, int opcode, int[] indices) {
    CodeTree length =
        body.isWild()
            ? body.value(I32, 8)
            : Constants.tree(I32, body.dice().below(opcode == 8 ? 4 : 300));
    return CodeTree.of(
        List.of(),
        List.of(first, second, length),
        (out, labels) -> {
          out.octet(0xfc).unsigned(opcode);
          for (int index : indices) {
            out.unsigned(index);
          }
        });
  }
}
