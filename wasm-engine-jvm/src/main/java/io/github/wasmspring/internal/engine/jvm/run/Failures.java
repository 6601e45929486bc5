package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.engine.WasmGuestExit;
import org.jspecify.annotations.Nullable;

/** What running code ends with, in our categories and the specification's words. */
public final class Failures {

  private Failures() {}

  /** The JVM's own checks are the guest's: what they throw is a trap. */
  public static RuntimeException inGuest(RuntimeException failure) {
    if (failure instanceof IndexOutOfBoundsException) {
      return new Trap(Trap.MEMORY, failure);
    }
    return failure instanceof ArithmeticException ? new Trap(Trap.DIVIDE, failure) : failure;
  }

  public static WasmException of(Throwable failure) {
    if (failure instanceof StackOverflowError) {
      return failed(WasmErrorCategory.STACK_OVERFLOW, "the guest recursed too deeply", failure);
    }
    if (failure instanceof OutOfMemoryError) {
      return failed(
          WasmErrorCategory.MEMORY_LIMIT, "the heap is full: " + failure.getMessage(), failure);
    }
    if (failure instanceof GuestException thrown) {
      return failed(WasmErrorCategory.TRAP, thrown.getMessage(), thrown);
    }
    if (failure instanceof GuestStop) {
      return failed(WasmErrorCategory.INTERRUPTED, "the calling thread was interrupted", failure);
    }
    if (failure instanceof WasmGuestExit) {
      return failed(
          WasmErrorCategory.TRAP, failure.getMessage() + " instead of giving an answer", failure);
    }
    if (failure instanceof HostFailure) {
      return failure.getCause() instanceof InterruptedException
          ? failed(
              WasmErrorCategory.INTERRUPTED,
              "the calling thread was interrupted in a host function",
              failure.getCause())
          : failed(
              WasmErrorCategory.HOST_FUNCTION,
              String.valueOf(failure.getMessage()),
              failure.getCause());
    }
    RuntimeException known =
        failure instanceof RuntimeException thrown
            ? inGuest(thrown)
            : new IllegalStateException(failure);
    return known instanceof Trap
        ? failed(WasmErrorCategory.TRAP, "the guest trapped: " + known.getMessage(), failure)
        : failed(WasmErrorCategory.ENGINE, "the engine failed: " + failure, failure);
  }

  private static WasmException failed(
      WasmErrorCategory category, String detail, @Nullable Throwable cause) {
    return new WasmExecutionException(category, detail, cause);
  }
}
