package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.EXNREF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.EXTERNREF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.FUNCREF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.V128;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.internal.engine.jvm.code.OpenBlocks.Block;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import java.util.Arrays;
import org.objectweb.asm.Opcodes;

/**
 * Blocks, and branches to them. At the head of a loop the operands are in their homes, so that
 * HotSpot can enter compiled code there; they come back where the loop is left.
 */
final class ControlCompiler {

  private static final int[] NOTHING = {};
  private static final int[][] ONE = {
    {I32}, {I64}, {F32}, {F64}, {V128, UPPER_HALF}, {FUNCREF}, {EXTERNREF}, {EXNREF}
  };

  private final BinaryCursor in;
  private final GuestModule module;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final OpenBlocks blocks;
  private final PendingComparison comparison;
  private final CallCompiler calls;
  private final BranchCompiler branches;
  private final ExceptionCompiler exceptions;

  ControlCompiler(
      BinaryCursor in,
      GuestModule module,
      MethodBody method,
      PendingComparison comparison,
      CallCompiler calls,
      BranchCompiler branches,
      ExceptionCompiler exceptions) {
    this.in = in;
    this.module = module;
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
    this.blocks = method.blocks;
    this.comparison = comparison;
    this.calls = calls;
    this.branches = branches;
    this.exceptions = exceptions;
  }

  /** The block around all others. */
  void openFunction(FunctionSignature signature) {
    this.exceptions.beginFunction();
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
    if (opcode == OpenBlocks.IF) {
      settleBelowCondition(parameters);
    } else {
      this.method.vectors.toHalves(parameters.length);
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
    } else if (block.isTry()) {
      this.exceptions.begin(block, outerBase);
    }
  }

  private void beginLoop(Block block, int outerBase) {
    this.branches.saveOperands(block, outerBase);
    this.code.add(InstructionBuffer.LABEL, block.label);
    this.code.add(InstructionBuffer.POLL);
    this.branches.loadParameters(block);
    this.method.locals.forget();
  }

  /** Vectors go to other blocks as halves; above them is what decides whether. */
  private void settleBelowCondition(int[] types) {
    for (int i = 0; i < types.length; i++) {
      if (types[i] == V128) {
        if (this.comparison.isPending()) {
          this.comparison.materialise();
        }
        this.method.vectors.toHalves(types.length + 1);
        return;
      }
    }
  }

  void otherwise() {
    Block block = this.blocks.innermost();
    this.method.vectors.toHalves(block.results.length);
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
    this.method.vectors.toHalves(block.results.length);
    this.method.pop(block.results.length);
    boolean live = !this.code.isMuted();
    if (block.opcode == OpenBlocks.IF && !block.hasElse) {
      beginOtherwise(block);
      live |= !block.isDead;
    }
    if (block.opcode == OpenBlocks.FUNCTION) {
      this.code.mute(!live);
      this.calls.giveBack(block.results, this.stack.height());
      this.exceptions.endFunction();
      this.blocks.close();
      return;
    }
    if (block.isTry() && block.opcode != Opcode.CATCH_ALL) {
      this.exceptions.end(block);
      live = false;
    }
    if (block.opcode != OpenBlocks.LOOP && block.isTarget) {
      this.code.mute(false);
      this.code.add(InstructionBuffer.LABEL, block.label);
      this.method.locals.meet(block.assigned);
      live = true;
    }
    this.code.mute(!live);
    // In the older form an operand stands for the exception.
    int height = block.opcode == Opcode.TRY || block.isHandler() ? block.height - 1 : block.height;
    this.blocks.close();
    this.stack.shrink(height);
    this.method.push(block.results);
    this.stack.seal();
    if (live && (block.opcode == OpenBlocks.LOOP || block.isTry())) {
      this.branches.restore(height);
    }
  }

  void delegate() {
    this.exceptions.delegate();
    end();
  }

  void branch() {
    this.branches.branch(this.blocks.at(this.in.index()));
    this.branches.unreachable();
  }

  void branchToEnd() {
    this.branches.branch(this.blocks.at(this.blocks.depth() - 1));
    this.branches.unreachable();
  }

  void branchIf() {
    Block target = this.blocks.at(this.in.index());
    settleBelowCondition(target.branchTypes());
    this.method.pop();
    this.method.retype(target.branchTypes());
    this.stack.seal();
    if (this.branches.isPlain(target)) {
      target.isTarget |= !this.code.isMuted();
      this.comparison.jump(target.label, true);
    } else {
      int goOn = this.code.newLabel();
      this.comparison.jump(goOn, false);
      this.branches.branch(target);
      this.code.add(InstructionBuffer.LABEL, goOn);
    }
  }

  /** What a switch with one case does at most, in a third of its bytes. */
  private void choose(int ifZero, int otherwise) {
    if (ifZero == otherwise) {
      this.method.drop(FunctionSignature.I32);
    } else {
      this.code.add(Opcodes.IFEQ, ifZero);
    }
    this.code.add(Opcodes.GOTO, otherwise);
  }

  void branchTable() {
    int[] depths = new int[this.in.index() + 1];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = this.in.index();
    }
    int count = depths.length - 1;
    settleBelowCondition(this.blocks.at(depths[count]).branchTypes());
    this.method.pop();
    if (this.code.isMuted()) {
      this.branches.unreachable();
      return;
    }
    int[] labels = new int[count + 1];
    int[] ways = new int[this.blocks.depth()];
    Arrays.fill(ways, -1);
    for (int i = 0; i <= count; i++) {
      int depth = depths[i];
      Block target = this.blocks.at(depth);
      if (ways[depth] < 0) {
        ways[depth] = this.branches.isPlain(target) ? target.label : this.code.newLabel();
        target.isTarget |= this.branches.isPlain(target) && !this.code.isMuted();
      }
      labels[i] = ways[depth];
    }
    if (count > 1) {
      this.code.table(labels);
    } else {
      choose(labels[0], labels[count]);
    }
    for (int depth = 0; depth < ways.length; depth++) {
      Block target = this.blocks.at(depth);
      if (ways[depth] >= 0 && !this.branches.isPlain(target)) {
        this.code.add(InstructionBuffer.LABEL, ways[depth]);
        this.branches.branch(target);
      }
    }
    this.branches.unreachable();
  }
}
