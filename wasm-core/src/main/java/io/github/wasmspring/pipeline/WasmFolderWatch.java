package io.github.wasmspring.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the files of a folder, and of the folders in it, that were written, once each has been
 * left alone for a while: editors write in several steps. One thread does all, so a file that is
 * being worked on is told of again afterwards. Links are not followed.
 */
public final class WasmFolderWatch implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(WasmFolderWatch.class);

  private static final long CLOSE_MILLIS = 10_000;

  private final Path folder;
  private final PathMatcher matcher;
  private final long debounceNanos;
  private final Consumer<Path> onChange;
  private final WatchService changes;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final Map<Path, Long> pending = new HashMap<>();
  private final Thread thread;

  private WasmFolderWatch(
      Path folder, PathMatcher matcher, Duration debounce, Consumer<Path> onChange)
      throws IOException {
    this.folder = folder;
    this.matcher = matcher;
    this.debounceNanos = debounce.toNanos();
    this.onChange = onChange;
    this.changes = folder.getFileSystem().newWatchService();
    this.thread = new Thread(this::run, "wasm-folder-watch");
    this.thread.setDaemon(true);
  }

  /**
   * Begins to watch.
   *
   * @param glob which files, by their path below the folder as {@link
   *     java.nio.file.FileSystem#getPathMatcher} has it, for instance <code>**.{js,ts}</code>
   * @param debounce for how long a file must have been left alone
   * @param existing whether the files that are there already are told of first, ordered by path
   * @param onChange told of each file on a thread of its own; what it throws is logged
   * @throws IllegalArgumentException if there is no such folder, the pattern can't be read, or the
   *     time is negative
   * @throws UncheckedIOException if the folder can't be watched
   */
  public static WasmFolderWatch start(
      Path folder, String glob, Duration debounce, boolean existing, Consumer<Path> onChange) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("There is no folder %s to watch".formatted(folder));
    }
    if (debounce.isNegative()) {
      throw new IllegalArgumentException("A file can't be left alone for " + debounce);
    }
    try {
      WasmFolderWatch watch =
          new WasmFolderWatch(
              folder.toRealPath(),
              FileSystems.getDefault().getPathMatcher("glob:" + glob),
              debounce,
              onChange);
      watch.enter(watch.folder, existing);
      watch.thread.start();
      return watch;
    } catch (IOException failure) {
      throw new UncheckedIOException("%s can't be watched".formatted(folder), failure);
    }
  }

  /** Watches a folder and those in it, and marks the files that are there, all for one moment. */
  private void enter(Path entered, boolean mark) throws IOException {
    long now = System.nanoTime();
    try (Stream<Path> all = Files.walk(entered)) {
      for (Iterator<Path> each = all.iterator(); each.hasNext(); ) {
        Path path = each.next();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          this.folders.put(
              path.register(
                  this.changes,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_MODIFY),
              path);
        } else if (mark) {
          mark(path, now);
        }
      }
    }
  }

  private void mark(Path file, long now) {
    if (this.matcher.matches(this.folder.relativize(file))) {
      this.pending.put(file, now + this.debounceNanos);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        WatchKey key =
            this.pending.isEmpty()
                ? this.changes.take()
                : this.changes.poll(untilDue(System.nanoTime()), TimeUnit.NANOSECONDS);
        if (key != null) {
          read(key);
        }
        tell(System.nanoTime());
      }
    } catch (ClosedWatchServiceException | InterruptedException closed) {
      logger.debug("{} is not watched any more", this.folder);
    }
  }

  private long untilDue(long now) {
    return Math.max(0, this.pending.values().stream().mapToLong(due -> due - now).min().orElse(0));
  }

  private void read(WatchKey key) {
    Path in = this.folders.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      try {
        if (event.kind() == StandardWatchEventKinds.OVERFLOW || in == null) {
          enter(this.folder, true);
        } else if (event.context() instanceof Path name) {
          changed(in.resolve(name));
        }
      } catch (IOException | UncheckedIOException gone) {
        logger.debug("What has changed in {} can't be read", in, gone);
      }
    }
    if (!key.reset()) {
      this.folders.remove(key);
      if (this.folder.equals(in)) {
        logger.warn("{} is gone, and nobody will notice any more what is written there", in);
      }
    }
  }

  private void changed(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      enter(path, true);
    } else {
      mark(path, System.nanoTime());
    }
  }

  private void tell(long now) {
    for (Path file : this.pending.keySet().stream().sorted().toList()) {
      Long due = this.pending.get(file);
      if (due == null || due - now > 0) {
        continue;
      }
      this.pending.remove(file);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        try {
          this.onChange.accept(file);
        } catch (RuntimeException failure) {
          logger.warn("What is done with changed files has failed for {}", file, failure);
        }
      }
    }
  }

  /** Interrupts what is being done with a file, and waits for its end, 10 seconds at most. */
  @Override
  public void close() {
    try {
      this.changes.close();
      if (Thread.currentThread() != this.thread) {
        this.thread.interrupt();
        this.thread.join(CLOSE_MILLIS);
      }
    } catch (IOException failure) {
      logger.debug("Could not end to watch {}", this.folder, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
