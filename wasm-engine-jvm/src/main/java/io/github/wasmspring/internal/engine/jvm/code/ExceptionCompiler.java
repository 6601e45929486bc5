package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.EXNREF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.javaType;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;
import io.github.wasmspring.internal.engine.jvm.code.OpenBlocks.Block;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.module.Tags;
import org.objectweb.asm.Opcodes;

/**
 * Blocks that catch exceptions, in the form of the specification and in the one before it. The JVM
 * forgets its stack at a handler, so that the operands below a block that catches are in their
 * homes.
 */
final class ExceptionCompiler {

  private static final Member CAUGHT =
      new Member(
          Names.EXCEPTION, "caught", "(L%s;)L%s;".formatted(Names.EXCEPTION, Names.EXCEPTION));

  /** What handlers of {@code try_table} begin with, and for which of them that holds. */
  private static final int CLAUSE = 3;

  private static final int WITH_REFERENCE = 1;
  private static final int OF_ANY_TAG = 2;

  private final BinaryCursor in;
  private final Tags tags;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final OpenBlocks blocks;
  private final BranchCompiler branches;
  private int outside;

  ExceptionCompiler(BinaryCursor in, Tags tags, MethodBody method, BranchCompiler branches) {
    this.in = in;
    this.tags = tags;
    this.method = method;
    this.code = method.code;
    this.blocks = method.blocks;
    this.branches = branches;
  }

  void beginFunction() {
    this.outside = InstructionBuffer.NONE;
  }

  /** What is thrown out of the function behind the backs of its handlers. */
  void endFunction() {
    if (this.outside != InstructionBuffer.NONE) {
      this.code.mute(false);
      this.code.add(InstructionBuffer.LABEL, this.outside);
      this.code.add(Opcodes.ATHROW);
    }
  }

  /** A block whose parameters are on the stack. */
  void begin(Block block, int outerBase) {
    if (block.opcode == Opcode.TRY_TABLE) {
      readClauses(block);
    }
    this.branches.saveOperands(block, outerBase);
    this.branches.loadParameters(block);
    if (block.opcode == Opcode.TRY) {
      this.method.stack.shrink(block.height);
      this.method.push(EXNREF);
      this.method.push(block.parameters);
      block.height++;
      block.base = block.height;
    }
    this.method.stack.seal();
    block.handler = this.code.newLabel();
    block.delegate = InstructionBuffer.NONE;
    if (!block.isDead) {
      this.method.ranges.begin(block);
    }
  }

  private void readClauses(Block block) {
    block.clauses = new int[CLAUSE * this.in.index()];
    for (int i = 0; i < block.clauses.length; i += CLAUSE) {
      block.clauses[i] = this.in.octet();
      block.clauses[i + 1] = block.clauses[i] < OF_ANY_TAG ? this.in.index() : 0;
      block.clauses[i + 2] = this.in.index();
    }
  }

  /** Handlers follow in the older form. */
  void handle(int opcode) {
    Block block = this.blocks.innermost();
    this.method.vectors.toHalves(block.results.length);
    this.method.pop(block.results.length);
    if (block.opcode == Opcode.TRY) {
      endBody(block);
      enter(block);
    } else {
      jumpToEnd(block);
      nextHandler(block);
    }
    block.opcode = opcode;
    this.method.locals.meet(block.assigned);
    if (opcode == Opcode.CATCH) {
      int tag = this.in.index();
      block.otherwise = this.code.newLabel();
      unlessTag(block, tag, block.otherwise);
      pushValues(block, tag);
    }
    this.method.stack.seal();
  }

  private void endBody(Block block) {
    boolean live = !this.code.isMuted();
    this.code.mute(block.isDead);
    if (!block.isDead) {
      this.method.ranges.end(block);
    }
    this.code.mute(!live);
    jumpToEnd(block);
  }

  private void jumpToEnd(Block block) {
    if (!this.code.isMuted()) {
      block.isTarget = true;
      this.code.add(Opcodes.GOTO, block.label);
    }
  }

