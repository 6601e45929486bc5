package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.binary.Opcode;
import io.github.wasmspring.internal.engine.jvm.run.MemoryForm;
import io.github.wasmspring.internal.split.CostModel;
import io.github.wasmspring.internal.split.FunctionShape;
import io.github.wasmspring.internal.split.LocalType;
import io.github.wasmspring.internal.split.StackEffects;
import io.github.wasmspring.internal.split.VectorEffects;

/**
 * About what {@code FunctionCompiler} makes of instructions: which functions are told to be too
 * big, and where they are cut.
 */
public final class JvmCosts implements CostModel {

  private static final int PLAIN_ACCESS = 11;
  private static final int SPECIAL_ACCESS = 29;
  private static final int CALL = 17;
  private static final int FURTHER_RESULT = 5;

  /** What follows is the same for many pieces, and is there once, see {@code CommonTails}. */
  private static final int CALL_OF_PIECE = 8;

  private static final int TABLE = 9;
  private static final int BULK = 9;
  private static final int BRANCH = 6;
  private static final int GLOBAL = 5;
  private static final int NUMERIC = 3;
  private static final int VARIABLE = 2;

  /** Operands go to local variables and come back, for each half of the result. */
  private static final int VECTOR = 22;

  private static final int VECTOR_ACCESS = 12;

  private final boolean plainMemories;
  private final boolean vectors;

  /**
   * @param plainMemories see {@link MemoryForm#arePlain}
   * @param vectors whether functions may have some
   */
  public JvmCosts(boolean plainMemories, boolean vectors) {
    this.plainMemories = plainMemories;
    this.vectors = vectors;
  }

  @Override
  public int[] sums(FunctionShape function) {
    int[] sums = new int[function.size() + 1];
    sums[0] = VARIABLE * function.locals().size();
    for (int i = 0; i < function.size(); i++) {
      sums[i + 1] = sums[i] + of(function.at(i).opcode(), function, i);
    }
    return sums;
  }

  private int of(int opcode, FunctionShape function, int i) {
    if (StackEffects.isMemoryAccess(opcode)) {
      return this.plainMemories ? PLAIN_ACCESS : SPECIAL_ACCESS;
    }
    if (StackEffects.isVector(opcode)) {
      return vector(StackEffects.vectorNumber(opcode));
    }
    if (StackEffects.isBulk(opcode)) {
      return BULK;
    }
    return switch (opcode) {
      case Opcode.BLOCK, Opcode.LOOP, Opcode.NOP, Opcode.END -> 0;
      case Opcode.BR, Opcode.BR_IF, Opcode.IF, Opcode.ELSE -> BRANCH;
      case Opcode.BR_TABLE -> table(function.targets(i).length);
      case Opcode.CALL ->
          function.callsPiece(function.at(i)) ? CALL_OF_PIECE : CALL + further(function, i);
      case Opcode.CALL_INDIRECT -> CALL + TABLE + further(function, i);
      case Opcode.RETURN_CALL -> CALL;
      case Opcode.RETURN_CALL_INDIRECT -> CALL + TABLE;
      case Opcode.GLOBAL_GET, Opcode.GLOBAL_SET -> GLOBAL;
      case Opcode.LOCAL_GET, Opcode.LOCAL_SET, Opcode.LOCAL_TEE ->
          variable(function.locals().get(function.at(i).local()));
      default -> NUMERIC;
    };
  }

  private static int variable(LocalType type) {
    return type == LocalType.V128 ? 2 * VARIABLE : VARIABLE;
  }

  private int vector(int number) {
    if (VectorEffects.isAccess(number)) {
      return VECTOR_ACCESS + (this.plainMemories ? PLAIN_ACCESS : SPECIAL_ACCESS);
    }
    return VECTOR;
  }

  private static int table(int targets) {
    return targets > 2 ? 14 + 4 * targets : BRANCH;
  }

  private static int further(FunctionShape function, int call) {
    int results = function.called(function.at(call)).results().size();
    return FURTHER_RESULT * Math.max(0, results - 1);
  }

  @Override
  public int callOfPiece() {
    return CALL_OF_PIECE;
  }

  @Override
  public int resultOfPiece() {
    return VARIABLE;
  }

  @Override
  public int mostPerByte() {
    return this.vectors ? 32 : this.plainMemories ? 8 : 16;
  }

  /** What becomes of a byte at most in all modules that were looked at. */
  public double seenPerByte() {
    return this.vectors ? 8 : this.plainMemories ? 2.5 : 4;
  }

  @Override
  public double usualPerByte() {
    return this.plainMemories ? 1.6 : 2.5;
  }
}
