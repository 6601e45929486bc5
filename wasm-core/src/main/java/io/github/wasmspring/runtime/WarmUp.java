package io.github.wasmspring.runtime;

import io.github.wasmspring.client.WasmModuleClient;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one small call of each kind, so that the first real one needs not wait until the JVM has
 * loaded and linked some 800 classes. Once per JVM, beside what else is done at the start.
 */
final class WarmUp implements Runnable {

  private static final Logger logger = LoggerFactory.getLogger(WarmUp.class);

  private static final AtomicBoolean begun = new AtomicBoolean();

  private static final String MODULE = "wasmspring-warm-up";

  interface Echo {
    Heard echo(String text);
  }

  record Heard(String text, boolean loud) {}

  private WarmUp() {}

  /** Starts it, unless it has been started before. */
  static void inBackground() {
    if (begun.compareAndSet(false, true)) {
      Thread thread = new Thread(new WarmUp(), "wasm-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Does it on the calling thread, unless it has been started before. */
  static void now() {
    if (begun.compareAndSet(false, true)) {
      new WarmUp().run();
    }
  }

  @Override
  public void run() {
    try (WasmRuntime runtime = WasmRuntime.create()) {
      call(runtime);
    } catch (RuntimeException | LinkageError failure) {
      logger.debug("The first call will take longer: it could not be prepared", failure);
    }
  }

  static void call(WasmRuntime runtime) {
    runtime.register(
        WasmModuleDescriptor.builder(MODULE)
            .tags(ModulePreparer.INTERNAL)
            .location("classpath:wasm/wasmspring-warm-up.wasm")
            .classLoader(WarmUp.class.getClassLoader())
            .settings(settings -> settings.engineMode(WasmEngineMode.INTERPRETER))
            .build());
    WasmModuleClient module = runtime.manager().module(MODULE);
    module.operation("echo").arguments("[{}]").retrieve(List.class);
    module.operation("echo").arguments((Object) new byte[1]).retrieve(byte[].class);
    module.operation("echo").arguments((Object) new double[1]).retrieve(double[].class);
    runtime.manager().bind(Echo.class, MODULE, "*").echo("{\"text\":\"hello\",\"loud\":true}");
  }
}
