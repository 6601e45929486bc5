package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instruction with the code of its operands and, if it is a block, what is in it. Its lists can
 * be changed, by which modules are reduced.
 */
final class InstructionTree {

  private static final int ELSE = 0x05;
  private static final int END = 0x0b;

  /** Writes an instruction without its operands. */
  interface Encoding {
    void write(ByteWriter out, OpenLabels labels);
  }

  private final List<GuestType> results;
  private final List<InstructionTree> operands;
  private final Encoding encoding;
  private final @Nullable BlockLabel label;
  private final List<List<InstructionTree>> bodies;
  private final List<Encoding> separators;
  private final Encoding closing;
  private boolean fixed;

  private InstructionTree(
      List<GuestType> results,
      List<InstructionTree> operands,
      Encoding encoding,
      @Nullable BlockLabel label,
      List<List<InstructionTree>> bodies,
      List<Encoding> separators,
      Encoding closing) {
    this.results = results;
    this.operands = new ArrayList<>(operands);
    this.encoding = encoding;
    this.label = label;
    this.bodies = bodies;
    this.separators = separators;
    this.closing = closing;
  }

  static InstructionTree of(
      List<GuestType> results, List<InstructionTree> operands, Encoding encoding) {
    return new InstructionTree(results, operands, encoding, null, List.of(), List.of(), octet(END));
  }

  private static Encoding octet(int opcode) {
    return (out, labels) -> out.octet(opcode);
  }

  /**
   * @param bodies one, or two for an {@code if} with an {@code else}
   */
  static InstructionTree block(
      List<GuestType> results,
      List<InstructionTree> operands,
      Encoding opening,
      BlockLabel label,
      List<List<InstructionTree>> bodies) {
    return block(results, operands, opening, label, bodies, List.of(octet(ELSE)), octet(END));
  }

  /**
   * @param separators what stands between the bodies
   * @param closing what stands at the end, and is not in the block
   */
  static InstructionTree block(
      List<GuestType> results,
      List<InstructionTree> operands,
      Encoding opening,
      BlockLabel label,
      List<List<InstructionTree>> bodies,
      List<Encoding> separators,
      Encoding closing) {
    return new InstructionTree(
        results,
        operands,
        opening,
        label,
        bodies.stream().map(ArrayList::new).map(InstructionTree::list).toList(),
        separators,
        closing);
  }

  private static List<InstructionTree> list(List<InstructionTree> changeable) {
    return changeable;
  }

  /** Says that reducing must keep it. */
  InstructionTree fixed() {
    this.fixed = true;
    return this;
  }

  boolean isFixed() {
    return this.fixed;
  }

  List<GuestType> results() {
    return this.results;
  }

  /** All that is directly below it, in lists that can be changed. */
  List<List<InstructionTree>> parts() {
    List<List<InstructionTree>> parts = new ArrayList<>(this.bodies);
    parts.add(0, this.operands);
    return parts;
  }

  /**
   * @throws IllegalStateException if it goes to a block that it is not in
   */
  void write(ByteWriter out, OpenLabels labels) {
    this.operands.forEach(operand -> operand.write(out, labels));
    this.encoding.write(out, labels);
    if (this.label == null) {
      return;
    }
    labels.open(this.label);
    for (int i = 0; i < this.bodies.size(); i++) {
      if (i > 0) {
        this.separators.get(i - 1).write(out, labels);
      }
      this.bodies.get(i).forEach(each -> each.write(out, labels));
    }
    labels.close();
    this.closing.write(out, labels);
  }
}
