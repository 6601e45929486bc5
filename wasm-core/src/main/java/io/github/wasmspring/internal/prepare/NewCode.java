package io.github.wasmspring.internal.prepare;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Code that has been made ready for a module and does not answer its calls yet. Whoever has it says
 * once what becomes of it.
 */
public final class NewCode {

  private final PreparedModule module;
  private final CodeUsers.Load codes;
  private final AtomicBoolean decided = new AtomicBoolean();

  NewCode(PreparedModule module, CodeUsers.Load codes) {
    this.module = module;
    this.codes = codes;
  }

  public PreparedModule module() {
    return this.module;
  }

  /** The module has this code from now on, and no other. */
  public void accept() {
    if (this.decided.compareAndSet(false, true)) {
      this.codes.succeeded();
    }
  }

  /** The module never gets it. It is closed by whoever knows what it has become meanwhile. */
  public void reject() {
    if (this.decided.compareAndSet(false, true)) {
      this.codes.close();
    }
  }
}
