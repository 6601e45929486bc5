package io.github.wasmspring.internal.sandbox;

/**
 * A call that is running, or was when somebody looked.
 *
 * @param thread that runs it
 */
public record RunningCall(Thread thread, GuestProgram program, CallGuard guard) {

  /** Whether this thread still runs a call of that instance. */
  public boolean isRunning() {
    return this.guard.isEntered() && this.guard.thread() == this.thread;
  }
}
