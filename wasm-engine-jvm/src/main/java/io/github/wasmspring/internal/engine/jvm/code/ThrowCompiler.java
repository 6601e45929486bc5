package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.EXNREF;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.module.Tags;
import org.objectweb.asm.Opcodes;

/** Instructions that throw exceptions: new ones, references, and those that a block has caught. */
final class ThrowCompiler {

  private static final Member REQUIRED =
      new Member(
          Names.EXCEPTION, "required", "(L%s;)L%s;".formatted(Names.EXCEPTION, Names.EXCEPTION));

  private final BinaryCursor in;
  private final ClassNames names;
  private final Tags tags;
  private final MethodBody method;
  private final BranchCompiler branches;

  ThrowCompiler(BinaryCursor in, GuestModule module, MethodBody method, BranchCompiler branches) {
    this.in = in;
    this.names = module.names;
    this.tags = module.tags;
    this.method = method;
    this.branches = branches;
  }

  void ofTag() {
    int tag = this.in.index();
    FunctionSignature signature = this.tags.signature(tag);
    MethodLimits.checkThrown(signature);
    this.method.vectors.toHalves(signature.parameters().length);
    this.method.pop(signature.parameters().length);
    this.method.code.constant(this.tags.identity(tag));
    this.method.loadContext();
    this.method.code.add(
        Opcodes.INVOKESTATIC,
        new Member(
            this.names.of(ClassNames.THROW, signature.id()),
            "make",
            signature.descriptorOfException()));
    raise();
  }

  void reference() {
    this.method.pop();
    this.method.code.add(Opcodes.INVOKESTATIC, REQUIRED);
    raise();
  }

  void again() {
    this.method.load(EXNREF, this.method.blocks.at(this.in.index()).exceptionHome());
    raise();
  }

  private void raise() {
    this.method.code.add(Opcodes.ATHROW);
    this.branches.unreachable();
  }
}
