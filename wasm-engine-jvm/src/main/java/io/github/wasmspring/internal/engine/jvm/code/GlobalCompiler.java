package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.V128;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.descriptor;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.Opcodes;

/** Instructions on globals, which are fields of the instance unless another one has them. */
final class GlobalCompiler {

  private final BinaryCursor in;
  private final GuestModule module;
  private final MethodBody method;

  GlobalCompiler(BinaryCursor in, GuestModule module, MethodBody method) {
    this.in = in;
    this.module = module;
    this.method = method;
  }

  private Member field(int global) {
    return new Member(
        this.module.names.context(), Names.global(global), descriptor(globalType(global)));
  }

  private Member upperHalf(int global) {
    return new Member(this.module.names.context(), Names.upperHalf(global), "J");
  }

  private void setVector(int global) {
    this.method.vectors.toHalves(2);
    this.method.pop(2);
    int home = this.method.taken();
    this.method.saveVector(home);
    this.method.loadContext();
    this.method.load(V128, home);
    this.method.code.add(Opcodes.PUTFIELD, field(global));
    this.method.loadContext();
    this.method.load(UPPER_HALF, home + 1);
    this.method.code.add(Opcodes.PUTFIELD, upperHalf(global));
  }

  private int globalType(int global) {
    return GuestModule.type(this.module.facts.globals().get(global).value());
  }

  void get() {
    int global = this.in.index();
    if (this.module.isLinkedGlobal(global)) {
      getLinked(global);
      return;
    }
    int start = this.method.loadContext();
    this.method.code.add(Opcodes.GETFIELD, field(global));
    if (globalType(global) == V128) {
      this.method.loadContext();
      this.method.code.add(Opcodes.GETFIELD, upperHalf(global));
    }
    this.method.pushValue(globalType(global), start);
  }

  private void getLinked(int global) {
    int type = globalType(global);
    char result = FunctionSignature.javaType(type);
    String name =
        switch (result) {
          case 'J' -> "longOf";
          case 'F' -> "floatOf";
          case 'D' -> "doubleOf";
          default -> "intOf";
        };
    int start = this.method.call(Names.LINKED_GLOBALS, name, "", result, global);
    if (type == V128) {
      this.method.call(Names.LINKED_GLOBALS, "upperHalfOf", "", result, global);
    }
    this.method.pushValue(type, start);
  }

  void set() {
    int global = this.in.index();
    if (this.module.isLinkedGlobal(global)) {
      boolean isVector = globalType(global) == V128;
      this.method.vectors.toHalves(isVector ? 2 : 0);
      this.method.pop(isVector ? 2 : 1);
      String operand =
          isVector ? "JJ" : String.valueOf(FunctionSignature.javaType(globalType(global)));
      this.method.call(Names.LINKED_GLOBALS, "set", operand, 'V', global);
      return;
    }
    if (globalType(global) == V128) {
      setVector(global);
      return;
    }
    int start = this.method.popAll(1);
    if (start != TypedStack.NONE) {
      this.method.code.insert(start, Opcodes.ALOAD, this.method.locals.context());
    } else {
      this.method.save(globalType(global), this.method.taken());
      this.method.loadContext();
      this.method.load(globalType(global), this.method.taken());
    }
    this.method.code.add(Opcodes.PUTFIELD, field(global));
  }
}
