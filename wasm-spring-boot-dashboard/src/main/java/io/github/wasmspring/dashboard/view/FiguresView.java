package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.WasmErrorCategory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changes from second to second.
 *
 * @param modules by key
 * @param errors failures since the start, those included that Java answered in place of
 * @param clients who looks
 */
public record FiguresView(
    long at,
    CallFigures total,
    Map<String, ModuleFigures> modules,
    Map<WasmErrorCategory, Long> errors,
    Budget memory,
    Cache cache,
    Tasks tasks,
    Compilations compilations,
    Jvm jvm,
    Clients clients) {

  /** Of one version of a module; the errors are those of all its versions. */
  public record ModuleFigures(
      CallFigures calls, Map<WasmErrorCategory, Long> errors, Pool pool, Memory memory) {}

  public record Pool(
      int max,
      int inUse,
      int idle,
      int waiting,
      long created,
      long discarded,
      long rejected,
      int guestThreads) {}

  /**
   * The linear memory of the instances of a module.
   *
   * @param limitBytes of one instance
   * @param highWaterBytes the most that one instance ever had
   */
  public record Memory(long committedBytes, long usedBytes, long limitBytes, long highWaterBytes) {}

  /** The memory budget of all. */
  public record Budget(long budgetBytes, long usedBytes, Map<String, Long> byModule) {}

  /** The cache of compiled modules. */
  public record Cache(
      long entries, long bytes, long hits, long misses, long evictions, @Nullable Disk disk) {}

  public record Disk(
      long entries,
      long bytes,
      long maxBytes,
      long hits,
      long misses,
      long failures,
      @Nullable String problem) {}

  /** Calls that answer later. */
  public record Tasks(int running, int queued, long rejected, long cancelled, List<Task> list) {}

  public record Task(
      long id,
      String module,
      String version,
      String operation,
      String priority,
      String state,
      long submittedAt,
      long waitedNanos,
      long ranNanos) {}

  /** Modules that are compiled while an interpreter answers, or wait for it. */
  public record Compilations(int queued, int running, List<Compilation> list) {}

  public record Compilation(String module, String version, String state, String reason) {}

  public record Jvm(long heapUsedBytes, long heapMaxBytes, int threads) {}

  public record Clients(int open, int max) {}
}
