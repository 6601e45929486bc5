package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmInstance;
import org.jspecify.annotations.Nullable;

/**
 * What {@link DirectFunctions} makes a class of for a compiled function: a single method that hands
 * on its arguments. Public because that class is in the package of the compiled module; not for
 * applications.
 */
public abstract class DirectFunction extends WasmDirectFunction {

  protected long invoke(@Nullable Memory memory, Instance instance) {
    throw new AbstractMethodError();
  }

  protected long invoke(long a, @Nullable Memory memory, Instance instance) {
    throw new AbstractMethodError();
  }

  protected long invoke(long a, long b, @Nullable Memory memory, Instance instance) {
    throw new AbstractMethodError();
  }

  protected long invoke(long a, long b, long c, @Nullable Memory memory, Instance instance) {
    throw new AbstractMethodError();
  }

  protected long invoke(
      long a, long b, long c, long d, @Nullable Memory memory, Instance instance) {
    throw new AbstractMethodError();
  }

  @Override
  public final long call(WasmInstance instance) {
    ChicoryInstance on = (ChicoryInstance) instance;
    try {
      return invoke(on.chicoryMemory(), on.chicory());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw failed(failure);
    }
  }

  @Override
  public final long call(WasmInstance instance, long a) {
    ChicoryInstance on = (ChicoryInstance) instance;
    try {
      return invoke(a, on.chicoryMemory(), on.chicory());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw failed(failure);
    }
  }

  @Override
  public final long call(WasmInstance instance, long a, long b) {
    ChicoryInstance on = (ChicoryInstance) instance;
    try {
      return invoke(a, b, on.chicoryMemory(), on.chicory());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw failed(failure);
    }
  }

  @Override
  public final long call(WasmInstance instance, long a, long b, long c) {
    ChicoryInstance on = (ChicoryInstance) instance;
    try {
      return invoke(a, b, c, on.chicoryMemory(), on.chicory());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw failed(failure);
    }
  }

  @Override
  public final long call(WasmInstance instance, long a, long b, long c, long d) {
    ChicoryInstance on = (ChicoryInstance) instance;
    try {
      return invoke(a, b, c, d, on.chicoryMemory(), on.chicory());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw failed(failure);
    }
  }

  private static WasmException failed(Throwable failure) {
    return ChicoryInstance.failure(failure);
  }
}
