package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.Opcodes;

/**
 * Takes lanes of two vectors by constant indices. Where few pieces of neighbouring lanes make a
 * half, they are shifted to where they belong; else a method takes one lane after the other.
 */
final class VectorShuffle {

  private static final int MOST_PIECES = 2;

  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;

  VectorShuffle(BinaryCursor in, MethodBody method) {
    this.in = in;
    this.method = method;
    this.code = method.code;
  }

  void add() {
    int[] lower = indices();
    int[] upper = indices();
    this.method.vectors.toHalves(4);
    int start = this.method.popAll(4);
    int first = this.method.taken();
    this.method.saveVector(first + 2);
    this.method.saveVector(first);
    half(lower, first);
    half(upper, first);
    this.method.pushVector(this.code.isMuted() ? TypedStack.NONE : start);
  }

  private int[] indices() {
    int[] indices = new int[Long.BYTES];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = this.in.octet();
    }
    return indices;
  }

  private void half(int[] indices, int first) {
    int pieces = 0;
    for (int i = 0; i < Long.BYTES; i = end(indices, i)) {
      pieces++;
    }
    if (pieces > MOST_PIECES) {
      call(indices, first);
      return;
    }
    for (int i = 0; i < Long.BYTES; i = end(indices, i)) {
      piece(indices[i], i, end(indices, i) - i, first);
      if (i > 0) {
        this.code.add(Opcodes.LOR);
      }
    }
  }

  /** Behind the last of the lanes that stand beside each other in one half of the operands. */
  private static int end(int[] indices, int start) {
    int end = start + 1;
    while (end < indices.length
        && indices[end] == indices[end - 1] + 1
        && indices[end] % Long.BYTES != 0) {
      end++;
    }
    return end;
  }

  private void piece(int from, int to, int length, int first) {
    int source = from % Long.BYTES;
    this.method.load(I64, first + from / Long.BYTES);
    if (source != to) {
      this.code.constant(Byte.SIZE * Math.abs(source - to));
      this.code.add(source > to ? Opcodes.LUSHR : Opcodes.LSHL);
    }
    boolean isClean =
        source > to
            ? to == 0 && source + length == Long.BYTES
            : source == 0 && to + length == Long.BYTES;
    if (!isClean) {
      long ones = -1L >>> Long.SIZE - Byte.SIZE * length;
      this.code.number(InstructionBuffer.LONG, ones << Byte.SIZE * to);
      this.code.add(Opcodes.LAND);
    }
  }

  private void call(int[] indices, int first) {
    for (int i = 0; i < 4; i++) {
      this.method.load(I64, first + i);
    }
    long packed = 0;
    for (int i = 0; i < indices.length; i++) {
      packed |= (long) indices[i] << Byte.SIZE * i;
    }
    this.code.number(InstructionBuffer.LONG, packed);
    this.code.add(Opcodes.INVOKESTATIC, new Member(Names.LANE_SHAPES, "shuffle", "(JJJJJ)J"));
  }
}
