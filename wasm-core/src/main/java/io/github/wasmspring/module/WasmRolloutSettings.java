package io.github.wasmspring.module;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How other code takes the place of a module that runs.
 *
 * @param probe a call that the new code must answer as expected before anybody else calls it,
 *     {@code null} for none
 * @param canary which calls the new code gets while it is on trial, {@code null} to give it all
 *     calls at once
 * @param duration how long it is on trial at least
 * @param minCalls how many calls it must have had before it is judged
 * @param errorFactor the new code is rolled back if a larger share of its calls fail than so many
 *     times that of the old code, plus one in a hundred
 * @param latencyFactor the new code is rolled back if the median of its calls is longer than so
 *     many times that of the old code, and by more than a millisecond; 0 for never
 * @param drain how long calls and sessions may go on with what has been replaced
 */
public record WasmRolloutSettings(
    @Nullable Probe probe,
    @Nullable Canary canary,
    Duration duration,
    long minCalls,
    double errorFactor,
    double latencyFactor,
    Duration drain) {

  public static final WasmRolloutSettings DEFAULTS = new Builder().build();

  public WasmRolloutSettings {
    if (duration.isNegative() || drain.isNegative()) {
      throw new IllegalArgumentException(
          "The times of a rollout must not be negative, not %s and %s".formatted(duration, drain));
    }
    LongestTime.check(duration);
    LongestTime.check(drain);
    if (minCalls < 1) {
      throw new IllegalArgumentException(
          "A rollout must be judged by one call at least, not " + minCalls);
    }
    factor(errorFactor, "error factor");
    if (latencyFactor != 0) {
      factor(latencyFactor, "latency factor");
    }
  }

  private static void factor(double factor, String name) {
    if (!(factor >= 1 && factor <= 1_000_000)) {
      throw new IllegalArgumentException(
          "The %s of a rollout must be from 1 to 1000000, not %s".formatted(name, factor));
    }
  }

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmRolloutSettings with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * A call that shows whether code is fit.
   *
   * @param operation what is called
   * @param input the first argument, {@code null} for an operation without arguments
   * @param expected the answer: JSON that says the same, a number or the text itself; {@code null}
   *     if any answer will do
   */
  public record Probe(String operation, @Nullable String input, @Nullable String expected) {

    public Probe {
      if (operation.isBlank()) {
        throw new IllegalArgumentException("A probe must say which operation it calls");
      }
    }
  }

  /**
   * Which calls new code gets while it is on trial.
   *
   * @param share of all calls that nothing else is known of, in percent
   * @param header the name of an HTTP header: a request with the value {@code always} is answered
   *     by the new code, one with {@code never} by the old; {@code null} for no such header
   * @param principals the names of users whose requests are answered by the new code, unless the
   *     header says otherwise
   */
  public record Canary(int share, @Nullable String header, Set<String> principals) {

    public Canary {
      principals = Set.copyOf(principals);
      if (principals.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException("The principals of a canary must have names");
      }
      if (share < 0 || share > 100) {
        throw new IllegalArgumentException(
            "The share of a canary must be from 0 to 100 percent, not " + share);
      }
      if (header != null && !header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
        throw new IllegalArgumentException(
            "'%s' can't be the name of an HTTP header".formatted(header));
      }
    }
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private @Nullable String operation;
    private @Nullable String input;
    private @Nullable String expected;
    private @Nullable Integer share;
    private @Nullable String header;
    private Set<String> principals = Set.of();
    private Duration duration = Duration.ofMinutes(1);
    private long minCalls = 100;
    private double errorFactor = 2;
    private double latencyFactor = 2;
    private Duration drain = Duration.ofSeconds(30);

    private Builder() {}

    private Builder(WasmRolloutSettings from) {
      if (from.probe != null) {
        this.operation = from.probe.operation;
        this.input = from.probe.input;
        this.expected = from.probe.expected;
      }
      if (from.canary != null) {
        this.share = from.canary.share;
        this.header = from.canary.header;
        this.principals = from.canary.principals;
      }
      this.duration = from.duration;
      this.minCalls = from.minCalls;
      this.errorFactor = from.errorFactor;
      this.latencyFactor = from.latencyFactor;
      this.drain = from.drain;
    }

    /** A call that new code must answer before anybody else calls it, {@code null} for none. */
    public Builder probe(@Nullable String operation) {
      this.operation = operation;
      return this;
    }

    /** The same with what it is given, and what it must answer. */
    public Builder probe(String operation, @Nullable String input, @Nullable String expected) {
      return probe(operation).probeInput(input).probeExpected(expected);
    }

    /** The first argument of the probe. */
    public Builder probeInput(@Nullable String input) {
      this.input = input;
      return this;
    }

    /** What the probe must answer, {@code null} if any answer will do. */
    public Builder probeExpected(@Nullable String expected) {
      this.expected = expected;
      return this;
    }

    /** The share of calls that new code gets on trial, in percent; {@code null} for no trial. */
    public Builder canaryShare(@Nullable Integer percent) {
      this.share = percent;
      return this;
    }

    /** The HTTP header that sends a request to the new or to the old code. */
    public Builder canaryHeader(@Nullable String name) {
      this.header = name;
      return this;
    }

    /** The users whose requests are answered by the new code. */
    public Builder canaryPrincipals(Collection<String> names) {
      this.principals = new LinkedHashSet<>(names);
      return this;
    }

    /** How long new code is on trial at least. */
    public Builder duration(Duration least) {
      this.duration = least;
      return this;
    }

    /** How many calls new code must have had before it is judged. */
    public Builder minCalls(long least) {
      this.minCalls = least;
      return this;
    }

    public Builder errorFactor(double most) {
      this.errorFactor = most;
      return this;
    }

    /** 0 to judge by failures alone. */
    public Builder latencyFactor(double most) {
      this.latencyFactor = most;
      return this;
    }

    /** How long calls and sessions may go on with what has been replaced. */
    public Builder drain(Duration most) {
      this.drain = most;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmRolloutSettings build() {
      if (this.operation == null && (this.input != null || this.expected != null)) {
        throw new IllegalArgumentException(
            "A probe with an input or an expected answer must say which operation it calls");
      }
      return new WasmRolloutSettings(
          this.operation == null ? null : new Probe(this.operation, this.input, this.expected),
          this.share == null && this.header == null && this.principals.isEmpty()
              ? null
              : new Canary(this.share == null ? 0 : this.share, this.header, this.principals),
          this.duration,
          this.minCalls,
          this.errorFactor,
          this.latencyFactor,
          this.drain);
    }
  }
}
