package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.V128;

import org.objectweb.asm.Opcodes;

/** Vectors in local variables, and the choice between two. */
final class VectorVariables {

  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final LocalVariables locals;
  private final PendingComparison comparison;

  VectorVariables(MethodBody method, PendingComparison comparison) {
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
    this.locals = method.locals;
    this.comparison = comparison;
  }

  void get(int local) {
    if (this.locals.kind(local).isObject()) {
      VectorKind kind = this.locals.kind(local);
      int load = this.code.add(Opcodes.ALOAD, this.locals.packedSlot(local));
      if (!this.code.isMuted() && !this.locals.isSharp(local)) {
        this.method.vectors.sharpen(kind);
        this.code.add(Opcodes.DUP);
        this.code.add(Opcodes.ASTORE, this.locals.packedSlot(local));
        this.locals.setSharp(local);
      }
      this.method.pushVector(kind, load);
      this.stack.setLocal(this.stack.height() - 2, local, this.locals.version(local));
      return;
    }
    int start = this.code.add(Opcodes.LLOAD, this.locals.slot(local));
    this.code.add(Opcodes.LLOAD, this.locals.upperSlot(local));
    this.method.pushVector(start);
  }

  void set(int local, boolean keep) {
    if (this.locals.kind(local).isObject()) {
      setObject(local, keep);
      return;
    }
    this.method.vectors.toHalves(2);
    this.method.pop(2);
    this.code.add(Opcodes.LSTORE, this.locals.upperSlot(local));
    this.code.add(Opcodes.LSTORE, this.locals.slot(local));
    this.locals.assign(local, false, !this.code.isMuted());
    if (keep) {
      this.code.add(Opcodes.LLOAD, this.locals.slot(local));
      this.code.add(Opcodes.LLOAD, this.locals.upperSlot(local));
      this.method.pushVector(TypedStack.NONE);
    }
  }

  private void setObject(int local, boolean keep) {
    VectorKind kind = this.locals.kind(local);
    int top = this.stack.height() - 2;
    if (top >= 0 && !this.code.isMuted()) {
      this.locals.prefer(local, this.stack.kind(top), this.method.blocks.loops());
    }
    this.method.vectors.to(kind, 2);
    int start = this.method.popAll(2);
    if (keep) {
      this.code.add(Opcodes.DUP);
    }
    this.code.add(Opcodes.ASTORE, this.locals.packedSlot(local));
    this.locals.assign(local, false, !this.code.isMuted());
    this.locals.setSharp(local);
    if (keep) {
      this.method.pushVector(kind, this.code.isMuted() ? TypedStack.NONE : start);
      this.stack.setLocal(this.stack.height() - 2, local, this.locals.version(local));
    }
  }

  void select() {
    if (this.code.isMuted()) {
      this.method.pushVector(TypedStack.NONE);
      return;
    }
    int first = this.method.taken();
    VectorKind kind = this.stack.kind(first);
    if (kind.isObject() || this.stack.kind(first + 2).isObject()) {
      selectObject(kind, this.stack.kind(first + 2), first);
      return;
    }
    int keep = this.code.newLabel();
    this.comparison.jump(keep, true);
    this.method.saveVector(first + 2);
    this.method.saveVector(first);
    this.method.loadVector(first + 2);
    this.method.loadVector(first);
    this.code.add(InstructionBuffer.LABEL, keep);
    this.method.drop(UPPER_HALF);
    this.method.drop(V128);
    this.method.pushVector(TypedStack.NONE);
  }

  private void selectObject(VectorKind first, VectorKind second, int home) {
    // Both ways end with the same kind, where they meet.
    int keep = this.code.newLabel();
    int end = this.code.newLabel();
    this.comparison.jump(keep, true);
    this.method.vectors.convert(second, VectorKind.LONG, home + 2);
    this.code.add(Opcodes.ASTORE, this.locals.home(home + 2));
    this.code.add(first.isObject() ? Opcodes.POP : Opcodes.POP2, 1 + V128);
    if (!first.isObject()) {
      this.code.add(Opcodes.POP2, 1 + V128);
    }
    this.code.add(Opcodes.ALOAD, this.locals.home(home + 2));
    this.code.add(Opcodes.GOTO, end);
    this.code.add(InstructionBuffer.LABEL, keep);
    this.code.add(second.isObject() ? Opcodes.POP : Opcodes.POP2, 1 + V128);
    if (!second.isObject()) {
      this.code.add(Opcodes.POP2, 1 + V128);
    }
    this.method.vectors.convert(first, VectorKind.LONG, home);
    this.code.add(InstructionBuffer.LABEL, end);
    this.method.vectors.sharpen(VectorKind.LONG);
    this.method.pushVector(VectorKind.LONG, TypedStack.NONE);
  }
}
