package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import java.util.Arrays;

/** Makes the classes by which functions are called by their index, one for each signature. */
final class IndirectCallMaker {

  private final GuestModule module;
  private final int[] inTables;

  /**
   * @param inTables the functions that a table may have
   */
  IndirectCallMaker(GuestModule module, int[] inTables) {
    this.module = module;
    this.inTables = inTables;
  }

  /** Calls a function that is in a table or was referred to, if it is of the type. */
  byte[] make(FunctionSignature signature) {
    String name = this.module.names.of(ClassNames.INDIRECT, signature.id());
    ClassFileWriter writer = new ClassFileWriter(name, "java/lang/Object");
    new FunctionSwitch(this.module, writer, name, signature, this.module::method)
        .add(
            "call",
            Arrays.stream(this.inTables)
                .filter(function -> this.module.signatureOf(function) == signature)
                .boxed()
                .toList());
    return writer.toBytes();
  }
}
