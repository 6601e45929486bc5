package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.with;
import static io.github.wasmspring.verification.engines.GuestType.V128;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors, and lanes of them, in memories. */
final class VectorMemoryMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          with(WasmFeature.SIMD, 20, VectorMemoryMakers::load),
          with(WasmFeature.SIMD, 20, VectorMemoryMakers::store));

  private static final int STORE = 0x0b;
  private static final int LOAD_LANE = 0x54;
  private static final int STORE_LANE = 0x58;

  /** By the numbers of instructions: the binary logarithm of the bytes that they read. */
  private static final List<Integer> WIDTHS = List.of(4, 3, 3, 3, 3, 3, 3, 0, 1, 2, 3);

  private VectorMemoryMakers() {}

  private static @Nullable InstructionTree load(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.equals(List.of(V128))) {
      return null;
    }
    Dice dice = body.dice();
    if (dice.oneIn(4)) {
      return lane(body, LOAD_LANE, results, depth);
    }
    if (dice.oneIn(6)) {
      int zeros = dice.below(2);
      return access(body, 0x5c + zeros, 2 + zeros, -1, results, depth);
    }
    int number = dice.oneIn(3) ? 0 : dice.below(WIDTHS.size());
    return access(body, number, WIDTHS.get(number), -1, results, depth);
  }

  private static @Nullable InstructionTree store(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty()) {
      return null;
    }
    return body.dice().oneIn(3)
        ? lane(body, STORE_LANE, results, depth)
        : access(body, STORE, 4, -1, results, depth);
  }

  private static InstructionTree lane(
      BodyMaker body, int first, List<GuestType> results, int depth) {
    int width = body.dice().below(4);
    return access(body, first + width, width, body.dice().below(16 >> width), results, depth);
  }

  /**
   * @param lane -1 for all of them
   */
  private static InstructionTree access(
      BodyMaker body, int number, int width, int lane, List<GuestType> results, int depth) {
    int memory = Addresses.anyMemory(body);
    List<InstructionTree> operands = new ArrayList<>(List.of(Addresses.make(body, memory, depth)));
    if (lane >= 0 || results.isEmpty()) {
      operands.add(body.value(V128, depth));
    }
    MemoryImmediate immediate =
        new MemoryImmediate(memory, body.dice().below(width + 1), Addresses.offset(body, memory));
    return InstructionTree.of(
        results,
        operands,
        (out, labels) -> {
          VectorMakers.write(out, number);
          immediate.write(out);
          if (lane >= 0) {
            out.octet(lane);
          }
        });
  }
}
