package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.Opcode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which locals are read later on, without being written before. A backward pass over structured
 * code, repeated until the loops agree; the sets are bits, 64 locals to a {@code long}.
 */
final class Liveness {

  private static final int MOST_PASSES = 100;
  private static final long MOST_WORK = 400_000_000;
  private static final long MOST_KEPT = 4_000_000;

  private final FunctionShape shape;
  private final int words;
  private final long[] @Nullable [] before;
  private final long[] @Nullable [] atLabel;
  private final long[] nothing;
  private long work;
  private long kept;

  private Liveness(FunctionShape shape) {
    this.shape = shape;
    this.words = (shape.function().locals().size() + 63) / 64;
    this.before = new long[shape.size() + 1][];
    this.atLabel = new long[shape.size()][];
    this.nothing = new long[this.words];
  }

  /**
   * @throws Unsplittable if it would take too long
   */
  static Liveness of(FunctionShape shape) {
    Liveness liveness = new Liveness(shape);
    int passes = 0;
    while (liveness.pass()) {
      if (++passes > MOST_PASSES) {
        throw new Unsplittable("loops in too many loops");
      }
    }
    return liveness;
  }

  /** What is live before an instruction that finds no values of its block on the stack. */
  long[] before(int i) {
    long[] live = this.before[i];
    if (live == null) {
      throw new IllegalStateException("There is a value on the stack before instruction " + i);
    }
    return live;
  }

  /** What is live where a branch to a block goes on. */
  long[] atLabel(int opened) {
    long[] live = opened == FunctionShape.FUNCTION ? this.nothing : this.atLabel[opened];
    return live != null ? live : this.nothing;
  }

  static boolean has(long[] live, int local) {
    return (live[local >> 6] >>> local & 1) != 0;
  }

  /** Whether a loop has learnt something new. */
  private boolean pass() {
    boolean changed = false;
    long[] live = new long[this.words];
    for (int i = this.shape.size() - 1; i >= 0; i--) {
      Instruction instruction = this.shape.at(i);
      switch (instruction.opcode()) {
        case Opcode.END -> atEnd(this.shape.opener(i), live);
        case Opcode.ELSE -> {
          int opened = this.shape.opener(i);
          this.before[i + 1] = keep(live, this.before[i + 1]);
          copy(atLabel(opened), live);
        }
        case Opcode.IF -> {
          int otherwise = this.shape.otherwise(i);
          add(otherwise < 0 ? atLabel(i) : before(otherwise + 1), live);
        }
        case Opcode.LOOP -> {
          if (!Arrays.equals(live, atLabel(i))) {
            this.atLabel[i] = keep(live, this.atLabel[i]);
            changed = true;
          }
        }
        case Opcode.BR -> copy(atLabel(this.shape.targets(i)[0]), live);
        case Opcode.BR_IF -> add(atLabel(this.shape.targets(i)[0]), live);
        case Opcode.BR_TABLE -> {
          Arrays.fill(live, 0);
          int last = -2;
          for (int target : this.shape.targets(i)) {
            if (target != last) {
              add(atLabel(target), live);
            }
            last = target;
          }
        }
        case Opcode.LOCAL_GET -> live[instruction.local() >> 6] |= 1L << instruction.local();
        case Opcode.LOCAL_SET, Opcode.LOCAL_TEE ->
            live[instruction.local() >> 6] &= ~(1L << instruction.local());
        default -> {
          if (StackEffects.terminates(instruction.opcode())) {
            Arrays.fill(live, 0);
          }
        }
      }
      if (this.shape.height(i) == 0) {
        this.before[i] = keep(live, this.before[i]);
      }
    }
    return changed;
  }

  private void atEnd(int opened, long[] live) {
    if (opened == FunctionShape.FUNCTION) {
      Arrays.fill(live, 0);
    } else if (this.shape.at(opened).opcode() != Opcode.LOOP) {
      this.atLabel[opened] = keep(live, this.atLabel[opened]);
    }
  }

  private long[] keep(long[] live, long @Nullable [] old) {
    spend();
    if (old != null) {
      System.arraycopy(live, 0, old, 0, this.words);
      return old;
    }
    this.kept += this.words + 2;
    if (this.kept > MOST_KEPT) {
      throw new Unsplittable("too many locals for so many instructions");
    }
    return live.clone();
  }

  private void add(long[] more, long[] live) {
    spend();
    for (int i = 0; i < this.words; i++) {
      live[i] |= more[i];
    }
  }

  private void copy(long[] source, long[] live) {
    spend();
    System.arraycopy(source, 0, live, 0, this.words);
  }

  private void spend() {
    this.work += this.words + 1;
    if (this.work > MOST_WORK) {
      throw new Unsplittable("too many branches and locals");
    }
  }
}
