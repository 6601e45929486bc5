package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.dashboard.live.FeedSink;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes to a browser, whose request stays open. */
final class StreamSink implements FeedSink, AsyncListener {

  private final AsyncContext async;
  private final ServletOutputStream out;
  private final @Nullable HttpSession session;
  private volatile boolean gone;

  /**
   * @param session in which the stream was asked for, {@code null} if there is none
   */
  StreamSink(AsyncContext async, @Nullable HttpSession session) throws IOException {
    this.async = async;
    this.out = async.getResponse().getOutputStream();
    this.session = session;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (this.gone) {
      throw new IOException("The connection is closed");
    }
    try {
      this.out.write(bytes);
      this.out.flush();
    } catch (RuntimeException failure) {
      if (this.gone) {
        throw new IOException("The connection was closed meanwhile", failure);
      }
      throw failure;
    }
  }

  @Override
  public boolean isAllowed() {
    if (this.session != null) {
      try {
        this.session.getCreationTime();
      } catch (IllegalStateException over) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (!this.gone) {
      this.gone = true;
      try {
        this.async.complete();
      } catch (IllegalStateException closedAlready) {
        // The container was quicker.
      }
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    this.gone = true;
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    close();
  }

  @Override
  public void onError(AsyncEvent event) {
    close();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