  /** A callee may have let the memory grow before it threw. */
  private void enter(Block block) {
    this.code.mute(block.isDead);
    this.code.add(InstructionBuffer.LABEL, block.handler);
    this.code.add(Opcodes.INVOKESTATIC, CAUGHT);
    this.method.save(EXNREF, block.exceptionHome());
    this.code.add(InstructionBuffer.RELOAD_MEMORY);
  }

  private void nextHandler(Block block) {
    this.code.mute(block.isDead);
    this.code.add(InstructionBuffer.LABEL, block.otherwise);
  }

  private void unlessTag(Block block, int tag, int label) {
    this.method.load(EXNREF, block.exceptionHome());
    this.code.add(Opcodes.INVOKEVIRTUAL, new Member(Names.EXCEPTION, "tag", "()I"));
    this.code.constant(this.tags.identity(tag));
    this.code.add(Opcodes.IF_ICMPNE, label);
  }

  private void pushValues(Block block, int tag) {
    int[] types = this.tags.signature(tag).parameters();
    for (int i = 0; i < types.length; i++) {
      this.method.load(EXNREF, block.exceptionHome());
      this.code.constant(i);
      char type = javaType(types[i]);
      String name =
          switch (type) {
            case 'J' -> "longAt";
            case 'F' -> "floatAt";
            case 'D' -> "doubleAt";
            default -> "intAt";
          };
      this.code.add(Opcodes.INVOKEVIRTUAL, new Member(Names.EXCEPTION, name, "(I)" + type));
      this.method.push(types[i]);
    }
  }

  /** Before the end of a block whose results are taken: nothing comes to what follows. */
  void end(Block block) {
    switch (block.opcode) {
      case Opcode.TRY_TABLE -> {
        endBody(block);
        enter(block);
        this.method.locals.meet(block.assigned);
        handleClauses(block);
      }
      case Opcode.TRY -> {
        endBody(block);
        this.code.mute(block.isDead);
        this.code.add(InstructionBuffer.LABEL, block.handler);
        if (block.delegate == InstructionBuffer.NONE) {
          this.code.add(Opcodes.ATHROW);
        } else {
          this.code.add(Opcodes.GOTO, block.delegate);
        }
      }
      case Opcode.CATCH -> {
        jumpToEnd(block);
        nextHandler(block);
        throwOn(block);
      }
      default -> throw new IllegalArgumentException("0x%x".formatted(block.opcode));
    }
    this.code.mute(true);
  }

  private void throwOn(Block block) {
    this.method.load(EXNREF, block.exceptionHome());
    this.code.add(Opcodes.ATHROW);
  }

  /** Their labels are counted from outside of the block. */
  private void handleClauses(Block block) {
    for (int i = 0; i < block.clauses.length; i += CLAUSE) {
      int kind = block.clauses[i];
      int next = this.code.newLabel();
      this.method.stack.shrink(block.height);
      if (kind < OF_ANY_TAG) {
        unlessTag(block, block.clauses[i + 1], next);
        pushValues(block, block.clauses[i + 1]);
      }
      if ((kind & WITH_REFERENCE) != 0) {
        this.method.load(EXNREF, block.exceptionHome());
        this.method.push(EXNREF);
      }
      this.branches.branch(this.blocks.at(block.clauses[i + 2] + 1));
      if (kind >= OF_ANY_TAG) {
        this.method.stack.shrink(block.height);
        return;
      }
      this.code.add(InstructionBuffer.LABEL, next);
    }
    this.method.stack.shrink(block.height);
    throwOn(block);
  }

  /** Gives what a block throws to the handlers of one around, or to the caller. */
  void delegate() {
    Block block = this.blocks.innermost();
    block.delegate = handlerAround(this.in.index() + 1);
  }

  private int handlerAround(int label) {
    for (int i = label; i < this.blocks.depth(); i++) {
      Block block = this.blocks.at(i);
      if (block.opcode == Opcode.TRY || block.opcode == Opcode.TRY_TABLE) {
        return block.handler;
      }
    }
    if (this.outside == InstructionBuffer.NONE) {
      this.outside = this.code.newLabel();
    }
    return this.outside;
  }
}
