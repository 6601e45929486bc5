package io.github.wasmspring.dashboard.page;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Calls modules until it is closed, some of them in vain. */
final class Load implements AutoCloseable {

  private static final long PAUSE_MILLIS = 2;

  private final WasmModuleManager manager;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Thread thread = new Thread(this::call, "dashboard-page-load");

  private Load(WasmModuleManager manager) {
    this.manager = manager;
  }

  static Load on(WasmModuleManager manager) {
    Load load = new Load(manager);
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  private void call() {
    byte[] bytes = "hello".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; !this.ended.get(); i++) {
      this.manager.execute("json", "format", "{\"a\":[1,2,3]}", Map.of("indent", 2));
      this.manager.execute("crypto", "sha256", bytes);
      if (i % 20 == 0) {
        try {
          this.manager.execute(PageApplication.FAILING, "fail", null);
        } catch (WasmException wanted) {
          // What fails is to be seen on the page.
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }

  @Override
  public void close() {
    this.ended.set(true);
    try {
      this.thread.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
