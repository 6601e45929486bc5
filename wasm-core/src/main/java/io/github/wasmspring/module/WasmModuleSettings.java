package io.github.wasmspring.module;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmPriority;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How a module is run. All limits always apply; {@link #DEFAULTS} are meant to be safe for modules
 * that nobody has looked at.
 *
 * @param executionMode who answers
 * @param engineMode how code is run
 * @param loadPolicy when the module is made ready
 * @param loadPriority which of the modules that are made ready ahead of their first call goes first
 * @param limits what one instance and one call may use
 * @param pool how many instances there are and how they are kept
 * @param retry how often a failed call is tried again before the fallback
 * @param fallback whether Java fallbacks are used when the module fails or is the slower one
 * @param wasi what a module that imports WASI gets of the world outside
 * @param permissions what a module may have of the application
 * @param threads how calls that answer later come to a thread
 * @param splitBigFunctions whether functions that HotSpot would not compile are split before the
 *     engine compiles them
 */
public record WasmModuleSettings(
    WasmExecutionMode executionMode,
    WasmEngineMode engineMode,
    WasmLoadPolicy loadPolicy,
    WasmPriority loadPriority,
    Limits limits,
    Pool pool,
    Retry retry,
    boolean fallback,
    WasiSettings wasi,
    WasmPermissions permissions,
    Threads threads,
    boolean splitBigFunctions) {

  public static final WasmModuleSettings DEFAULTS =
      new WasmModuleSettings(
          WasmExecutionMode.AUTO,
          WasmEngineMode.COMPILED,
          WasmLoadPolicy.LAZY,
          WasmPriority.NORMAL,
          Limits.DEFAULTS,
          Pool.DEFAULTS,
          Retry.NONE,
          true,
          WasiSettings.CLOSED,
          WasmPermissions.NONE,
          Threads.DEFAULTS,
          true);

  public WasmModuleSettings withExecutionMode(WasmExecutionMode mode) {
    return change(draft -> draft.executionMode = mode);
  }

  public WasmModuleSettings withEngineMode(WasmEngineMode mode) {
    return change(draft -> draft.engineMode = mode);
  }

  public WasmModuleSettings withLoadPolicy(WasmLoadPolicy policy) {
    return change(draft -> draft.loadPolicy = policy);
  }

  public WasmModuleSettings withLoadPriority(WasmPriority priority) {
    return change(draft -> draft.loadPriority = priority);
  }

  public WasmModuleSettings withLimits(UnaryOperator<Limits> change) {
    return change(draft -> draft.limits = change.apply(this.limits));
  }

  public WasmModuleSettings withPool(UnaryOperator<Pool> change) {
    return change(draft -> draft.pool = change.apply(this.pool));
  }

  public WasmModuleSettings withRetry(Retry retry) {
    return change(draft -> draft.retry = retry);
  }

  public WasmModuleSettings withFallback(boolean enabled) {
    return change(draft -> draft.fallback = enabled);
  }

  public WasmModuleSettings withWasi(UnaryOperator<WasiSettings> change) {
    return change(draft -> draft.wasi = change.apply(this.wasi));
  }

  public WasmModuleSettings withPermissions(UnaryOperator<WasmPermissions> change) {
    return change(draft -> draft.permissions = change.apply(this.permissions));
  }

  public WasmModuleSettings withThreads(UnaryOperator<Threads> change) {
    return change(draft -> draft.threads = change.apply(this.threads));
  }

  public WasmModuleSettings withSplitBigFunctions(boolean enabled) {
    return change(draft -> draft.splitBigFunctions = enabled);
  }

  private WasmModuleSettings change(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settled();
  }

  /** What is to become other settings. */
  private static final class Draft {
    private WasmExecutionMode executionMode;
    private WasmEngineMode engineMode;
    private WasmLoadPolicy loadPolicy;
    private WasmPriority loadPriority;
    private Limits limits;
    private Pool pool;
    private Retry retry;
    private boolean fallback;
    private WasiSettings wasi;
    private WasmPermissions permissions;
    private Threads threads;
    private boolean splitBigFunctions;

    Draft(WasmModuleSettings from) {
      this.executionMode = from.executionMode;
      this.engineMode = from.engineMode;
      this.loadPolicy = from.loadPolicy;
      this.loadPriority = from.loadPriority;
      this.limits = from.limits;
      this.pool = from.pool;
      this.retry = from.retry;
      this.fallback = from.fallback;
      this.wasi = from.wasi;
      this.permissions = from.permissions;
      this.threads = from.threads;
      this.splitBigFunctions = from.splitBigFunctions;
    }

    WasmModuleSettings settled() {
      return new WasmModuleSettings(
          this.executionMode,
          this.engineMode,
          this.loadPolicy,
          this.loadPriority,
          this.limits,
          this.pool,
          this.retry,
          this.fallback,
          this.wasi,
          this.permissions,
          this.threads,
          this.splitBigFunctions);
    }
  }

  /**
   * What one instance and one call may use.
   *
   * @param memory the most bytes that the linear memory of an instance may grow to, up to 2 GB
   * @param timeout how long the guest may run for one call
   * @param payload the most bytes that the arguments of one call may have together
   * @param output the most bytes that the result of one call may have
   * @param jsonTokens the most names, values and brackets that a result may have if it is JSON
   * @param tableElements the most elements that the tables of an instance may have together
   * @param functions the most functions that the module may define
   * @param compileTimeout how long to wait until the module is parsed and compiled
   * @param memoryAlerts what happens when the memory of an instance comes near to its limit
   * @param guestThreads the most threads that the guest of an instance may have at a time besides
   *     the caller's, 0 for none
   * @param stack the bytes of stack that calls run on, on a thread of the instance's own; 0 to run
   *     them on the thread of the caller, with what that has
   */
  public record Limits(
      long memory,
      Duration timeout,
      long payload,
      long output,
      long jsonTokens,
      long tableElements,
      long functions,
      Duration compileTimeout,
      List<WasmMemoryAlert> memoryAlerts,
      int guestThreads,
      long stack) {

    /** With less, the JVM can't even report that there is no more. */
    private static final long LEAST_STACK = 256 << 10;

    private static final long MOST_STACK = 1 << 30;

    private static final long MOST_MEMORY = 2L << 30;

    public static final Limits DEFAULTS =
        new Limits(
            256L << 20,
            Duration.ofSeconds(5),
            64L << 20,
            128L << 20,
            1_000_000,
            100_000,
            100_000,
            Duration.ofMinutes(1),
            List.of(),
            0,
            0);

    public Limits {
      bytes(memory, "memory limit");
      bytes(payload, "payload limit");
      bytes(output, "output limit");
      positive(jsonTokens, "limit of JSON tokens");
      positive(tableElements, "limit of table elements");
      positive(functions, "limit of functions");
      positiveTime(timeout, "timeout");
      positiveTime(compileTimeout, "compile timeout");
      memoryAlerts = List.copyOf(memoryAlerts);
      if (guestThreads < 0) {
        throw new IllegalArgumentException("The limit of threads must not be negative");
      }
      if (stack != 0 && (stack < LEAST_STACK || stack > MOST_STACK)) {
        throw new IllegalArgumentException(
            "The stack must have %d to %d bytes, not %d; 0 is that of the caller"
                .formatted(LEAST_STACK, MOST_STACK, stack));
      }
    }

    /** Here and not around: whoever uses the limits first must not need the settings for it. */
    private static void positive(long value, String name) {
      if (value <= 0) {
        throw new IllegalArgumentException("The " + name + " must be positive, not " + value);
      }
    }

    private static void bytes(long value, String name) {
      positive(value, name);
      if (value > MOST_MEMORY) {
        throw new IllegalArgumentException(
            "The %s must be at most 2 GB (%d bytes), for no memory has more; not %d"
                .formatted(name, MOST_MEMORY, value));
      }
    }

    private static void positiveTime(Duration time, String name) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException("The " + name + " must be positive, not " + time);
      }
      LongestTime.check(time);
    }

    public Limits withMemory(long bytes) {
      return change(draft -> draft.memory = bytes);
    }

    public Limits withTimeout(Duration timeout) {
      return change(draft -> draft.timeout = timeout);
    }

    public Limits withPayload(long bytes) {
      return change(draft -> draft.payload = bytes);
    }

    public Limits withOutput(long bytes) {
      return change(draft -> draft.output = bytes);
    }

    public Limits withJsonTokens(long tokens) {
      return change(draft -> draft.jsonTokens = tokens);
    }

    public Limits withTableElements(long elements) {
      return change(draft -> draft.tableElements = elements);
    }

    public Limits withFunctions(long functions) {
      return change(draft -> draft.functions = functions);
    }

    public Limits withCompileTimeout(Duration timeout) {
      return change(draft -> draft.compileTimeout = timeout);
    }

    public Limits withMemoryAlerts(List<WasmMemoryAlert> alerts) {
      return change(draft -> draft.memoryAlerts = alerts);
    }

    public Limits withGuestThreads(int guestThreads) {
      return change(draft -> draft.guestThreads = guestThreads);
    }

    public Limits withStack(long bytes) {
      return change(draft -> draft.stack = bytes);
    }

    private Limits change(Consumer<Draft> change) {
      Draft draft = new Draft(this);
      change.accept(draft);
      return draft.settled();
    }

    /** What is to become other limits. */
    private static final class Draft {
      private long memory;
      private Duration timeout;
      private long payload;
      private long output;
      private long jsonTokens;
      private long tableElements;
      private long functions;
      private Duration compileTimeout;
      private List<WasmMemoryAlert> memoryAlerts;
      private int guestThreads;
      private long stack;

      Draft(Limits from) {
        this.memory = from.memory;
        this.timeout = from.timeout;
        this.payload = from.payload;
        this.output = from.output;
        this.jsonTokens = from.jsonTokens;
        this.tableElements = from.tableElements;
        this.functions = from.functions;
        this.compileTimeout = from.compileTimeout;
        this.memoryAlerts = from.memoryAlerts;
        this.guestThreads = from.guestThreads;
        this.stack = from.stack;
      }

      Limits settled() {
        return new Limits(
            this.memory,
            this.timeout,
            this.payload,
            this.output,
            this.jsonTokens,
            this.tableElements,
            this.functions,
            this.compileTimeout,
            this.memoryAlerts,
            this.guestThreads,
            this.stack);
      }
    }
  }

  /**
   * How many instances there are and how they are kept.
   *
   * @param min how many are kept even when idle; this many are made when the module is loaded
   * @param max how many there are at most; the next caller waits
   * @param idleTime how long an instance above {@code min} may be idle before it is thrown away
   * @param borrowTimeout how long a caller waits for an instance before it is rejected
   * @param recycleAfter after how many borrowers an instance is thrown away, 0 for never
   * @param recycleAbove by how many bytes the memory of an instance may have grown, and stay grown,
   *     before it is thrown away when it is given back
   * @param prepared how many idle instances are kept ready for the next borrowers, as far as there
   *     is room; they are made in the background
   * @param maxSessionTime how long a session may be open before its instance is taken away, zero
   *     for as long as it likes
   * @param traceSessions whether sessions remember who opened them, for the warning about one that
   *     was never closed; costs a stack trace each
   * @param reset what happens to the state of an instance between two borrowers
   */
  public record Pool(
      int min,
      int max,
      Duration idleTime,
      Duration borrowTimeout,
      long recycleAfter,
      long recycleAbove,
      int prepared,
      Duration maxSessionTime,
      boolean traceSessions,
      WasmResetPolicy reset) {

    public static final Pool DEFAULTS =
        new Pool(
            0,
            Math.max(4, 2 * Runtime.getRuntime().availableProcessors()),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            0,
            16L << 20,
            0,
            Duration.ZERO,
            false,
            WasmResetPolicy.MEMORY);

    public Pool {
      if (max < 1 || min < 0 || min > max) {
        throw new IllegalArgumentException(
            "A pool needs 0 <= min <= max and max >= 1, not min %d and max %d".formatted(min, max));
      }
      if (idleTime.isNegative()
          || borrowTimeout.isNegative()
          || maxSessionTime.isNegative()
          || recycleAfter < 0
          || recycleAbove < 0
          || prepared < 0) {
        throw new IllegalArgumentException(
            "The times, counts and sizes of a pool must not be negative");
      }
      LongestTime.check(idleTime);
      LongestTime.check(borrowTimeout);
    }

    public Pool withSize(int min, int max) {
      return change(
          draft -> {
            draft.min = min;
            draft.max = max;
          });
    }

    public Pool withIdleTime(Duration time) {
      return change(draft -> draft.idleTime = time);
    }

    public Pool withBorrowTimeout(Duration timeout) {
      return change(draft -> draft.borrowTimeout = timeout);
    }

    public Pool withRecycleAfter(long borrowers) {
      return change(draft -> draft.recycleAfter = borrowers);
    }

    public Pool withRecycleAbove(long bytes) {
      return change(draft -> draft.recycleAbove = bytes);
    }

    public Pool withPrepared(int instances) {
      return change(draft -> draft.prepared = instances);
    }

    public Pool withMaxSessionTime(Duration time) {
      return change(draft -> draft.maxSessionTime = time);
    }

    public Pool withTraceSessions(boolean trace) {
      return change(draft -> draft.traceSessions = trace);
    }

    public Pool withReset(WasmResetPolicy policy) {
      return change(draft -> draft.reset = policy);
    }

    private Pool change(Consumer<Draft> change) {
      Draft draft = new Draft(this);
      change.accept(draft);
      return draft.settled();
    }

    /** What is to become other settings of a pool. */
    private static final class Draft {
      private int min;
      private int max;
      private Duration idleTime;
      private Duration borrowTimeout;
      private long recycleAfter;
      private long recycleAbove;
      private int prepared;
      private Duration maxSessionTime;
      private boolean traceSessions;
      private WasmResetPolicy reset;

      Draft(Pool from) {
        this.min = from.min;
        this.max = from.max;
        this.idleTime = from.idleTime;
        this.borrowTimeout = from.borrowTimeout;
        this.recycleAfter = from.recycleAfter;
        this.recycleAbove = from.recycleAbove;
        this.prepared = from.prepared;
        this.maxSessionTime = from.maxSessionTime;
        this.traceSessions = from.traceSessions;
        this.reset = from.reset;
      }

      Pool settled() {
        return new Pool(
            this.min,
            this.max,
            this.idleTime,
            this.borrowTimeout,
            this.recycleAfter,
            this.recycleAbove,
            this.prepared,
            this.maxSessionTime,
            this.traceSessions,
            this.reset);
      }
    }
  }

  /**
   * How often a call that failed for a passing reason is tried again.
   *
   * @param maxAttempts all attempts together; 1 for no retry
   * @param delay between two attempts
   */
  public record Retry(int maxAttempts, Duration delay) {

    public static final Retry NONE = new Retry(1, Duration.ZERO);

    public Retry {
      if (maxAttempts < 1 || delay.isNegative()) {
        throw new IllegalArgumentException(
            "A retry needs at least one attempt and a delay that is not negative");
      }
      LongestTime.check(delay);
    }
  }

  /**
   * How calls that answer later come to a thread.
   *
   * @param max how many of them run at the same time at most, 0 for three quarters of all threads
   * @param priority of a call that says nothing else
   */
  public record Threads(int max, WasmPriority priority) {

    public static final Threads DEFAULTS = new Threads(0, WasmPriority.NORMAL);

    public Threads {
      if (max < 0) {
        throw new IllegalArgumentException(
            "The number of threads of a module must not be negative, but it is " + max);
      }
    }

    public Threads withMax(int max) {
      return new Threads(max, this.priority);
    }

    public Threads withPriority(WasmPriority priority) {
      return new Threads(this.max, priority);
    }
  }
}
