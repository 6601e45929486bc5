package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.jvm.JvmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The engine jvm with its code for memories that grow often, which a guest gets otherwise once it
 * has made the engine copy hundreds of megabytes. What it takes for that is not public.
 */
final class RoomyEngine implements WasmEngine {

  private static final Executor GENERATORS =
      work -> {
        Thread thread = new Thread(work, "generator");
        thread.setDaemon(true);
        thread.start();
      };

  private final WasmEngine engine;
  private final boolean fromBeginning;

  /**
   * @param fromBeginning whether all instances have it, or those that {@link #makeRoom} is called
   *     for
   */
  RoomyEngine(boolean fromBeginning) {
    this.fromBeginning = fromBeginning;
    Executor preparers = Runnable::run;
    try {
      Constructor<JvmEngine> constructor =
          JvmEngine.class.getDeclaredConstructor(Executor.class, Executor.class);
      constructor.setAccessible(true);
      this.engine = constructor.newInstance(GENERATORS, preparers);
    } catch (ReflectiveOperationException changed) {
      throw changed(changed);
    }
  }

  private static IllegalStateException changed(ReflectiveOperationException cause) {
    return new IllegalStateException("The engine jvm has changed; change this class, too", cause);
  }

  /** The next call of an instance of such an engine changes to it. */
  static void makeRoom(WasmInstance instance) {
    try {
      Object context = invoke(instance, "context");
      Class<?> base = Objects.requireNonNull(context.getClass().getSuperclass());
      Field wanted = base.getDeclaredField("hasCopiedMuch");
      wanted.setAccessible(true);
      wanted.setBoolean(context, true);
    } catch (ReflectiveOperationException changed) {
      throw changed(changed);
    }
  }

  private static Object invoke(Object target, String name) throws ReflectiveOperationException {
    Method method = target.getClass().getDeclaredMethod(name);
    method.setAccessible(true);
    return Objects.requireNonNull(method.invoke(target));
  }

  @Override
  public String name() {
    return this.engine.name();
  }

  @Override
  public Set<WasmFeature> features(WasmEngineMode mode) {
    return this.engine.features(mode);
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    WasmCode code = this.engine.compile(binary, mode);
    if (this.fromBeginning) {
      makeRoomyForm(code);
    }
    return code;
  }

  private static void makeRoomyForm(WasmCode code) {
    try {
      Field field = code.getClass().getDeclaredField("roomy");
      field.setAccessible(true);
      Object roomy = Objects.requireNonNull(field.get(code));
      Method want = roomy.getClass().getDeclaredMethod("want");
      want.setAccessible(true);
      want.invoke(roomy);
    } catch (ReflectiveOperationException changed) {
      throw changed(changed);
    }
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    return this.engine.precompiled(className, classLoader);
  }
}
