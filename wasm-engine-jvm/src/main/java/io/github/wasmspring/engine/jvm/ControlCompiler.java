package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.FunctionSignature.EXTERNREF;
import static io.github.wasmspring.engine.jvm.FunctionSignature.F32;
import static io.github.wasmspring.engine.jvm.FunctionSignature.F64;
import static io.github.wasmspring.engine.jvm.FunctionSignature.FUNCREF;
import static io.github.wasmspring.engine.jvm.FunctionSignature.I32;
import static io.github.wasmspring.engine.jvm.FunctionSignature.I64;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.engine.jvm.OpenBlocks.Block;
import java.util.Arrays;
import org.objectweb.asm.Opcodes;

/**
 * Blocks, and branches to them. At the head of a loop the operands are in their homes, so that
 * HotSpot can enter compiled code there; they come back where the loop is left.
 */
final class ControlCompiler {

  private static final int[] NOTHING = {};
  private static final int[][] ONE = {{I32}, {I64}, {F32}, {F64}, {FUNCREF}, {EXTERNREF}};

  private final BinaryCursor in;
  private final GuestModule module;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final OpenBlocks blocks;
  private final PendingComparison comparison;
  private final CallCompiler calls;

  ControlCompiler(
      BinaryCursor in,
      GuestModule module,
      MethodBody method,
      PendingComparison comparison,
      CallCompiler calls) {
    this.in = in;
    this.module = module;
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
    this.blocks = method.blocks;
    this.comparison = comparison;
    this.calls = calls;
  }

  /** The block around all others. */
  void openFunction(FunctionSignature signature) {
    Block block = this.blocks.open(OpenBlocks.FUNCTION, NOTHING, signature.results(), 0);
    block.label = this.code.newLabel();
  }

  void open(int opcode) {
    int[] parameters = NOTHING;
    int[] results = NOTHING;
    int form = this.in.peek();
    if (form == 0x40) {
      this.in.octet();
    } else if ((form & 0xc0) == 0x40) {
      int type = GuestModule.type(ValueType.read(this.in));
      for (int[] one : ONE) {
        results = one[0] == type ? one : results;
      }
    } else {
      FunctionSignature signature = this.module.signature((int) this.in.s33());
      parameters = signature.parameters();
      results = signature.results();
    }
    boolean dead = this.code.isMuted();
    int otherwise = this.code.newLabel();
    if (opcode == OpenBlocks.IF) {
      this.method.pop();
      this.comparison.jump(otherwise, false);
    }
    this.method.retype(parameters);
    this.stack.seal();
    int outerBase = this.blocks.innermost().base;
    Block block =
        this.blocks.open(opcode, parameters, results, this.stack.height() - parameters.length);
    block.isDead = dead;
    block.label = this.code.newLabel();
    block.otherwise = otherwise;
    block.assigned = this.method.locals.assignmentCount();
    if (opcode == OpenBlocks.LOOP) {
      beginLoop(block, outerBase);
    }
  }

  private void beginLoop(Block block, int outerBase) {
    for (int i = this.stack.height() - 1; !block.isDead && i >= outerBase; i--) {
      this.method.save(this.stack.type(i), i);
    }
    block.base = block.height;
    this.code.add(InstructionBuffer.LABEL, block.label);
    this.code.add(InstructionBuffer.POLL);
    for (int i = block.height; !block.isDead && i < this.stack.height(); i++) {
      this.method.load(this.stack.type(i), i);
    }
    this.method.locals.forget();
  }

  void otherwise() {
    Block block = this.blocks.innermost();
    this.method.pop(block.results.length);
    if (!this.code.isMuted()) {
      block.isTarget = true;
      this.code.add(Opcodes.GOTO, block.label);
    }
    block.hasElse = true;
    beginOtherwise(block);
    this.method.push(block.parameters);
    this.stack.seal();
  }

  private void beginOtherwise(Block block) {
    this.code.mute(block.isDead);
    this.code.add(InstructionBuffer.LABEL, block.otherwise);
    this.method.locals.meet(block.assigned);
  }

  void end() {
    Block block = this.blocks.innermost();
    this.method.pop(block.results.length);
    boolean live = !this.code.isMuted();
    if (block.opcode == OpenBlocks.IF && !block.hasElse) {
      beginOtherwise(block);
      live |= !block.isDead;
    }
    if (block.opcode == OpenBlocks.FUNCTION) {
      this.code.mute(!live);
      this.calls.giveBack(block.results, this.stack.height());
      this.blocks.close();
      return;
    }
    if (block.opcode != OpenBlocks.LOOP && block.isTarget) {
      this.code.mute(false);
      this.code.add(InstructionBuffer.LABEL, block.label);
      this.method.locals.meet(block.assigned);
      live = true;
    }
    this.code.mute(!live);
    this.blocks.close();
    this.method.push(block.results);
    this.stack.seal();
    if (block.opcode == OpenBlocks.LOOP && live) {
      restore(block, this.blocks.innermost().base);
    }
  }

