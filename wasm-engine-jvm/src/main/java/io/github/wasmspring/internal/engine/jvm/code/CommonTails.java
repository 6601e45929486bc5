package io.github.wasmspring.internal.engine.jvm.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/**
 * Makes a method smaller: where several ways end in the same instructions before they jump to the
 * same place or leave the method, all but one jump to those of the last: forwards, as HotSpot
 * enters compiled code only where it jumps back with no operands. What is left of a function that
 * was split consists of calls of pieces, behind each of which the same results are taken to the
 * same local variables.
 *
 * <p>All ways come from inside of what they jump to if that is a loop, so no loop gets a second
 * entry. Two ways have the same operands where their common instructions begin, as these take the
 * same types and leave what the place that both go to expects.
 */
final class CommonTails {

  /** The jump that takes the place of a tail has three bytes itself. */
  private static final int SMALLEST = 6;

  /** Of a block that is compared as a whole. */
  private static final int MOST_INSTRUCTIONS = 8;

  /** Of those with one end; nothing is compared with more. */
  private static final int MOST_TAILS = 64;

  private static final int MOST_ROUNDS = 16;

  private final InstructionBuffer code;
  private int[] target = new int[0];

  private CommonTails(InstructionBuffer code) {
    this.code = code;
  }

  /**
   * @param code without ranges that handlers hold for
   */
  static void join(InstructionBuffer code) {
    code.mute(false);
    CommonTails tails = new CommonTails(code);
    tails.joinBlocks();
    tails.dropUnreached();
    // What is left before a tail may itself be the tail of what goes to that.
    for (int round = 0; round < MOST_ROUNDS && tails.joinTails(); round++) {}
    tails.dropUnreached();
  }

  /** Labels before the same instructions up to a jump become one. */
  private void joinBlocks() {
    this.target = new int[this.code.labelCount()];
    Arrays.setAll(this.target, label -> label);
    Map<List<Object>, Integer> known = new HashMap<>();
    for (int i = this.code.last(); i != InstructionBuffer.NONE; i = this.code.previous(i)) {
      if (this.code.opcode(i) == InstructionBuffer.LABEL) {
        joinBlock(i, known);
      }
    }
    for (int label = 0; label < this.target.length; label++) {
      this.target[label] = end(label);
    }
    this.code.redirect(this.target);
  }

  private void joinBlock(int labelled, Map<List<Object>, Integer> known) {
    int label = this.code.operand(labelled);
    List<Object> block = new ArrayList<>();
    int i = this.code.next(labelled);
    while (i != InstructionBuffer.NONE && block.size() < MOST_INSTRUCTIONS) {
      int opcode = this.code.opcode(i);
      if (opcode == Opcodes.GOTO && block.isEmpty()) {
        this.target[label] = this.code.operand(i);
        return;
      }
      if (opcode != InstructionBuffer.LABEL) {
        block.add(this.code.content(i));
        if (isEnd(i)) {
          this.target[label] = known.computeIfAbsent(block, last -> label);
          return;
        }
        if (!isComparable(i)) {
          return;
        }
      }
      i = this.code.next(i);
    }
  }

  /** Where a label leads in the end; labels that lead to each other in a circle stay. */
  private int end(int label) {
    int end = label;
    for (int steps = 0; this.target[end] != end; steps++) {
      end = this.target[end];
      if (steps > this.target.length) {
        return label;
      }
    }
    return end;
  }

  private void dropUnreached() {
    int[] uses = new int[this.code.labelCount()];
    for (int i = this.code.first(); i != InstructionBuffer.NONE; i = this.code.next(i)) {
      this.code.countUses(i, uses, 1);
    }
    boolean reached = true;
    int next;
    for (int i = this.code.first(); i != InstructionBuffer.NONE; i = next) {
      next = this.code.next(i);
      boolean isLabel = this.code.opcode(i) == InstructionBuffer.LABEL;
      reached |= isLabel && uses[this.code.operand(i)] > 0;
      if (!reached || isLabel && uses[this.code.operand(i)] == 0) {
        this.code.countUses(i, uses, -1);
        this.code.remove(i);
      } else if (InstructionBuffer.neverGoesOn(this.code.opcode(i))) {
        reached = false;
      }
    }
  }

  private boolean joinTails() {
    boolean joined = false;
    Map<InstructionBuffer.Content, List<Integer>> ends = new HashMap<>();
    for (int i = this.code.last(); i != InstructionBuffer.NONE; i = this.code.previous(i)) {
      if (isEnd(i)) {
        List<Integer> known = ends.computeIfAbsent(this.code.content(i), end -> new ArrayList<>());
        if (joinTail(i, known)) {
          joined = true;
        } else if (known.size() < MOST_TAILS) {
          known.add(i);
        }
      }
    }
    return joined;
  }

  /** A jump, or the end of the method with nothing else on the stack. */
  private boolean isEnd(int i) {
    int opcode = this.code.opcode(i);
    return opcode == Opcodes.GOTO
        || opcode >= Opcodes.IRETURN
            && opcode <= Opcodes.RETURN
            && this.code.operand(i) == InstructionBuffer.ALONE;
  }

  private boolean joinTail(int end, List<Integer> known) {
    int longest = SMALLEST - 1;
    int tail = InstructionBuffer.NONE;
    int same = InstructionBuffer.NONE;
    for (int other : known) {
      int bytes = 0;
      int i = this.code.previous(end);
      int j = this.code.previous(other);
      while (isSame(i, j)) {
        bytes += this.code.size(i);
        if (bytes > longest) {
          longest = bytes;
          tail = i;
          same = j;
        }
        i = this.code.previous(i);
        j = this.code.previous(j);
      }
    }
    if (tail == InstructionBuffer.NONE) {
      return false;
    }
    int label = this.code.labelBefore(same);
    int next;
    for (int i = tail; i != end; i = next) {
      next = this.code.next(i);
      this.code.remove(i);
    }
    this.code.replaceByJump(end, label);
    return true;
  }

  private boolean isSame(int i, int j) {
    return i != InstructionBuffer.NONE
        && j != InstructionBuffer.NONE
        && isComparable(i)
        && isComparable(j)
        && this.code.content(i).equals(this.code.content(j));
  }

  /** What fails somewhere has to say where, and of some instructions operands are not known. */
  private boolean isComparable(int i) {
    int opcode = this.code.opcode(i);
    boolean takesAny = opcode >= Opcodes.POP && opcode <= Opcodes.SWAP && this.code.operand(i) == 0;
    return !takesAny
        && opcode != InstructionBuffer.LABEL
        && !InstructionBuffer.neverGoesOn(opcode)
        && !this.code.mayFail(i);
  }
}
