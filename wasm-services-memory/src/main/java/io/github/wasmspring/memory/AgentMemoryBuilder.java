package io.github.wasmspring.memory;

import io.github.wasmspring.client.WasmModuleManager;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects what a memory is to be. It needs a location or a {@link DataSource}. */
public final class AgentMemoryBuilder {

  private static final int MOST_READERS = 64;
  private static final int LARGEST_VALUE = 32 << 20;
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(36525);

  private final WasmModuleManager manager;
  private final Map<String, MemoryNamespaceSettings> namespaces = new HashMap<>();
  private MemoryNamespaceSettings defaults = MemoryNamespaceSettings.DEFAULTS;
  private @Nullable Path location;
  private boolean nativeLibrary;
  private @Nullable DataSource source;
  private Clock clock = Clock.systemUTC();
  private int readers = 4;
  private int compressionThreshold = 512;
  private int maxValueSize = 4 << 20;
  private Duration purgeInterval = Duration.ofMinutes(1);
  private @Nullable MemoryEmbedder embedder;

  AgentMemoryBuilder(WasmModuleManager manager) {
    this.manager = Objects.requireNonNull(manager, "A memory needs a manager of modules");
  }

  /**
   * The file that has the entries, by SQLite as a module. It is made if it is not there; its
   * directory must be. No other memory may have it open.
   */
  public AgentMemoryBuilder location(Path file) {
    this.location = file;
    this.nativeLibrary = false;
    return this;
  }

  /**
   * The same file by the native library of {@code org.xerial:sqlite-jdbc}, for where WebAssembly is
   * off.
   */
  public AgentMemoryBuilder nativeLocation(Path file) {
    this.location = file;
    this.nativeLibrary = true;
    return this;
  }

  /**
   * Whose connections have the entries, in tables {@code wasm_memory_…}; they must be of one
   * database of SQLite. One connection is held for writing, and one for each reader. No other
   * memory may use the database.
   */
  public AgentMemoryBuilder dataSource(DataSource source) {
    this.source = source;
    return this;
  }

  /** What the time is. */
  public AgentMemoryBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** How many queries run at the same time, each with a connection; 4. */
  public AgentMemoryBuilder readers(int count) {
    require(count >= 1 && count <= MOST_READERS, "There can be 1 to 64 readers, not " + count);
    this.readers = count;
    return this;
  }

  /** The settings of namespaces that have none of their own. */
  public AgentMemoryBuilder defaults(MemoryNamespaceSettings settings) {
    this.defaults = settings;
    return this;
  }

  /** The settings of a namespace. */
  public AgentMemoryBuilder namespace(String name, MemoryNamespaceSettings settings) {
    MemoryChecks.checkNamespace(name);
    this.namespaces.put(name, settings);
    return this;
  }

  /** From how many bytes on a value is compressed, if that makes it smaller; 512. */
  public AgentMemoryBuilder compressionThreshold(int bytes) {
    require(bytes >= 0, "The threshold of compression must not be negative, but it is " + bytes);
    this.compressionThreshold = bytes;
    return this;
  }

  /** The most bytes of a value, up to 32 MiB; 4 MiB. */
  public AgentMemoryBuilder maxValueSize(int bytes) {
    require(
        bytes >= 1 && bytes <= LARGEST_VALUE,
        "The size of values can be limited to 1 to 33554432 bytes, not " + bytes);
    this.maxValueSize = bytes;
    return this;
  }

  /** How often what has expired is deleted, zero for never; each minute. */
  public AgentMemoryBuilder purgeInterval(Duration interval) {
    require(
        !interval.isNegative() && interval.compareTo(LONGEST_INTERVAL) <= 0,
        "The interval of deleting must be 0 to 36525 days, but it is " + interval);
    this.purgeInterval = interval;
    return this;
  }

  /** Makes vectors of texts, {@code null} for nobody. */
  public AgentMemoryBuilder embedder(@Nullable MemoryEmbedder embedder) {
    this.embedder = embedder;
    return this;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Opens the database, and makes its tables if they are not there.
   *
   * @throws IllegalStateException if there is neither a location nor a {@link DataSource}, or both
   * @throws AgentMemoryException if the database can't be used; the message says why
   */
  public AgentMemory open() {
    Path file = this.location;
    if ((file == null) == (this.source == null)) {
      throw new IllegalStateException(
          "An agent memory needs either a location or a DataSource; it has %s"
              .formatted(file == null ? "neither" : "both"));
    }
    DatabaseLock lock = file == null ? null : DatabaseLock.of(file);
    boolean opened = false;
    try {
      AgentMemory memory = open(new MemoryDatabase(source()), lock);
      opened = true;
      return memory;
    } finally {
      if (!opened && lock != null) {
        lock.close();
      }
    }
  }

  private DataSource source() {
    if (this.source != null) {
      return this.source;
    }
    Path file = Objects.requireNonNull(this.location);
    return this.nativeLibrary ? MemoryLocation.nativeLibrary(file) : MemoryLocation.wasm(file);
  }

  private AgentMemory open(MemoryDatabase database, @Nullable DatabaseLock lock) {
    MemoryResources resources = new MemoryResources();
    boolean opened = false;
    try {
      EntryCoder coder = new EntryCoder(this.manager, this.compressionThreshold);
      MemoryVectors vectors = resources.owned(new MemoryVectors(this.manager, coder));
      ReentrantReadWriteLock file = new ReentrantReadWriteLock(true);
      SqlSession session = resources.owned(database.writer());
      long last = session.number("SELECT clock FROM wasm_memory_store");
      session.rollback();
      ExpiryClock expiry = new ExpiryClock(this.clock, last);
      MemoryReaders queries =
          resources.owned(new MemoryReaders(database, this.readers, file.readLock()));
      MemoryWriter writer =
          resources.owned(
              new MemoryWriter(database, session, expiry, file.writeLock(), vectors::dropAll));
      MemoryPurge purge = resources.owned(new MemoryPurge(writer, vectors, this.purgeInterval));
      AgentMemory memory =
          new DefaultAgentMemory(
              new MemoryParts(
                  writer, queries, coder, vectors, expiry, this.embedder, this.maxValueSize),
              purge,
              this.defaults,
              this.namespaces,
              lock);
      opened = true;
      return memory;
    } catch (SQLException failure) {
      throw MemoryFailures.of("open", failure);
    } finally {
      if (!opened) {
        resources.close();
      }
    }
  }
}
