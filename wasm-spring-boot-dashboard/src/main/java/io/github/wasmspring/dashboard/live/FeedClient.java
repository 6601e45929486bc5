package io.github.wasmspring.dashboard.live;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one client what is new, on a thread of its own: it may have to wait for a slow reader. */
final class FeedClient implements Runnable {

  private static final Logger logger = LoggerFactory.getLogger(FeedClient.class);

  private static final long RETRY_MILLIS = 3_000;
  private static final long HEARTBEAT_MILLIS = 10_000;

  /** Then it has to ask again, and is asked again who it is. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final FeedSink sink;
  private final Consumer<FeedClient> whenGone;
  private final FeedMailbox mailbox = new FeedMailbox();
  private final long opened = System.nanoTime();

  /**
   * @param whenGone told when nothing more is written
   */
  FeedClient(FeedSink sink, Consumer<FeedClient> whenGone) {
    this.sink = sink;
    this.whenGone = whenGone;
  }

  FeedMailbox mailbox() {
    return this.mailbox;
  }

  @Override
  public void run() {
    try {
      this.sink.write(FeedMessage.retry(RETRY_MILLIS));
      String farewell = this.mailbox.farewell();
      while (farewell == null) {
        byte[] news = this.mailbox.take(HEARTBEAT_MILLIS);
        farewell = farewell();
        if (farewell == null) {
          this.sink.write(news.length == 0 ? FeedMessage.HEARTBEAT : news);
        }
      }
      this.sink.write(FeedMessage.bye(farewell));
    } catch (IOException gone) {
      logger.debug("A client of the dashboard is gone: {}", gone.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      logger.warn("A client of the dashboard is told no more", failure);
    } finally {
      try {
        this.sink.close();
      } finally {
        this.whenGone.accept(this);
      }
    }
  }

  private @Nullable String farewell() {
    String said = this.mailbox.farewell();
    if (said != null) {
      return said;
    }
    if (!this.sink.isAllowed()) {
      return "session";
    }
    return System.nanoTime() - this.opened > LONGEST_NANOS ? "renew" : null;
  }
}
