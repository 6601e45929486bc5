package io.github.wasmspring.dashboard.autoconfigure;

import io.github.wasmspring.dashboard.live.DashboardFeed;
import org.springframework.context.SmartLifecycle;

/** Ends all streams before the server waits for requests to end. */
final class DashboardLifecycle implements SmartLifecycle {

  private final DashboardFeed feed;
  private volatile boolean running;

  DashboardLifecycle(DashboardFeed feed) {
    this.feed = feed;
  }

  @Override
  public void start() {
    this.feed.start();
    this.running = true;
  }

  @Override
  public void stop() {
    this.running = false;
    this.feed.stop();
  }

  @Override
  public boolean isRunning() {
    return this.running;
  }
}
