package io.github.wasmspring.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.dashboard.DashboardServer;
import io.github.wasmspring.dashboard.view.DashboardSources;
import io.github.wasmspring.dashboard.view.EventLog;
import io.github.wasmspring.dashboard.view.ProgressLog;
import io.github.wasmspring.dashboard.view.SnapshotReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the machine has no more threads for a while. */
@Timeout(120)
class DashboardFeedTest {

  private static DashboardServer server;

  private volatile String missing = "";

  private static final class Heard implements FeedSink {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    @Override
    public void write(byte[] message) {
      this.messages.add(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public boolean isAllowed() {
      return true;
    }

    @Override
    public void close() {
      this.closed = true;
    }

    boolean has(String event) {
      return this.messages.stream().anyMatch(each -> each.contains("event: " + event));
    }
  }

  @BeforeAll
  static void start() {
    server = DashboardServer.onLoopback();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private DashboardFeed feed() {
    return new DashboardFeed(
        server.bean(DashboardSources.class),
        server.bean(SnapshotReader.class),
        server.bean(EventLog.class),
        server.bean(ProgressLog.class),
        1,
        this::thread);
  }

  private Thread thread(Runnable work, String name) {
    return new Thread(work, name) {
      @Override
      public void start() {
        if (!DashboardFeedTest.this.missing.isEmpty()
            && name.startsWith(DashboardFeedTest.this.missing)) {
          throw new OutOfMemoryError("unable to create native thread");
        }
        super.start();
      }
    };
  }

  @Test
  void whoFindsNoThreadTakesNoRoomAndTheNextOneIsServed() {
    for (String name : List.of("wasm-dashboard-feed", "wasm-dashboard-client")) {
      DashboardFeed feed = feed();
      this.missing = name;
      assertThat(feed.open(new Heard())).as(name).isFalse();
      assertThat(feed.clients().open()).as(name).isZero();

      this.missing = "";
      Heard heard = new Heard();
      assertThat(feed.open(heard)).as(name).isTrue();
      await().until(() -> heard.has("snapshot"));

      feed.stop();
      assertThat(heard.closed).isTrue();
    }
  }
}
