package io.github.wasmspring.internal.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when something has happened in the directories of files. What that was is for others to
 * find out: a file may be written in place, another may be moved there, or a link above it may be
 * changed, as Kubernetes does with what it mounts.
 */
final class FileWatch implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(FileWatch.class);

  private record Watched(WatchKey key, Runnable onChange) {}

  private final Map<ModuleHandle, Watched> watched = new HashMap<>();
  private @Nullable WatchService service;
  private boolean closed;

  /**
   * @param onChange told of all that happens beside the file; must be quick
   */
  synchronized void watch(ModuleHandle module, Path file, Runnable onChange) {
    Path directory = file.getParent();
    if (this.closed || directory == null) {
      return;
    }
    try {
      WatchKey key =
          directory.register(
              service(),
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      this.watched.put(module, new Watched(key, onChange));
    } catch (IOException | UncheckedIOException | UnsupportedOperationException unwatchable) {
      logger.warn(
          "Nobody will notice when the file of WebAssembly module {} changes, as {} can't be watched ({}); set check-interval instead",
          module.descriptor(),
          directory,
          unwatchable.toString());
    }
  }

  /** Made when it is first needed, with its thread. */
  private WatchService service() throws IOException {
    WatchService known = this.service;
    if (known == null) {
      known = FileSystems.getDefault().newWatchService();
      this.service = known;
      WatchService watching = known;
      Thread thread = new Thread(() -> run(watching), "wasm-file-watch");
      thread.setDaemon(true);
      thread.start();
    }
    return known;
  }

  private void run(WatchService watching) {
    try {
      for (; ; ) {
        WatchKey key = watching.take();
        // Only that something has happened counts; without this it would be told again.
        key.pollEvents();
        tell(key);
        if (!key.reset()) {
          lost(key);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException closed) {
      logger.debug("No files are watched any more", closed);
    }
  }

  private void tell(WatchKey key) {
    List<Runnable> told;
    synchronized (this) {
      told =
          this.watched.values().stream()
              .filter(each -> each.key().equals(key))
              .map(Watched::onChange)
              .toList();
    }
    told.forEach(Runnable::run);
  }

  private synchronized void lost(WatchKey key) {
    for (Iterator<Map.Entry<ModuleHandle, Watched>> each = this.watched.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<ModuleHandle, Watched> entry = each.next();
      if (entry.getValue().key().equals(key)) {
        each.remove();
        logger.warn(
            "Nobody will notice any more when the file of WebAssembly module {} changes, as its directory is gone; set check-interval as well where that happens",
            entry.getKey().descriptor());
      }
    }
  }

  /** Directories are shared: the key goes with the last that needs it. */
  synchronized void forget(ModuleHandle module) {
    Watched gone = this.watched.remove(module);
    if (gone != null
        && this.watched.values().stream().noneMatch(each -> each.key().equals(gone.key()))) {
      gone.key().cancel();
    }
  }

  @Override
  public synchronized void close() {
    this.closed = true;
    this.watched.clear();
    WatchService known = this.service;
    if (known != null) {
      try {
        known.close();
      } catch (IOException failure) {
        logger.debug("Watching files could not be ended", failure);
      }
    }
  }
}
