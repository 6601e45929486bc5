package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmFrame;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chicory's interpreter, with a note on each failure of the functions that it came through. */
final class TracingInterpreter extends InterpreterMachine {

  /** More is of no use to anybody. */
  private static final int MOST = 64;

  private @Nullable Trace last;

  TracingInterpreter(Instance instance) {
    super(instance);
  }

  @Override
  protected long @Nullable [] call(
      MStack stack,
      Instance instance,
      Deque<StackFrame> callStack,
      int function,
      long[] arguments,
      @Nullable FunctionType type,
      boolean popResults) {
    try {
      return popResults
          ? enter(stack, instance, callStack, function, arguments, type)
          : super.call(stack, instance, callStack, function, arguments, type, false);
    } catch (WasmException thrown) {
      // An exception of the guest's own may be caught further out, and then it is no failure.
      throw thrown;
    } catch (RuntimeException failure) {
      note(failure, instance.module(), function);
      throw failure;
    }
  }

  /** A call from outside, whose results are for outside. */
  private long @Nullable [] enter(
      MStack stack,
      Instance instance,
      Deque<StackFrame> callStack,
      int function,
      long[] arguments,
      @Nullable FunctionType type) {
    FunctionType declared = instance.type(instance.functionType(function));
    long[] given = NarrowValues.of(declared.params(), arguments);
    long[] results = super.call(stack, instance, callStack, function, given, type, true);
    return results == null ? null : NarrowValues.of(declared.returns(), results);
  }

  private void note(RuntimeException failure, WasmModule module, int function) {
    Trace trace = this.last;
    if (trace == null || trace.failure != failure) {
      trace = new Trace(failure, module);
      failure.addSuppressed(trace);
      this.last = trace;
    }
    if (trace.functions.size() < MOST) {
      trace.functions.add(function);
    }
  }

  /** Has a failure that takes the place of another one say the same. */
  static void copyTrace(Throwable from, Throwable to) {
    for (Throwable note : from.getSuppressed()) {
      if (note instanceof Trace) {
        to.addSuppressed(note);
      }
    }
  }

  /** What was noted of a module, the innermost function first; empty if nothing was. */
  static List<WasmFrame> framesOf(Throwable failure, WasmModule module, int most) {
    for (Throwable note : failure.getSuppressed()) {
      if (note instanceof Trace trace && trace.module == module) {
        return trace.functions.stream()
            .limit(most)
            .map(function -> new WasmFrame(function, WasmCode.UNKNOWN_OFFSET))
            .toList();
      }
    }
    return List.of();
  }

  /** The functions of one module that a failure came through. */
  private static final class Trace extends RuntimeException {

    private final transient RuntimeException failure;
    private final transient WasmModule module;
    private final transient List<Integer> functions = new ArrayList<>();

    Trace(RuntimeException failure, WasmModule module) {
      super("functions of the guest", null, false, false);
      this.failure = failure;
      this.module = module;
    }
  }
}
