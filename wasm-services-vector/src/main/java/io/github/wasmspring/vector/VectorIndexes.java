package io.github.wasmspring.vector;

import io.github.wasmspring.client.WasmModuleManager;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** Indexes by name, over the module of one manager. For many threads; to be closed. */
public final class VectorIndexes implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String SUFFIX = ".vectors";

  private final WasmModuleManager manager;
  private final VectorThreads threads = new VectorThreads();
  private final Map<String, DefaultVectorIndex> indexes = new ConcurrentSkipListMap<>();
  private boolean closed;

  private VectorIndexes(WasmModuleManager manager) {
    this.manager = manager;
  }

  /**
   * No index yet.
   *
   * @param manager to whose modules the one of {@link VectorModule} belongs
   */
  public static VectorIndexes of(WasmModuleManager manager) {
    return new VectorIndexes(manager);
  }

  /**
   * Makes an index.
   *
   * @param name begins with a letter or digit, and has up to 100 of these, dots, hyphens and
   *     underscores
   * @throws IllegalArgumentException if there is one of that name, or it is no such name
   * @throws io.github.wasmspring.WasmException if the module can't have it, and Java may not answer
   *     in its place, or there is no room for its capacity
   */
  public synchronized VectorIndex create(String name, VectorIndexSettings settings) {
    requireOpen();
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name for an index: it begins with a letter or digit, and has up to 100 of these, '.', '-' and '_'"
              .formatted(name));
    }
    if (this.indexes.containsKey(name)) {
      throw new IllegalArgumentException("There is an index '%s' already".formatted(name));
    }
    DefaultVectorIndex index = new DefaultVectorIndex(name, settings, this.manager, this.threads);
    this.indexes.put(name, index);
    return index;
  }

  /** The index of that name, made with these settings if there is none. */
  public synchronized VectorIndex getOrCreate(String name, VectorIndexSettings settings) {
    VectorIndex found = this.indexes.get(name);
    return found != null ? found : create(name, settings);
  }

  public Optional<VectorIndex> find(String name) {
    return Optional.ofNullable(this.indexes.get(name));
  }

  /** In alphabetical order. */
  public List<String> names() {
    return List.copyOf(this.indexes.keySet());
  }

  /**
   * Closes an index and forgets it; its snapshots stay.
   *
   * @return whether there was one
   */
  public boolean drop(String name) {
    DefaultVectorIndex index = this.indexes.remove(name);
    if (index != null) {
      index.close();
    }
    return index != null;
  }

  /**
   * Writes a snapshot of each index, {@code <name>.vectors}.
   *
   * @param directory made if there is none
   * @throws VectorSnapshotException if one can't be written; the others are
   * @throws IllegalStateException if one is closed; the others are written
   */
  public void snapshot(Path directory) {
    RuntimeException failed = null;
    for (DefaultVectorIndex index : this.indexes.values()) {
      try {
        index.snapshot(directory.resolve(index.name() + SUFFIX));
      } catch (RuntimeException failure) {
        if (failed == null) {
          failed = failure;
        } else {
          failed.addSuppressed(failure);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /**
   * Lets each index have what its snapshot says, and makes those that are not there yet with the
   * settings of their snapshots. A directory that is not there has no snapshots.
   *
   * @return the names of the indexes that were restored
   * @throws VectorSnapshotException if a snapshot can't be read; those before it are restored
   */
  public List<String> restore(Path directory) {
    List<String> restored = new ArrayList<>();
    for (Path file : files(directory)) {
      String name = file.getFileName().toString();
      name = name.substring(0, name.length() - SUFFIX.length());
      if (NAME.matcher(name).matches()) {
        restore(name, file);
        restored.add(name);
      }
    }
    return restored;
  }

  private void restore(String name, Path file) {
    VectorIndex known = this.indexes.get(name);
    if (known != null) {
      known.restore(file);
      return;
    }
    VectorIndex made = create(name, VectorSnapshot.read(file).settings());
    try {
      made.restore(file);
    } catch (RuntimeException | Error failure) {
      drop(name);
      throw failure;
    }
  }

  private static List<Path> files(Path directory) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      found.forEach(files::add);
    } catch (IOException failure) {
      throw new VectorSnapshotException(
          VectorSnapshotException.Reason.IO,
          "The directory of snapshots %s can't be read: %s".formatted(directory, failure),
          failure);
    }
    files.sort(null);
    return files;
  }

  private void requireOpen() {
    if (this.closed) {
      throw new IllegalStateException("The vector indexes are closed");
    }
  }

  /** Closes all indexes. */
  @Override
  public void close() {
    synchronized (this) {
      this.closed = true;
    }
    this.names().forEach(this::drop);
    this.threads.close();
  }
}
