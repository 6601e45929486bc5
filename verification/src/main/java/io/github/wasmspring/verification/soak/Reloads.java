package io.github.wasmspring.verification.soak;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Reloads or evicts a module, any of them, several times a second. */
final class Reloads implements Runnable {

  private static final long PAUSE_MILLIS = 200;

  private final WasmModuleManager manager;
  private final Tally tally;
  private final BooleanSupplier goesOn;
  private final Random random = new Random(4);

  Reloads(WasmModuleManager manager, Tally tally, BooleanSupplier goesOn) {
    this.manager = manager;
    this.tally = tally;
    this.goesOn = goesOn;
  }

  @Override
  public void run() {
    List<String> modules = this.manager.status().stream().map(WasmModuleStatus::id).toList();
    while (this.goesOn.getAsBoolean()) {
      String module = modules.get(this.random.nextInt(modules.size()));
      try {
        if (this.random.nextInt(4) == 0) {
          this.manager.evict(module);
        } else {
          this.manager.reload(module);
        }
        this.tally.reloads.increment();
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException interrupted) {
        this.tally.interrupted.increment();
      } catch (RuntimeException failure) {
        this.tally.failed("reload of " + module, failure);
      }
    }
  }
}
