package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.Opcode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instruction of a function.
 *
 * @param opcode see {@link Opcode}
 * @param operand a local, a label, a function or a type index, or the beginning of a constant or an
 *     offset; 0 if it has none
 * @param labels of a {@code br_table}, the default last; of other branches the only one
 * @param block what a block takes and leaves, {@code null} for what opens none
 * @param source where the encoded instruction stands, {@code null} for one made here
 * @param start of the encoded instruction
 * @param end of the encoded instruction, exclusive
 */
public record Instruction(
    int opcode,
    long operand,
    List<Integer> labels,
    @Nullable Signature block,
    byte @Nullable [] source,
    int start,
    int end) {

  static final Instruction END = simple(Opcode.END);

  static Instruction simple(int opcode) {
    return new Instruction(opcode, 0, List.of(), null, null, 0, 0);
  }

  static Instruction with(int opcode, long operand) {
    return new Instruction(opcode, operand, List.of(), null, null, 0, 0);
  }

  static Instruction branch(int opcode, List<Integer> labels) {
    return new Instruction(opcode, 0, labels, null, null, 0, 0);
  }

  static Instruction block(Signature type) {
    return new Instruction(Opcode.BLOCK, 0, List.of(), type, null, 0, 0);
  }

  boolean isLocal() {
    return this.opcode >= Opcode.LOCAL_GET && this.opcode <= Opcode.LOCAL_TEE;
  }

  /** Of the instructions for locals. */
  public int local() {
    return (int) this.operand;
  }

  boolean opens() {
    return this.block != null;
  }

  Instruction withLocal(int local) {
    return with(this.opcode, local);
  }

  Instruction withLabels(List<Integer> changed) {
    return branch(this.opcode, changed);
  }

  /**
   * @param log see {@link FunctionCode#write}; of what was made here it is told what may be asked
   *     for, calls and traps
   */
  void write(ByteWriter out, ModuleContext module, OriginalOffsets.Log log) {
    if (this.source != null) {
      log.copied(out.length(), this.start);
      out.bytes(this.source, this.start, this.end);
      return;
    }
    if (this.opcode == Opcode.CALL || this.opcode == Opcode.UNREACHABLE) {
      log.made(out.length());
    }
    out.octet(this.opcode);
    if (this.block != null) {
      writeBlockType(out, module, this.block);
      return;
    }
    switch (this.opcode) {
      case Opcode.BR, Opcode.BR_IF -> out.unsigned(this.labels.get(0));
      case Opcode.BR_TABLE -> {
        out.unsigned(this.labels.size() - 1);
        this.labels.forEach(out::unsigned);
      }
      case Opcode.CALL, Opcode.LOCAL_GET, Opcode.LOCAL_SET, Opcode.LOCAL_TEE ->
          out.unsigned((int) this.operand);
      case Opcode.I32_CONST -> out.signed(this.operand);
      default -> {}
    }
  }

  private static void writeBlockType(ByteWriter out, ModuleContext module, Signature type) {
    if (type.equals(Signature.NOTHING)) {
      out.octet(0x40);
    } else if (type.parameters().isEmpty() && type.results().size() == 1) {
      out.octet(type.results().get(0).code());
    } else {
      out.signed(module.blockTypeIndex(type));
    }
  }
}
