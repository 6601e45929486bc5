package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.internal.engine.ExternalTypeMatching;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;

/**
 * A function of an instance, wherever it is known. Of what an instance imports from others it is
 * the address there.
 *
 * @param function the index in the module
 */
record FunctionAddress(JvmInstance instance, int function) {

  FunctionSignature signature() {
    return this.instance.module().signatureOf(this.function);
  }

  /** Whether it is of a type of another instance's module. */
  boolean isOf(int type, JvmInstance other) {
    GuestModule module = this.instance.module();
    int own = module.facts.functionTypeIndex(this.function);
    return new ExternalTypeMatching(module.types, other.module().types).areEqual(own, type);
  }
}
