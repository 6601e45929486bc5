package io.github.wasmspring.module;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmPriority;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
 * @param retry whether and when a failed call is tried again before the fallback
 * @param quarantine when an operation that fails again and again is not called any more
 * @param fallback whether Java fallbacks are used when the module fails or is the slower one
 * @param wasi what a module that imports WASI gets of the world outside
 * @param permissions what a module may have of the application
 * @param threads how calls that answer later come to a thread
 * @param splitBigFunctions whether functions that HotSpot would not compile are split before the
 *     engine compiles them
 * @param checkInterval how often it is looked whether the module has changed where it is, to load
 *     it again then; zero for never
 * @param watch whether a file is loaded again as soon as it has changed
 * @param rollout how other code takes the place of the module while calls of it run
 * @param debug what is logged of each call
 */
public record WasmModuleSettings(
    WasmExecutionMode executionMode,
    WasmEngineMode engineMode,
    WasmLoadPolicy loadPolicy,
    WasmPriority loadPriority,
    Limits limits,
    Pool pool,
    Retry retry,
    Quarantine quarantine,
    boolean fallback,
    WasiSettings wasi,
    WasmPermissions permissions,
    Threads threads,
    boolean splitBigFunctions,
    Duration checkInterval,
    boolean watch,
    WasmRolloutSettings rollout,
    WasmDebugMode debug) {

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  public WasmModuleSettings {
    if (!checkInterval.isZero() && checkInterval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "It can be looked once a second at most whether a module has changed, not every "
              + checkInterval);
    }
    LongestTime.check(checkInterval);
  }

  public static final WasmModuleSettings DEFAULTS = new Builder().build();

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmModuleSettings with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private WasmExecutionMode executionMode = WasmExecutionMode.AUTO;
    private WasmEngineMode engineMode = WasmEngineMode.COMPILED;
    private WasmLoadPolicy loadPolicy = WasmLoadPolicy.LAZY;
    private WasmPriority loadPriority = WasmPriority.NORMAL;
    private final Limits.Builder limits;
    private final Pool.Builder pool;
    private int maxAttempts = Retry.NONE.maxAttempts;
    private Duration retryDelay = Retry.NONE.delay;
    private double retryMultiplier = Retry.NONE.multiplier;
    private Duration retryMaxDelay = Retry.NONE.maxDelay;
    private Duration retryJitter = Retry.NONE.jitter;
    private Duration retryMaxTime = Retry.NONE.maxTime;
    private Set<WasmErrorCategory> retryCategories = Retry.NONE.categories;
    private @Nullable String retryPolicy;
    private int quarantineFailures = 10;
    private Duration quarantineTime = Duration.ofSeconds(10);
    private Duration quarantineMaxTime = Duration.ofMinutes(1);
    private @Nullable String circuitBreaker;
    private boolean fallback = true;
    private final WasiSettings.Builder wasi;
    private List<String> imports = List.of();
    private List<String> publish = List.of();
    private int maxThreads;
    private WasmPriority priority = WasmPriority.NORMAL;
    private boolean splitBigFunctions = true;
    private Duration checkInterval = Duration.ZERO;
    private boolean watch;
    private final WasmRolloutSettings.Builder rollout;
    private WasmDebugMode debug = WasmDebugMode.OFF;

    private Builder() {
      this.rollout = WasmRolloutSettings.DEFAULTS.toBuilder();
      this.limits = new Limits.Builder();
      this.pool = new Pool.Builder();
      this.wasi = WasiSettings.CLOSED.toBuilder();
    }

    private Builder(WasmModuleSettings from) {
      this.executionMode = from.executionMode;
      this.engineMode = from.engineMode;
      this.loadPolicy = from.loadPolicy;
      this.loadPriority = from.loadPriority;
      this.limits = from.limits.toBuilder();
      this.pool = from.pool.toBuilder();
      this.maxAttempts = from.retry.maxAttempts;
      this.retryDelay = from.retry.delay;
      this.retryMultiplier = from.retry.multiplier;
      this.retryMaxDelay = from.retry.maxDelay;
      this.retryJitter = from.retry.jitter;
      this.retryMaxTime = from.retry.maxTime;
      this.retryCategories = from.retry.categories;
      this.retryPolicy = from.retry.policy;
      this.quarantineFailures = from.quarantine.failures();
      this.quarantineTime = from.quarantine.time();
      this.quarantineMaxTime = from.quarantine.maxTime();
      this.circuitBreaker = from.quarantine.circuitBreaker();
      this.fallback = from.fallback;
      this.wasi = from.wasi.toBuilder();
      this.imports = from.permissions.imports();
      this.publish = from.permissions.publish();
      this.maxThreads = from.threads.max;
      this.priority = from.threads.priority;
      this.splitBigFunctions = from.splitBigFunctions;
      this.checkInterval = from.checkInterval;
      this.watch = from.watch;
      this.rollout = from.rollout.toBuilder();
      this.debug = from.debug;
    }

    public Builder executionMode(WasmExecutionMode mode) {
      this.executionMode = mode;
      return this;
    }

    public Builder engineMode(WasmEngineMode mode) {
      this.engineMode = mode;
      return this;
    }

    public Builder loadPolicy(WasmLoadPolicy policy) {
      this.loadPolicy = policy;
      return this;
    }

    public Builder loadPriority(WasmPriority priority) {
      this.loadPriority = priority;
      return this;
    }

    public Builder limits(Consumer<Limits.Builder> change) {
      change.accept(this.limits);
      return this;
    }

    public Builder pool(Consumer<Pool.Builder> change) {
      change.accept(this.pool);
      return this;
    }

    /** How often a call is tried if it fails for a reason that may pass, 1 for no retry. */
    public Builder maxAttempts(int attempts) {
      this.maxAttempts = attempts;
      return this;
    }

    /** The time before the second attempt. */
    public Builder retryDelay(Duration delay) {
      this.retryDelay = delay;
      return this;
    }

    /** By how much each further delay is longer than the one before, 1 for as long. */
    public Builder retryMultiplier(double multiplier) {
      this.retryMultiplier = multiplier;
      return this;
    }

    /** The longest time between two attempts. */
    public Builder retryMaxDelay(Duration delay) {
      this.retryMaxDelay = delay;
      return this;
    }

    /** By how much the time between two attempts is longer or shorter by chance. */
    public Builder retryJitter(Duration jitter) {
      this.retryJitter = jitter;
      return this;
    }

    /** How long all attempts and what is between them may take together. */
    public Builder retryMaxTime(Duration time) {
      this.retryMaxTime = time;
      return this;
    }

    /** Which failures are tried again. */
    public Builder retryCategories(Set<WasmErrorCategory> categories) {
      this.retryCategories = categories;
      return this;
    }

    /**
     * What decides about further attempts.
     *
     * @param name of a policy of the application's, {@code null} for what these settings say
     */
    public Builder retryPolicy(@Nullable String name) {
      this.retryPolicy = name;
      return this;
    }

    /** After how many failures in a row an operation is not called any more, 0 for never. */
    public Builder quarantineFailures(int failures) {
      this.quarantineFailures = failures;
      return this;
    }

    /** How long it is not called at first; doubled each time that the next call fails. */
    public Builder quarantineTime(Duration time) {
      this.quarantineTime = time;
      return this;
    }

    /** How long it is not called at most. */
    public Builder quarantineMaxTime(Duration time) {
      this.quarantineMaxTime = time;
      return this;
    }

    /**
     * What decides in place of the quarantine.
     *
     * @param name of a circuit breaker of the application's, {@code null} for none
     */
    public Builder circuitBreaker(@Nullable String name) {
      this.circuitBreaker = name;
      return this;
    }

    public Builder fallback(boolean enabled) {
      this.fallback = enabled;
      return this;
    }

    public Builder wasi(Consumer<WasiSettings.Builder> change) {
      change.accept(this.wasi);
      return this;
    }

    /** What the module may import of the host functions that the application offers. */
    public Builder imports(List<String> names) {
      this.imports = names;
      return this;
    }

    /** Patterns of the topics to which the guest may publish messages. */
    public Builder publish(List<String> topics) {
      this.publish = topics;
      return this;
    }

    /** How many calls that answer later run at the same time, 0 for three quarters of all. */
    public Builder maxThreads(int max) {
      this.maxThreads = max;
      return this;
    }

    /** The priority of a call that answers later and says nothing else. */
    public Builder priority(WasmPriority priority) {
      this.priority = priority;
      return this;
    }

    public Builder splitBigFunctions(boolean enabled) {
      this.splitBigFunctions = enabled;
      return this;
    }

    /** How often it is looked whether the module has changed where it is, zero for never. */
    public Builder checkInterval(Duration interval) {
      this.checkInterval = interval;
      return this;
    }

    /** Whether a file is loaded again as soon as it has changed. */
    public Builder watch(boolean enabled) {
      this.watch = enabled;
      return this;
    }

    /** How other code takes the place of the module while calls of it run. */
    public Builder rollout(Consumer<WasmRolloutSettings.Builder> change) {
      change.accept(this.rollout);
      return this;
    }

    /** What is logged of each call. */
    public Builder debug(WasmDebugMode mode) {
      this.debug = mode;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmModuleSettings build() {
      return new WasmModuleSettings(
          this.executionMode,
          this.engineMode,
          this.loadPolicy,
          this.loadPriority,
          this.limits.build(),
          this.pool.build(),
          new Retry(
              this.maxAttempts,
              this.retryDelay,
              this.retryMultiplier,
              this.retryMaxDelay,
              this.retryJitter,
              this.retryMaxTime,
              this.retryCategories,
              this.retryPolicy),
          new Quarantine(
              this.quarantineFailures,
              this.quarantineTime,
              this.quarantineMaxTime,
              this.circuitBreaker),
          this.fallback,
          this.wasi.build(),
          new WasmPermissions(this.imports, this.publish),
          new Threads(this.maxThreads, this.priority),
          this.splitBigFunctions,
          this.checkInterval,
          this.watch,
          this.rollout.build(),
          this.debug);
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

    public static final Limits DEFAULTS = new Builder().build();

    /**
     * These limits, but for what is changed.
     *
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public Limits with(Consumer<Builder> change) {
      Builder builder = toBuilder();
      change.accept(builder);
      return builder.build();
    }

    /** A builder that starts with these limits. */
    public Builder toBuilder() {
      return new Builder(this);
    }

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

    /** Collects limits. What can never be is refused when they are built. */
    public static final class Builder {

      private long memory = 256L << 20;
      private Duration timeout = Duration.ofSeconds(5);
      private long payload = 64L << 20;
      private long output = 128L << 20;
      private long jsonTokens = 1_000_000;
      private long tableElements = 100_000;
      private long functions = 100_000;
      private Duration compileTimeout = Duration.ofMinutes(1);
      private List<WasmMemoryAlert> memoryAlerts = List.of();
      private int guestThreads;
      private long stack;

      private Builder() {}

      private Builder(Limits from) {
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

      public Builder memory(long bytes) {
        this.memory = bytes;
        return this;
      }

      public Builder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
      }

      public Builder payload(long bytes) {
        this.payload = bytes;
        return this;
      }

      public Builder output(long bytes) {
        this.output = bytes;
        return this;
      }

      public Builder jsonTokens(long tokens) {
        this.jsonTokens = tokens;
        return this;
      }

      public Builder tableElements(long elements) {
        this.tableElements = elements;
        return this;
      }

      public Builder functions(long functions) {
        this.functions = functions;
        return this;
      }

      public Builder compileTimeout(Duration timeout) {
        this.compileTimeout = timeout;
        return this;
      }

      public Builder memoryAlerts(List<WasmMemoryAlert> alerts) {
        this.memoryAlerts = alerts;
        return this;
      }

      public Builder guestThreads(int threads) {
        this.guestThreads = threads;
        return this;
      }

      public Builder stack(long bytes) {
        this.stack = bytes;
        return this;
      }

      /**
       * @throws IllegalArgumentException if a value can never be; the message says which
       */
      public Limits build() {
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
   * @param prepare an exported function without parameters that is called once, before any instance
   *     is used, and with what it leaves all of them begin; {@code null} for none
   * @param prepareTimeout how long it may take, with what {@link WasmModuleDescriptor#preparation}
   *     does
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
      WasmResetPolicy reset,
      @Nullable String prepare,
      Duration prepareTimeout) {

    public static final Pool DEFAULTS = new Builder().build();

    /**
     * These settings, but for what is changed.
     *
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public Pool with(Consumer<Builder> change) {
      Builder builder = toBuilder();
      change.accept(builder);
      return builder.build();
    }

    /** A builder that starts with these settings. */
    public Builder toBuilder() {
      return new Builder(this);
    }

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
      if (prepareTimeout.isZero() || prepareTimeout.isNegative()) {
        throw new IllegalArgumentException(
            "The time to prepare an instance must be positive, not " + prepareTimeout);
      }
      if (prepare != null && prepare.isBlank()) {
        throw new IllegalArgumentException(
            "The function that prepares instances must have a name, or be left out");
      }
      LongestTime.check(idleTime);
      LongestTime.check(borrowTimeout);
      LongestTime.check(prepareTimeout);
    }

    /** Collects settings of a pool. What can never be is refused when they are built. */
    public static final class Builder {

      private int min;
      private int max = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
      private Duration idleTime = Duration.ofMinutes(5);
      private Duration borrowTimeout = Duration.ofSeconds(5);
      private long recycleAfter;
      private long recycleAbove = 16L << 20;
      private int prepared;
      private Duration maxSessionTime = Duration.ZERO;
      private boolean traceSessions;
      private WasmResetPolicy reset = WasmResetPolicy.MEMORY;
      private @Nullable String prepare;
      private Duration prepareTimeout = Duration.ofMinutes(1);

      private Builder() {}

      private Builder(Pool from) {
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
        this.prepare = from.prepare;
        this.prepareTimeout = from.prepareTimeout;
      }

      public Builder min(int instances) {
        this.min = instances;
        return this;
      }

      public Builder max(int instances) {
        this.max = instances;
        return this;
      }

      public Builder idleTime(Duration time) {
        this.idleTime = time;
        return this;
      }

      public Builder borrowTimeout(Duration timeout) {
        this.borrowTimeout = timeout;
        return this;
      }

      public Builder recycleAfter(long borrowers) {
        this.recycleAfter = borrowers;
        return this;
      }

      public Builder recycleAbove(long bytes) {
        this.recycleAbove = bytes;
        return this;
      }

      public Builder prepared(int instances) {
        this.prepared = instances;
        return this;
      }

      public Builder maxSessionTime(Duration time) {
        this.maxSessionTime = time;
        return this;
      }

      public Builder traceSessions(boolean trace) {
        this.traceSessions = trace;
        return this;
      }

      public Builder reset(WasmResetPolicy policy) {
        this.reset = policy;
        return this;
      }

      /**
       * Calls a function once, and lets all instances begin with what it leaves.
       *
       * @param export its name, {@code null} for none
       */
      public Builder prepare(@Nullable String export) {
        this.prepare = export;
        return this;
      }

      /** How long preparing may take. */
      public Builder prepareTimeout(Duration timeout) {
        this.prepareTimeout = timeout;
        return this;
      }

      /**
       * @throws IllegalArgumentException if a value can never be; the message says which
       */
      public Pool build() {
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
            this.reset,
            this.prepare,
            this.prepareTimeout);
      }
    }
  }

  /**
   * Whether and when a failed call is tried again.
   *
   * @param maxAttempts all attempts together; 1 for no retry
   * @param delay before the second attempt
   * @param multiplier by how much each further delay is longer than the one before, 1 for as long
   * @param maxDelay the longest delay, unless {@code delay} is longer
   * @param jitter by how much a delay is longer or shorter by chance, multiplied as the delay is,
   *     but never shorter than {@code delay}
   * @param maxTime how long all attempts and delays may take together, unless {@code
   *     limits.timeout} is longer; none begins later, and one that runs is stopped then
   * @param categories of failures that are tried again
   * @param policy the name of what decides in place of all of these but {@code maxTime}, {@code
   *     null} for nothing; see {@link io.github.wasmspring.fallback.WasmRetryPolicy}
   */
  public record Retry(
      int maxAttempts,
      Duration delay,
      double multiplier,
      Duration maxDelay,
      Duration jitter,
      Duration maxTime,
      Set<WasmErrorCategory> categories,
      @Nullable String policy) {

    /** What may pass, but for time-outs: who waited for one does not want to wait again. */
    private static final Set<WasmErrorCategory> TRANSIENT =
        Arrays.stream(WasmErrorCategory.values())
            .filter(each -> each.passing() && each != WasmErrorCategory.TIMEOUT)
            .collect(Collectors.toUnmodifiableSet());

    /** No retry. */
    public static final Retry NONE = new Retry(1, Duration.ofMillis(100));

    public Retry {
      if (maxAttempts < 1 || delay.isNegative()) {
        throw new IllegalArgumentException(
            "A retry needs at least one attempt and a delay that is not negative");
      }
      if (!(multiplier >= 1 && multiplier <= 1000)) {
        throw new IllegalArgumentException(
            "The multiplier of the delay before a retry must be between 1 and 1000, not "
                + multiplier);
      }
      if (jitter.isNegative() || maxDelay.isNegative()) {
        throw new IllegalArgumentException(
            "Neither jitter nor longest delay before a retry can be negative");
      }
      if (maxTime.isZero() || maxTime.isNegative()) {
        throw new IllegalArgumentException(
            "The time for all attempts must be positive, not " + maxTime);
      }
      categories = Set.copyOf(categories);
      categories.forEach(Retry::check);
      LongestTime.check(delay);
      LongestTime.check(maxDelay);
      LongestTime.check(jitter);
      LongestTime.check(maxTime);
    }

    /** With twice the delay each time, up to 5 seconds, for what may pass but for time-outs. */
    public Retry(int maxAttempts, Duration delay) {
      this(
          maxAttempts,
          delay,
          2,
          Duration.ofSeconds(5),
          Duration.ZERO,
          Duration.ofSeconds(30),
          TRANSIENT,
          null);
    }

    private static void check(WasmErrorCategory category) {
      if (category.callersOwn()) {
        throw new IllegalArgumentException(
            "%s is the caller's own business and not tried again".formatted(category));
      }
    }

    /** Whether there may be a second attempt. */
    public boolean isOn() {
      return this.maxAttempts > 1 || this.policy != null;
    }
  }

  /**
   * When an operation that fails again and again is not called any more, so that nobody waits for
   * it in vain.
   *
   * @param failures after how many of them in a row, 0 for never
   * @param time how long it is not called at first; then one call is let through, and the time is
   *     doubled if that fails as well
   * @param maxTime the longest time between two calls that are let through, unless {@code time} is
   *     longer
   * @param circuitBreaker the name of what decides in place of all of these for the whole module,
   *     {@code null} for nothing; see {@link io.github.wasmspring.fallback.WasmCircuitBreaker}
   */
  public record Quarantine(
      int failures, Duration time, Duration maxTime, @Nullable String circuitBreaker) {

    public Quarantine(int failures, Duration time, Duration maxTime) {
      this(failures, time, maxTime, null);
    }

    public Quarantine {
      if (failures < 0) {
        throw new IllegalArgumentException(
            "The number of failures before a quarantine must not be negative, but it is "
                + failures);
      }
      if (time.isZero() || time.isNegative() || maxTime.isZero() || maxTime.isNegative()) {
        throw new IllegalArgumentException(
            "The times of a quarantine must be positive, not %s and %s".formatted(time, maxTime));
      }
      LongestTime.check(time);
      LongestTime.check(maxTime);
    }
  }

  /**
   * How calls that answer later come to a thread.
   *
   * @param max how many of them run at the same time at most, 0 for three quarters of all threads
   * @param priority of a call that says nothing else
   */
  public record Threads(int max, WasmPriority priority) {

    public Threads {
      if (max < 0) {
        throw new IllegalArgumentException(
            "The number of threads of a module must not be negative, but it is " + max);
      }
    }
  }
}
