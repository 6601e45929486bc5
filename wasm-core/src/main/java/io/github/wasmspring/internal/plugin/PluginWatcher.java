package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.plugin.WasmPluginSettings;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the directory of drop-in plug-ins when the system tells of changes there, and now
 * and then in case that it does not: some file systems tell nothing.
 */
public final class PluginWatcher implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(PluginWatcher.class);

  private static final long CLOSE_SECONDS = 10;

  private final Path directory;
  private final DropInDirectory dropIns;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "wasm-plugin-watcher");
  private @Nullable WatchService changes;
  private @Nullable WatchKey key;

  /**
   * @throws IllegalArgumentException if the settings name no directory to watch
   */
  public PluginWatcher(DefaultWasmPlugins plugins, WasmPluginSettings settings) {
    if (settings.watch() == null) {
      throw new IllegalArgumentException("There is no directory to watch");
    }
    this.directory = Objects.requireNonNull(settings.watch());
    this.dropIns =
        new DropInDirectory(
            this.directory, plugins, settings.settleTime(), settings.pollInterval());
    this.thread.setDaemon(true);
  }

  /** Installs what is there before it returns, but for what has just been written. */
  public void start() {
    warnOfOthers();
    listen();
    this.dropIns.look(System.nanoTime());
    this.thread.start();
  }

  private void warnOfOthers() {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(this.directory);
      if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        logger.warn(
            "Everybody on this machine can write to {} (wasm.plugins.watch), and so install plug-ins in this application; chmod o-w it, or have signatures required (wasm.signatures.required)",
            this.directory);
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      logger.debug("Who can write to {} is not known", this.directory, unknown);
    }
  }

  private void listen() {
    try {
      if (this.changes == null) {
        this.changes = this.directory.getFileSystem().newWatchService();
      }
      this.key =
          this.directory.register(
              this.changes,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException | UnsupportedOperationException deaf) {
      this.key = null;
      logger.debug("Nothing tells of changes in {}; it is looked through", this.directory, deaf);
    }
  }

  private void run() {
    try {
      long wait = 0;
      while (!await(wait)) {
        wait = look();
        if (this.key == null) {
          listen();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException end) {
      logger.debug("{} is not watched any more", this.directory);
    }
  }

  private long look() {
    try {
      return this.dropIns.look(System.nanoTime());
    } catch (RuntimeException unexpected) {
      logger.error("Looking through {} for plug-ins failed", this.directory, unexpected);
      return TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    }
  }

  /** Until something changes, for a time at most; whether it is to stop. */
  private boolean await(long nanos) throws InterruptedException {
    WatchService told = this.changes;
    if (told == null || this.key == null) {
      return this.stopped.await(nanos, TimeUnit.NANOSECONDS);
    }
    WatchKey changed = told.poll(nanos, TimeUnit.NANOSECONDS);
    if (changed != null) {
      changed.pollEvents();
      if (!changed.reset()) {
        this.key = null;
      }
    }
    return this.stopped.getCount() == 0;
  }

  /** Waits for what is being installed. */
  @Override
  public void close() {
    this.stopped.countDown();
    try {
      if (this.changes != null) {
        this.changes.close();
      }
      this.thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (IOException failure) {
      logger.debug("Could not end to watch {}", this.directory, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
