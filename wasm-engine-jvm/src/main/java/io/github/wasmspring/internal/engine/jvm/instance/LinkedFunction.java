package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.internal.engine.jvm.run.GuestException;
import io.github.wasmspring.internal.engine.jvm.run.Trap;

/**
 * A function of one instance as another one calls it. References to functions get the numbers that
 * they have where they arrive, and so do tags of exceptions.
 */
final class LinkedFunction implements ImportedFunction {

  /** What a call fails with that has no instance to run in any more. */
  static final String CLOSED = "call of a function whose instance was closed";

  private static final int UNKNOWN = -1;

  private final FunctionAddress address;
  private final FunctionSignature signature;
  private int knownType = UNKNOWN;

  LinkedFunction(FunctionAddress address) {
    this.address = address;
    this.signature = address.signature();
  }

  FunctionAddress address() {
    return this.address;
  }

  /** Whether values can get from the one instance to the other. */
  static boolean isPossible(FunctionSignature signature) {
    return !has(signature.parameters(), FunctionSignature.EXNREF)
        && !has(signature.results(), FunctionSignature.EXNREF);
  }

  private static boolean has(int[] types, int wanted) {
    for (int type : types) {
      if (type == wanted) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the function is of a type of the caller's module.
   *
   * @param type the first of those that are the same
   */
  boolean isOf(int type, JvmInstance caller) {
    if (this.knownType == UNKNOWN && this.address.isOf(type, caller)) {
      this.knownType = type;
    }
    return this.knownType == type;
  }

  @Override
  public long[] call(JvmInstance caller, long... arguments) {
    JvmInstance owner = this.address.instance();
    if (owner.isClosed()) {
      throw new Trap(CLOSED);
    }
    if (!isPossible(this.signature)) {
      throw new Trap("a reference to an exception can't get from one instance to another");
    }
    carry(arguments, this.signature.parameters(), caller, owner);
    long[] results;
    try {
      results = owner.callLinked(this.address.function(), arguments);
    } catch (GuestException thrown) {
      throw seenBy(caller, thrown.thrown());
    }
    carry(results, this.signature.results(), owner, caller);
    return results;
  }

  /** An exception in an instance that has called the one which it comes from. */
  private static GuestException seenBy(JvmInstance caller, GuestException thrown) {
    if (thrown.isOf(caller.context())) {
      return thrown;
    }
    JvmInstance thrower = JvmInstance.of(thrown.instance());
    int known = caller.tagOf(thrower.tagAddress(thrown.tag()));
    if (known < 0) {
      return thrown.in(caller.context(), GuestException.NO_TAG, GuestContext.NO_VALUES);
    }
    long[] carried = thrown.values().clone();
    carry(carried, caller.module().tags.signature(known).parameters(), thrower, caller);
    return thrown.in(caller.context(), caller.module().tags.identity(known), carried);
  }

  /** Makes of references to functions what they are in another instance. */
  private static void carry(long[] values, int[] types, JvmInstance from, JvmInstance to) {
    for (int i = 0; i < types.length; i++) {
      if (types[i] == FunctionSignature.FUNCREF) {
        values[i] = from.context().carry((int) values[i], to.context());
      }
    }
  }
}
