package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.MalformedException;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.WasmGuestExit;
import java.util.Objects;

/** Puts what Chicory throws into our categories and words. */
final class ChicoryFailures {

  private static final String EXHAUSTED = "call stack exhausted";

  private ChicoryFailures() {}

  /** The parser reads a damaged module to its own surprise now and then: that is no fault of it. */
  static WasmException whileParsing(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return whileCompiling(failure);
    }
    String message = String.valueOf(failure.getMessage());
    String feature = UnsupportedFeature.of(message);
    if (feature != null) {
      return missing(feature, failure);
    }
    if (failure instanceof ChicoryException && !(failure instanceof MalformedException)) {
      return new WasmLoadException(
          WasmErrorCategory.INVALID, "the module is not valid: " + message, failure);
    }
    return new WasmLoadException(
        WasmErrorCategory.MALFORMED,
        "the module is damaged or not WebAssembly: " + message,
        failure);
  }

  static WasmException whileCompiling(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return new WasmLoadException(
          WasmErrorCategory.MEMORY_LIMIT,
          "the heap has no room for compiling the module: " + failure.getMessage(),
          failure);
    }
    String feature = UnsupportedFeature.of(String.valueOf(failure.getMessage()));
    if (feature != null) {
      return missing(feature, failure);
    }
    if (failure instanceof ChicoryException || failure instanceof IndexOutOfBoundsException) {
      return new WasmLoadException(
          WasmErrorCategory.INVALID,
          "the module is not valid, it refers to what it does not have: " + failure.getMessage(),
          failure);
    }
    return new WasmLoadException(
        WasmErrorCategory.ENGINE, "the engine could not compile the module: " + failure, failure);
  }

  private static WasmException missing(String feature, Throwable failure) {
    return new WasmLoadException(
        WasmErrorCategory.INVALID,
        "the module uses %s, which the engine does not have (%s)"
            .formatted(feature, failure.getMessage()),
        failure);
  }

  /**
   * @param running whether code of the guest ran, which is its start function then
   */
  static WasmException whileInstantiating(RuntimeException failure, boolean running) {
    WasmException known = whileRunning(failure);
    if (known.category() == WasmErrorCategory.INTERRUPTED) {
      return known;
    }
    Throwable cause = failure instanceof HostFunctionFailure ? failure.getCause() : failure;
    boolean started =
        running
            || failure instanceof HostFunctionFailure
            || failure instanceof WasmGuestExit
            || failure instanceof com.dylibso.chicory.runtime.WasmException;
    return new WasmLoadException(
        WasmErrorCategory.INSTANTIATION,
        started
            ? "the module can't be instantiated, its start function failed: " + known.detail()
            : "the module can't be instantiated: " + failure.getMessage(),
        cause);
  }

  static WasmException whileRunning(RuntimeException failure) {
    if (failure instanceof HostFunctionFailure host) {
      if (host.getCause() instanceof InterruptedException) {
        return new WasmExecutionException(
            WasmErrorCategory.INTERRUPTED,
            "the calling thread was interrupted in a host function",
            host.getCause());
      }
      WasmException failed =
          new WasmExecutionException(
              WasmErrorCategory.HOST_FUNCTION,
              Objects.requireNonNull(host.getMessage()),
              host.getCause());
      TracingInterpreter.copyTrace(host, failed);
      return failed;
    }
    if (failure instanceof WasmGuestExit exit) {
      return new WasmExecutionException(
          WasmErrorCategory.TRAP, exit.getMessage() + " instead of giving an answer", exit);
    }
    if (failure instanceof ChicoryInterruptedException) {
      return new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED, "the calling thread was interrupted", failure);
    }
    if (failure instanceof com.dylibso.chicory.runtime.WasmException thrown) {
      return new WasmExecutionException(
          WasmErrorCategory.TRAP,
          "the guest threw an exception (tag %d, %d values) that it does not catch"
              .formatted(thrown.tagIdx(), thrown.args().length),
          failure);
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains(EXHAUSTED)) {
      return stackOverflow(failure);
    }
    if (failure instanceof ChicoryException
        || failure instanceof IndexOutOfBoundsException
        || failure instanceof ArithmeticException) {
      return new WasmExecutionException(
          WasmErrorCategory.TRAP, "the guest trapped: " + message, failure);
    }
    return new WasmExecutionException(
        WasmErrorCategory.ENGINE, "the engine failed: " + failure, failure);
  }

  static WasmException stackOverflow(Throwable failure) {
    return new WasmExecutionException(
        WasmErrorCategory.STACK_OVERFLOW, "the guest recursed too deeply", failure);
  }
}
