package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.Opcode;
import java.util.Arrays;
import java.util.List;

/**
 * How the instructions of a function nest, where its branches go and how high the stack is. The
 * function itself is the outermost block, {@link #FUNCTION}.
 */
public final class FunctionShape {

  public static final int FUNCTION = -1;

  private final FunctionCode function;
  private final ModuleContext module;
  private final int[] parent;
  private final int[] depth;
  private final int[] height;
  private final int[] end;
  private final int[] otherwise;
  private final int[] opener;
  private final int[][] targets;
  private final int[] dropped;

  private FunctionShape(FunctionCode function, ModuleContext module) {
    int size = function.instructions().size();
    this.function = function;
    this.module = module;
    this.parent = new int[size];
    this.depth = new int[size];
    this.height = new int[size];
    this.end = new int[size];
    this.otherwise = new int[size];
    this.opener = new int[size];
    this.targets = new int[size][];
    this.dropped = new int[size];
    Arrays.fill(this.otherwise, FUNCTION);
  }

  static FunctionShape of(FunctionCode function, ModuleContext module) {
    FunctionShape shape = new FunctionShape(function, module);
    shape.scan();
    return shape;
  }

  private void scan() {
    List<Instruction> code = this.function.instructions();
    int[] open = new int[code.size() + 1];
    int nesting = 0;
    open[0] = FUNCTION;
    int current = 0;
    for (int i = 0; i < code.size(); i++) {
      Instruction instruction = code.get(i);
      int opcode = instruction.opcode();
      Signature block = instruction.block();
      if (opcode == Opcode.END || opcode == Opcode.ELSE) {
        if (nesting < 0) {
          throw new Unsplittable("an end too many");
        }
        int opened = open[nesting];
        place(i, opened, nesting, current);
        this.opener[i] = opened;
        if (opcode == Opcode.ELSE) {
          this.otherwise[opened] = i;
          current = parameters(opened);
        } else {
          nesting--;
          if (opened == FUNCTION) {
            continue;
          }
          this.end[opened] = i;
          current = this.height[opened] - (isIf(opened) ? 1 : 0) + blockOf(opened).results().size();
          current -= blockOf(opened).parameters().size();
        }
      } else if (block != null) {
        place(i, open[nesting], nesting, current);
        this.height[i] = current;
        int taken = block.parameters().size() + (opcode == Opcode.IF ? 1 : 0);
        require(current >= taken);
        open[++nesting] = i;
        current = block.parameters().size();
      } else {
        place(i, open[nesting], nesting, current);
        resolve(i, instruction, open, nesting, current);
        current += effect(instruction, current);
      }
    }
    require(nesting == FUNCTION);
  }

  private void place(int i, int opened, int nesting, int current) {
    this.parent[i] = opened;
    this.depth[i] = nesting;
    this.height[i] = current;
  }

  private int parameters(int opened) {
    return blockOf(opened).parameters().size();
  }

  private boolean isIf(int opened) {
    return this.function.instructions().get(opened).opcode() == Opcode.IF;
  }

  /** Of a block, not of the function. */
  Signature blockOf(int opened) {
    Signature block = this.function.instructions().get(opened).block();
    if (block == null) {
      throw new Unsplittable("an end without a block");
    }
    return block;
  }

  private void resolve(int i, Instruction instruction, int[] open, int nesting, int current) {
    List<Integer> labels = instruction.labels();
    if (labels.isEmpty()) {
      return;
    }
    int[] resolved = new int[labels.size()];
    int most = 0;
    int operands = instruction.opcode() == Opcode.BR ? 0 : 1;
    for (int k = 0; k < resolved.length; k++) {
      require(labels.get(k) <= nesting);
      resolved[k] = open[nesting - labels.get(k)];
      most = Math.max(most, labels.get(k));
    }
    int kept = labelTypes(resolved[0]).size();
    require(current >= operands + kept);
    this.targets[i] = resolved;
    this.dropped[i] = dropped(open, nesting, most, current - operands) - kept;
  }

  /** The values between the stack's top and the bottom of the block that a branch goes to. */
  private int dropped(int[] open, int nesting, int label, int current) {
    int values = current;
    for (int level = nesting; level > nesting - label; level--) {
      values += this.height[open[level]] - blockOf(open[level]).parameters().size();
      values -= isIf(open[level]) ? 1 : 0;
    }
    return values;
  }

  private int effect(Instruction instruction, int current) {
    int opcode = instruction.opcode();
    int pops;
    int pushes;
    switch (opcode) {
      case Opcode.BR_IF -> {
        pops = 1;
        pushes = 0;
      }
      case Opcode.CALL, Opcode.CALL_INDIRECT -> {
        Signature called = called(instruction);
        pops = called.parameters().size() + (opcode == Opcode.CALL ? 0 : 1);
        pushes = called.results().size();
      }
      default -> {
        if (StackEffects.terminates(opcode)) {
          return 0;
        }
        pops = StackEffects.pops(opcode);
        pushes = StackEffects.pushes(opcode);
      }
    }
    require(current >= pops);
    return pushes - pops;
  }

  public Signature called(Instruction call) {
    return call.opcode() == Opcode.CALL
        ? this.module.functionType((int) call.operand())
        : this.module.type((int) call.operand());
  }

  /** Whether a direct call is one of a piece of the function. */
  public boolean callsPiece(Instruction call) {
    return this.module.isAdded((int) call.operand());
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new Unsplittable("a stack that does not fit");
    }
  }

  /** Of the function itself. */
  public Signature type() {
    return this.function.type();
  }

  /** The types of the function's locals, parameters first. */
  public List<LocalType> locals() {
    return this.function.locals();
  }

  FunctionCode function() {
    return this.function;
  }

  public int size() {
    return this.parent.length;
  }

  public Instruction at(int i) {
    return this.function.instructions().get(i);
  }

  /** The innermost block around an instruction; that of an {@code end} is what it ends. */
  int parent(int i) {
    return this.parent[i];
  }

  /** How many blocks are around an instruction. */
  int depth(int i) {
    return this.depth[i];
  }

  /** How many values of the innermost block are on the stack before an instruction. */
  int height(int i) {
    return this.height[i];
  }

  int end(int opened) {
    return this.end[opened];
  }

  /** The {@code else} of an {@code if}, or {@link #FUNCTION}. */
  int otherwise(int opened) {
    return this.otherwise[opened];
  }

  /** What an {@code else} or {@code end} belongs to. */
  public int opener(int i) {
    return this.opener[i];
  }

  /** The blocks that a branch may go to, in the order of its labels. */
  public int[] targets(int i) {
    return this.targets[i];
  }

  /** How many values a branch throws away at most. */
  public int dropped(int i) {
    return this.dropped[i];
  }

  public boolean isBackward(int i) {
    for (int target : this.targets[i]) {
      if (target != FUNCTION && at(target).opcode() == Opcode.LOOP) {
        return true;
      }
    }
    return false;
  }

  /** What a branch to a block carries. */
  public List<LocalType> labelTypes(int opened) {
    if (opened == FUNCTION) {
      return this.function.type().results();
    }
    Signature block = blockOf(opened);
    return at(opened).opcode() == Opcode.LOOP ? block.parameters() : block.results();
  }

  /** What follows an instruction in its block: for what opens a block, what comes after its end. */
  int next(int i) {
    return at(i).opens() ? this.end[i] + 1 : i + 1;
  }
}
