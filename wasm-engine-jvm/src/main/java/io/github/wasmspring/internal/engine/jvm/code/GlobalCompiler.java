package io.github.wasmspring.internal.engine.jvm.code;

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
    this.method.stack.push(globalType(global), start);
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
    this.method.stack.push(type, start);
  }

  void set() {
    int global = this.in.index();
    if (this.module.isLinkedGlobal(global)) {
      this.method.pop();
      String operand = String.valueOf(FunctionSignature.javaType(globalType(global)));
      this.method.call(Names.LINKED_GLOBALS, "set", operand, 'V', global);
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