  /** Brings operands back onto the stack, below the results of a loop. */
  private void restore(Block block, int outerBase) {
    if (outerBase == block.base) {
      return;
    }
    int top = this.stack.height();
    for (int i = top - 1; i >= block.height; i--) {
      this.method.save(this.stack.type(i), i);
    }
    for (int i = outerBase; i < top; i++) {
      this.method.load(this.stack.type(i), i);
    }
  }

  /** Nothing comes to what follows. */
  void unreachable() {
    this.stack.shrink(this.blocks.innermost().height);
    this.code.mute(true);
  }

  void branch() {
    branch(this.blocks.at(this.in.index()));
    unreachable();
  }

  void branchToEnd() {
    branch(this.blocks.at(this.blocks.depth() - 1));
    unreachable();
  }

  void branchIf() {
    this.method.pop();
    Block target = this.blocks.at(this.in.index());
    this.method.retype(target.branchTypes());
    this.stack.seal();
    if (isPlain(target)) {
      target.isTarget |= !this.code.isMuted();
      this.comparison.jump(target.label, true);
    } else {
      int goOn = this.code.newLabel();
      this.comparison.jump(goOn, false);
      branch(target);
      this.code.add(InstructionBuffer.LABEL, goOn);
    }
  }

  void branchTable() {
    this.method.pop();
    int count = this.in.index();
    if (this.code.isMuted()) {
      for (int i = 0; i <= count; i++) {
        this.in.index();
      }
      return;
    }
    int[] labels = new int[count + 1];
    int[] ways = new int[this.blocks.depth()];
    Arrays.fill(ways, -1);
    for (int i = 0; i <= count; i++) {
      int depth = this.in.index();
      Block target = this.blocks.at(depth);
      if (ways[depth] < 0) {
        ways[depth] = isPlain(target) ? target.label : this.code.newLabel();
        target.isTarget |= isPlain(target) && !this.code.isMuted();
      }
      labels[i] = ways[depth];
    }
    // The JVM has no switch without a case.
    this.code.table(count == 0 ? new int[] {labels[0], labels[0]} : labels);
    for (int depth = 0; depth < ways.length; depth++) {
      Block target = this.blocks.at(depth);
      if (ways[depth] >= 0 && !isPlain(target)) {
        this.code.add(InstructionBuffer.LABEL, ways[depth]);
        branch(target);
      }
    }
    unreachable();
  }

  /** Whether a jump is all that a branch takes. */
  private boolean isPlain(Block target) {
    return target.opcode != OpenBlocks.FUNCTION
        && target.base == this.blocks.innermost().base
        && this.stack.height() == target.height + target.branchTypes().length
        && (target.opcode != OpenBlocks.LOOP || target.parameters.length == 0);
  }

  /** Goes to a block with the operands that are there. */
  private void branch(Block target) {
    if (this.code.isMuted()) {
      return;
    }
    if (target.opcode == OpenBlocks.FUNCTION) {
      this.calls.giveBack(target.results, this.stack.height() - target.results.length);
      return;
    }
    target.isTarget = true;
    if (!isPlain(target)) {
      arrange(target);
    }
    this.code.add(Opcodes.GOTO, target.label);
  }

  /** Puts operands where a block wants them, for a loop into their homes. */
  private void arrange(Block target) {
    int values = target.branchTypes().length;
    int top = this.stack.height();
    int base = this.blocks.innermost().base;
    boolean loop = target.opcode == OpenBlocks.LOOP;
    for (int i = top - 1; i >= top - values; i--) {
      this.method.save(this.stack.type(i), loop ? i - top + values + target.height : i);
    }
    int keep = loop ? base : base == target.base ? target.height : base;
    for (int i = top - values - 1; i >= keep; i--) {
      this.method.drop(this.stack.type(i));
    }
    if (loop) {
      return;
    }
    if (base != target.base) {
      for (int i = target.base; i < target.height; i++) {
        this.method.load(this.stack.type(i), i);
      }
    }
    for (int i = top - values; i < top; i++) {
      this.method.load(this.stack.type(i), i);
    }
  }
}
