package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.with;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Atomic instructions; no other thread is there to wait for. */
final class AtomicMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          with(WasmFeature.THREADS, 14, AtomicMakers::access),
          with(WasmFeature.THREADS, 2, AtomicMakers::synchronize));

  private static final int PREFIX = 0xfe;
  private static final int NOTIFY = 0x00;
  private static final int WAIT = 0x01;
  private static final int WAIT_WIDE = 0x02;
  private static final int FENCE = 0x03;
  private static final int LOAD = 0x10;
  private static final int COMPARE_EXCHANGE = 0x48;

  /** In the order in which the opcodes of each operation stand. */
  private static final List<GuestType> TYPES = List.of(I32, I64, I32, I32, I64, I64, I64);

  private static final List<Integer> WIDTHS = List.of(4, 8, 1, 2, 1, 2, 4);

  /** Load, store, six that change what is there, and one that compares before. */
  private static final int OPERATIONS = 9;

  private static final int STORE = 1;
  private static final int MOST_NANOS = 2000;

  private AtomicMakers() {}

  private static @Nullable InstructionTree access(
      BodyMaker body, List<GuestType> results, int depth) {
    int form = body.dice().below(TYPES.size());
    GuestType type = TYPES.get(form);
    int operation = results.isEmpty() ? STORE : body.dice().below(OPERATIONS);
    if (!results.isEmpty() && (operation == STORE || !results.equals(List.of(type)))) {
      return null;
    }
    int opcode = LOAD + operation * TYPES.size() + form;
    List<InstructionTree> operands = new ArrayList<>();
    if (opcode >= LOAD + TYPES.size()) {
      operands.add(body.value(type, depth));
    }
    if (opcode >= COMPARE_EXCHANGE) {
      operands.add(body.value(type, depth));
    }
    return make(body, results, opcode, WIDTHS.get(form), operands, depth);
  }

  private static InstructionTree make(
      BodyMaker body,
      List<GuestType> results,
      int opcode,
      int width,
      List<InstructionTree> others,
      int depth) {
    int memory = Addresses.anyMemory(body);
    GuestType type = Addresses.type(body, memory);
    InstructionTree address = Addresses.make(body, memory, depth);
    long offset = Addresses.offset(body, memory);
    // Most are aligned, for others trap.
    boolean aligned =
        !body.isWild() || !body.module().mayHave(ChicoryFault.ALIGNMENT_BEFORE_BOUNDS);
    List<InstructionTree> operands = new ArrayList<>();
    operands.add(aligned ? ValueMakers.masked(type, address, -width) : address);
    operands.addAll(others);
    MemoryImmediate immediate =
        new MemoryImmediate(
            memory, Integer.numberOfTrailingZeros(width), aligned ? offset & -width : offset);
    return InstructionTree.of(
        results,
        operands,
        (out, labels) -> {
          out.octet(PREFIX).unsigned(opcode);
          immediate.write(out);
        });
  }

  private static @Nullable InstructionTree synchronize(
      BodyMaker body, List<GuestType> results, int depth) {
    if (results.isEmpty()) {
      return InstructionTree.of(
          results, List.of(), (out, labels) -> out.octet(PREFIX).unsigned(FENCE).octet(0));
    }
    if (!results.equals(List.of(I32))) {
      return null;
    }
    if (body.dice().oneIn(2)) {
      return make(body, results, NOTIFY, 4, List.of(body.value(I32, depth)), depth);
    }
    boolean wide = body.dice().oneIn(2);
    InstructionTree expected = body.value(wide ? I64 : I32, depth);
    InstructionTree nanos = Constants.tree(I64, body.dice().below(MOST_NANOS));
    // Where memories are not shared it traps, and of two causes engines name one or the other.
    boolean shared = body.module().memories().stream().allMatch(PlannedMemory::isShared);
    return shared && body.module().mayHave(NodeFault.WAITS)
        ? make(
            body, results, wide ? WAIT_WIDE : WAIT, wide ? 8 : 4, List.of(expected, nanos), depth)
        : null;
  }
}
