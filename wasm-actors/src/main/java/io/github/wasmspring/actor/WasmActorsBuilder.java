package io.github.wasmspring.actor;

import io.github.wasmspring.client.WasmModuleManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a system of actors is to be. All has a default. */
public final class WasmActorsBuilder {

  final WasmModuleManager manager;
  final List<WasmActorType> types = new ArrayList<>();
  String name = "wasm";
  int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  int maxActors = 1_000_000;
  int maxLive = 1000;
  long maxMemory;
  Duration hibernateAfter = Duration.ofSeconds(30);
  @Nullable Path hibernateDirectory;
  Duration askTimeout = Duration.ofSeconds(5);
  Duration stopTimeout = Duration.ofSeconds(10);
  int deadLetters = 100;

  WasmActorsBuilder(WasmModuleManager manager) {
    this.manager = manager;
  }

  /** The name of the system, in the names of its threads; {@code wasm} by default. */
  public WasmActorsBuilder name(String name) {
    this.name = name;
    return this;
  }

  public WasmActorsBuilder type(WasmActorType type) {
    this.types.add(type);
    return this;
  }

  /** How many messages are dealt with at a time; twice the processors by default, at least 4. */
  public WasmActorsBuilder threads(int threads) {
    this.threads = atLeast("threads", threads, 1);
    return this;
  }

  /** How many actors there may be; 1,000,000 by default. */
  public WasmActorsBuilder maxActors(int actors) {
    this.maxActors = atLeast("maxActors", actors, 1);
    return this;
  }

  /**
   * How many actors may have an instance of their module at a time; all others hibernate. 1,000 by
   * default.
   */
  public WasmActorsBuilder maxLive(int instances) {
    this.maxLive = atLeast("maxLive", instances, 1);
    return this;
  }

  /** After which time without a message an actor's instance is put away; 30 seconds by default. */
  public WasmActorsBuilder hibernateAfter(Duration idle) {
    this.hibernateAfter = positive("hibernateAfter", idle);
    return this;
  }

  /**
   * The bytes of memory that the instances of actors may have together before others hibernate;
   * half of the budget of the whole application by default.
   */
  public WasmActorsBuilder maxMemory(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("The memory of actors must be positive, not " + bytes);
    }
    this.maxMemory = bytes;
    return this;
  }

  /**
   * Keeps what hibernates in a file of this directory instead of the heap, until the system is
   * closed.
   *
   * @param directory {@code null} for the heap, as is the default
   */
  public WasmActorsBuilder hibernateDirectory(@Nullable Path directory) {
    this.hibernateDirectory = directory;
    return this;
  }

  /** How long who asks waits, if nothing else is said; 5 seconds by default. */
  public WasmActorsBuilder askTimeout(Duration timeout) {
    this.askTimeout = positive("askTimeout", timeout);
    return this;
  }

  /**
   * How long {@link WasmActors#close} waits for messages to be dealt with; 10 seconds by default.
   */
  public WasmActorsBuilder stopTimeout(Duration timeout) {
    this.stopTimeout = positive("stopTimeout", timeout);
    return this;
  }

  /** How many dead letters are kept to be looked at; 100 by default. */
  public WasmActorsBuilder deadLetters(int kept) {
    this.deadLetters = atLeast("deadLetters", kept, 0);
    return this;
  }

  private static int atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s of a system of actors must be %d or more, not %d".formatted(what, least, value));
    }
    return value;
  }

  private static Duration positive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          "%s of a system of actors must be positive, not %s".formatted(what, value));
    }
    return value;
  }

  /**
   * @throws IllegalStateException if two types have one name
   */
  public WasmActors build() {
    return DefaultWasmActors.start(this);
  }
}
