package io.github.wasmspring.internal.fallback;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.fallback.WasmQuarantine;
import org.jspecify.annotations.Nullable;

/** Keeps calls of an operation from a module that has failed too often. */
public abstract class Quarantine {

  /** How a call came to the module; whoever has one says what became of the call. */
  public static class Pass {

    /** That of a call that nothing keeps from the module. */
    public static final Pass ORDINARY = new Pass();

    Pass() {}
  }

  Quarantine() {}

  /** Whether calls are kept from the module; the quicker question for who goes another way then. */
  public abstract boolean isOn();

  /**
   * A call wants to go to the module.
   *
   * @throws WasmExecutionException {@code QUARANTINED} if it may not
   */
  public abstract Pass enter();

  /** The module has answered an ordinary call. */
  public abstract void answered();

  /** The module has answered. */
  public abstract void answered(Pass pass);

  /**
   * The call has failed. That the guest says no is an answer; of what is not the module's fault
   * nothing can be told.
   */
  public final void failed(Pass pass, WasmException failure) {
    if (failure.category() == WasmErrorCategory.OPERATION) {
      answered(pass);
    } else if (failure.category().modulesFault()) {
      count(pass, failure);
    } else {
      undecided(pass);
    }
  }

  /** The module is to blame for a failure. */
  abstract void count(Pass pass, WasmException failure);

  /** Nothing can be told from how the call ended. */
  public abstract void undecided(Pass pass);

  /** Ends it, if it is on, because somebody says so. */
  abstract void release();

  /** The same because the module is another one now. */
  void renew() {
    release();
  }

  /** As it is now, {@code null} if calls go to the module. */
  abstract @Nullable WasmQuarantine status();
}
