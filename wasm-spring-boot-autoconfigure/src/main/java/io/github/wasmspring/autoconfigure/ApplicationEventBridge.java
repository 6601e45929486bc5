package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes events as application events. Those of the start are kept until all beans are there
 * that may listen.
 */
final class ApplicationEventBridge implements WasmEventListener, SmartInitializingSingleton {

  private final ApplicationEventPublisher publisher;
  private @Nullable List<WasmEvent> early = new ArrayList<>();

  ApplicationEventBridge(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void onEvent(WasmEvent event) {
    if (!keep(event)) {
      this.publisher.publishEvent(event);
    }
  }

  /** How far something was is old news later. */
  private synchronized boolean keep(WasmEvent event) {
    return this.early != null
        && (event instanceof WasmEvent.ModuleProgressed || this.early.add(event));
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<WasmEvent> kept;
    synchronized (this) {
      kept = this.early != null ? this.early : List.of();
      this.early = null;
    }
    for (WasmEvent event : kept) {
      this.publisher.publishEvent(event);
    }
  }
}
