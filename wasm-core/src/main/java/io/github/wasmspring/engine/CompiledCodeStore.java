package io.github.wasmspring.engine;

import io.github.wasmspring.internal.file.FileFailure;
import io.github.wasmspring.internal.file.PrivateDirectory;
import io.github.wasmspring.internal.file.PrivateDirectory.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled code on disk, so that modules that were compiled once start fast after that. Processes
 * can share a directory: they never wait for each other, and none reads what another has not
 * finished. Nothing here throws: what does not work is logged, and modules are compiled again.
 */
public final class CompiledCodeStore {

  private static final Logger logger = LoggerFactory.getLogger(CompiledCodeStore.class);

  private static final String FILES = "*" + CompiledCodeKey.SUFFIX;

  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path path;
  private final long maxBytes;
  private final @Nullable PrivateDirectory directory;
  private final @Nullable String problem;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Uses a directory, or makes it for its owner alone. One that others can write to is not used:
   * what is in it will be run.
   *
   * @param maxBytes how many bytes all files together may have; the least recently used go first
   */
  public CompiledCodeStore(Path path, long maxBytes) {
    this.path = path;
    this.maxBytes = maxBytes;
    PrivateDirectory opened = null;
    String reason = null;
    try {
      opened = PrivateDirectory.open(path);
      tidyUp(opened);
    } catch (IOException | UnsupportedOperationException | SecurityException failure) {
      reason = FileFailure.reason(failure);
      logger.warn(
          "The directory {} is not used for compiled WebAssembly code (wasm.cache.directory): {}. Modules are compiled at every start",
          path,
          reason);
    }
    this.directory = opened;
    this.problem = reason;
  }

  /** One that can only be read is good enough. */
  private static void tidyUp(PrivateDirectory directory) {
    try {
      directory.deleteAbandoned(ABANDONED);
    } catch (IOException failure) {
      logger.debug("What was left half written stays in {}", directory.path(), failure);
    }
  }

  /** The code that was stored for the key, {@code null} if there is none. */
  public byte @Nullable [] find(CompiledCodeKey key) {
    byte[] code = this.directory != null ? read(this.directory, key) : null;
    (code != null ? this.hits : this.misses).increment();
    return code;
  }

  private byte @Nullable [] read(PrivateDirectory from, CompiledCodeKey key) {
    String name = key.fileName();
    try {
      byte[] file = from.read(name, Math.min(this.maxBytes, Integer.MAX_VALUE - 8));
      if (file == null) {
        return null;
      }
      byte[] code = CodeFile.read(key, file);
      if (code == null) {
        discard(key, "it is damaged");
      } else {
        from.touch(name);
      }
      return code;
    } catch (IOException failure) {
      failed("read", failure);
      return null;
    }
  }

  /** Keeps code for later, unless it alone is more than there is room for. */
  public void store(CompiledCodeKey key, byte[] code) {
    if (this.directory == null) {
      return;
    }
    if (CodeFile.size(code.length) > Math.min(this.maxBytes, Integer.MAX_VALUE - 8)) {
      logger.debug("{} bytes of compiled code don't fit into {}", code.length, this.path);
      return;
    }
    try {
      this.directory.write(key.fileName(), CodeFile.write(key, code));
      makeRoom(this.directory);
    } catch (IOException failure) {
      failed("write", failure);
    }
  }

  /** Deletes code that turned out to be of no use. */
  public void discard(CompiledCodeKey key, String reason) {
    this.failures.increment();
    logger.warn(
        "A file of compiled WebAssembly code is of no use, {}, and is deleted: {}; the module is compiled again",
        reason,
        this.path.resolve(key.fileName()));
    delete(key.fileName());
  }

  /** Deletes all code of one module. */
  public void invalidate(String digest) {
    String prefix = CompiledCodeKey.filePrefix(digest);
    for (Entry entry : entries()) {
      String name = entry.name();
      if (name.startsWith(prefix)) {
        delete(name);
      }
    }
  }

  /** Deletes all code. */
  public void clear() {
    entries().forEach(entry -> delete(entry.name()));
  }

  /** Reads the directory. */
  public CompiledCodeStoreStatus status() {
    List<Entry> entries = entries();
    return new CompiledCodeStoreStatus(
        this.path.toString(),
        this.problem,
        entries.size(),
        entries.stream().mapToLong(Entry::size).sum(),
        this.maxBytes,
        this.hits.sum(),
        this.misses.sum(),
        this.evictions.sum(),
        this.failures.sum());
  }

  private synchronized void makeRoom(PrivateDirectory in) throws IOException {
    in.deleteAbandoned(ABANDONED);
    List<Entry> entries = in.entries(FILES);
    long total = entries.stream().mapToLong(Entry::size).sum();
    entries.sort(Comparator.comparing(Entry::used));
    for (Entry oldest : entries) {
      if (total <= this.maxBytes) {
        return;
      }
      if (Files.deleteIfExists(oldest.path())) {
        this.evictions.increment();
      }
      total -= oldest.size();
    }
  }

  private List<Entry> entries() {
    try {
      return this.directory != null ? this.directory.entries(FILES) : List.of();
    } catch (IOException failure) {
      failed("list", failure);
      return List.of();
    }
  }

  private void delete(String name) {
    try {
      if (this.directory != null) {
        this.directory.delete(name);
      }
    } catch (IOException failure) {
      failed("delete", failure);
    }
  }

  /** Once: a disk that is full stays full for a while. */
  private void failed(String what, IOException failure) {
    this.failures.increment();
    if (this.warned.compareAndSet(false, true)) {
      logger.warn(
          "Could not {} compiled WebAssembly code in {}: {}. Modules work, and are compiled at every start; further failures are logged at DEBUG",
          what,
          this.path,
          FileFailure.reason(failure));
    } else {
      logger.debug("Could not {} compiled WebAssembly code in {}", what, this.path, failure);
    }
  }
}
