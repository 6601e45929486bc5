package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.binary.FunctionBody;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.internal.engine.jvm.module.CodeOffsets;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.split.FunctionParts;
import io.github.wasmspring.internal.split.OriginalOffsets;

/**
 * A module as it is seen in a function that was split: what remains of the function takes its
 * place, and the pieces have the indices behind all functions.
 */
final class DividedModule extends GuestModule {

  private final GuestModule whole;
  private final int function;
  private final FunctionParts parts;
  private final FunctionSignature[] addedTypes;

  DividedModule(GuestModule whole, int function, FunctionParts parts) {
    super(whole, parts.bytes());
    this.whole = whole;
    this.function = function;
    this.parts = parts;
    this.addedTypes = new FunctionSignature[parts.addedTypes().size()];
    for (int i = 0; i < this.addedTypes.length; i++) {
      FunctionType type = parts.addedTypes().get(i);
      this.addedTypes[i] = signature(this.facts.typeCount() + i, type);
    }
  }

  /** The index of a piece. */
  int piece(int number) {
    return this.facts.functionCount() + number;
  }

  /** The number of a piece, negative for functions of the module. */
  private int pieceOf(int index) {
    return index - this.facts.functionCount();
  }

  @Override
  public FunctionBody code(int index) {
    int piece = pieceOf(index);
    if (piece < 0 && index != this.function) {
      throw new IllegalArgumentException("Function %d is not here".formatted(index));
    }
    return this.parts.bodies().get(piece + 1 > 0 ? piece + 1 : 0);
  }

  @Override
  public int place(int index, int position) {
    int original = this.parts.offsets().of(position);
    return original == OriginalOffsets.NONE
        ? CodeOffsets.NOWHERE
        : original - this.facts.body(this.function).start();
  }

  @Override
  public boolean makesTailCalls(int index) {
    return pieceOf(index) < 0 && this.whole.makesTailCalls(index);
  }

  @Override
  public boolean mayMakeTailCalls(FunctionSignature signature) {
    return this.whole.mayMakeTailCalls(signature);
  }

  @Override
  public Member body(int index) {
    int piece = pieceOf(index);
    return piece < 0
        ? this.whole.body(index)
        : member(this.function, Names.piece(this.function, piece), signatureOf(index));
  }

  @Override
  public Member method(int index) {
    return pieceOf(index) < 0 ? this.whole.method(index) : body(index);
  }

  @Override
  public FunctionSignature signatureOf(int index) {
    int piece = pieceOf(index);
    return piece < 0
        ? this.whole.signatureOf(index)
        : signature(this.parts.pieceTypes().get(piece));
  }

  @Override
  public synchronized FunctionSignature signature(int type) {
    int added = type - this.facts.typeCount();
    return added < 0 ? this.whole.signature(type) : this.addedTypes[added];
  }
}
