package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.with;
import static io.github.wasmspring.verification.engines.GuestType.I32;
import static io.github.wasmspring.verification.engines.GuestType.I64;

import io.github.wasmspring.binary.WasmFeature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Instructions on many bytes of memories, also from one to another. */
final class BulkMemoryMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(with(WasmFeature.BULK_MEMORY, 4, BulkMemoryMakers::bulk));

  private static final int INIT = 8;
  private static final int DROP = 9;
  private static final int COPY = 10;
  private static final int FILL = 11;

  private BulkMemoryMakers() {}

  private static @Nullable InstructionTree bulk(
      BodyMaker body, List<GuestType> results, int depth) {
    if (!results.isEmpty()) {
      return null;
    }
    boolean hasSegments = !body.module().data().isEmpty();
    return switch (body.dice().below(hasSegments ? 4 : 2)) {
      case 0 -> fill(body, depth);
      case 1 -> copy(body, depth);
      case 2 -> init(body, depth);
      default -> body.dice().oneIn(4) ? drop(body) : null;
    };
  }

  private static InstructionTree fill(BodyMaker body, int depth) {
    int memory = Addresses.anyMemory(body);
    InstructionTree value = body.value(I32, depth);
    return three(
        Addresses.make(body, memory, depth),
        value,
        length(body, Addresses.type(body, memory), 300),
        FILL,
        memory);
  }

  private static InstructionTree copy(BodyMaker body, int depth) {
    int target = Addresses.anyMemory(body);
    int source = Addresses.anyMemory(body);
    boolean wide = Addresses.type(body, target) == I64 && Addresses.type(body, source) == I64;
    return three(
        Addresses.make(body, target, depth),
        Addresses.make(body, source, depth),
        length(body, wide ? I64 : I32, 300),
        COPY,
        target,
        source);
  }

  private static @Nullable InstructionTree init(BodyMaker body, int depth) {
    int memory = Addresses.anyMemory(body);
    int segment = anySegment(body);
    if (body.module().data().get(segment).address() >= 0
        && !body.module().mayHave(ChicoryFault.KEEPS_ACTIVE_SEGMENTS)) {
      return null;
    }
    return three(
        Addresses.make(body, memory, depth),
        Constants.tree(I32, body.dice().below(body.isWild() ? 50 : 4)),
        length(body, I32, 4),
        INIT,
        segment,
        memory);
  }

  private static int anySegment(BodyMaker body) {
    return body.dice().below(body.module().data().size());
  }

  private static InstructionTree drop(BodyMaker body) {
    int segment = anySegment(body);
    return InstructionTree.of(
        List.of(), List.of(), (out, labels) -> out.octet(0xfc).unsigned(DROP).unsigned(segment));
  }

  private static InstructionTree length(BodyMaker body, GuestType type, int limit) {
    return body.isWild() ? body.value(type, 8) : Constants.tree(type, body.dice().below(limit));
  }

  private static InstructionTree three(
      InstructionTree first,
      InstructionTree second,
      InstructionTree length,
      int opcode,
      int... indices) {
    return InstructionTree.of(
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
