package io.github.wasmspring.plugin;

import io.github.wasmspring.module.WasmModuleDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where plug-ins are kept, and what they may do. */
public final class WasmPluginSettings {

  /** In bytes. */
  public static final long DEFAULT_MAX_SIZE = 16L << 20;

  public static final int DEFAULT_HISTORY = 10;

  public static final Duration DEFAULT_SETTLE_TIME = Duration.ofMillis(500);

  public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(10);

  private static final int LONGEST_HISTORY = 1000;

  private static final Duration LONGEST_TIME = Duration.ofDays(1);

  private final Path directory;
  private final long maxSize;
  private final int history;
  private final @Nullable Path watch;
  private final Duration settleTime;
  private final Duration pollInterval;
  private final UnaryOperator<WasmModuleDescriptor> modules;

  private WasmPluginSettings(Builder builder) {
    this.directory = builder.directory;
    this.maxSize = builder.maxSize;
    this.history = builder.history;
    this.watch = builder.watch;
    this.settleTime = builder.settleTime;
    this.pollInterval = builder.pollInterval;
    this.modules = builder.modules;
  }

  /**
   * @param directory that plug-ins are kept in; one process uses it at a time, and nobody else may
   *     write to it. Made for its owner alone if there is none
   */
  public static Builder in(Path directory) {
    return new Builder(directory);
  }

  public Path directory() {
    return this.directory;
  }

  /** The most bytes that a plug-in may have. */
  public long maxSize() {
    return this.maxSize;
  }

  /** How many revisions of each plug-in are kept, and how many that were refused are told of. */
  public int history() {
    return this.history;
  }

  /** The directory whose files are plug-ins, {@code null} if there is none. */
  public @Nullable Path watch() {
    return this.watch;
  }

  /** How long a file in that directory has to stay as it is before it is read. */
  public Duration settleTime() {
    return this.settleTime;
  }

  /** How often that directory is looked through if nothing tells of changes. */
  public Duration pollInterval() {
    return this.pollInterval;
  }

  /** Has the last word about the module of each plug-in. */
  public UnaryOperator<WasmModuleDescriptor> modules() {
    return this.modules;
  }

  /** Collects settings. */
  public static final class Builder {

    private final Path directory;
    private long maxSize = DEFAULT_MAX_SIZE;
    private int history = DEFAULT_HISTORY;
    private @Nullable Path watch;
    private Duration settleTime = DEFAULT_SETTLE_TIME;
    private Duration pollInterval = DEFAULT_POLL_INTERVAL;
    private UnaryOperator<WasmModuleDescriptor> modules = UnaryOperator.identity();

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** The most bytes that a plug-in may have. */
    public Builder maxSize(long bytes) {
      this.maxSize = bytes;
      return this;
    }

    /**
     * How many revisions of each plug-in are kept, the one that runs included, and how many that
     * were refused are told of.
     */
    public Builder history(int revisions) {
      this.history = revisions;
      return this;
    }

    /**
     * Installs what appears in a directory as {@code <id>.wasm} or {@code <id>-<version>.wasm}, and
     * disables what disappears.
     */
    public Builder watch(@Nullable Path directory) {
      this.watch = directory;
      return this;
    }

    /** How long a file there has to stay as it is before it is read. */
    public Builder settleTime(Duration time) {
      this.settleTime = time;
      return this;
    }

    /** How often that directory is looked through if nothing tells of changes. */
    public Builder pollInterval(Duration interval) {
      this.pollInterval = interval;
      return this;
    }

    /**
     * Has the last word about the module of each plug-in: its limits, what it may import. Id,
     * version, location, digest and signature stay what they are.
     */
    public Builder modules(UnaryOperator<WasmModuleDescriptor> change) {
      this.modules = change;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmPluginSettings build() {
      require(
          this.maxSize > 0 && this.maxSize < Integer.MAX_VALUE,
          "The size of a plug-in must be positive and below 2 GB, for its bytes are read into one array");
      require(
          this.history >= 1 && this.history <= LONGEST_HISTORY,
          "1 to 1000 revisions of a plug-in are kept");
      requireTime(this.settleTime, "The time that a file has to stay as it is");
      requireTime(this.pollInterval, "The time after which a directory is looked through");
      require(
          this.watch == null || !isWithin(this.watch, this.directory),
          "The directory that is watched can't be within the one that plug-ins are kept in");
      return new WasmPluginSettings(this);
    }

    private static boolean isWithin(Path inner, Path outer) {
      return inner.toAbsolutePath().normalize().startsWith(outer.toAbsolutePath().normalize());
    }

    private static void requireTime(Duration time, String what) {
      require(
          !time.isZero() && !time.isNegative() && time.compareTo(LONGEST_TIME) <= 0,
          what + " must be positive and at most a day");
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }
  }
}
