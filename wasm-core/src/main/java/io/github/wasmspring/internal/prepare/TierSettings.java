package io.github.wasmspring.internal.prepare;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How modules come from the interpreter to compiled code, in the modes {@code tiered} and {@code
 * by-use}.
 *
 * @param compileThreads how many modules are compiled in the background at the same time
 * @param smallCode with {@code by-use}, a module with at most that many bytes of code is compiled
 *     when it is loaded
 * @param calls with {@code by-use}, a module is worth compiling when so many of its functions have
 *     been called
 * @param time or when they have run for so long together
 */
public record TierSettings(int compileThreads, long smallCode, long calls, Duration time) {

  public static final TierSettings DEFAULTS = new Builder().build();

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public TierSettings with(Consumer<Builder> change) {
    Builder builder = toBuilder();
    change.accept(builder);
    return builder.build();
  }

  /** A builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  public TierSettings {
    if (compileThreads < 1) {
      throw new IllegalArgumentException(
          "At least one thread must compile in the background, not " + compileThreads);
    }
    if (smallCode < 0) {
      throw new IllegalArgumentException(
          "The code that counts as small must not have less than nothing, but has " + smallCode);
    }
    if (calls < 1) {
      throw new IllegalArgumentException(
          "A module must be called at least once before it is compiled, not " + calls);
    }
    if (time.isNegative()) {
      throw new IllegalArgumentException("The time must not be negative, but is " + time);
    }
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private int compileThreads = 1;
    private long smallCode = 16 << 10;
    private long calls = 500;
    private Duration time = Duration.ofMillis(100);

    private Builder() {}

    private Builder(TierSettings from) {
      this.compileThreads = from.compileThreads;
      this.smallCode = from.smallCode;
      this.calls = from.calls;
      this.time = from.time;
    }

    public Builder compileThreads(int threads) {
      this.compileThreads = threads;
      return this;
    }

    public Builder smallCode(long bytes) {
      this.smallCode = bytes;
      return this;
    }

    public Builder calls(long least) {
      this.calls = least;
      return this;
    }

    public Builder time(Duration least) {
      this.time = least;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public TierSettings build() {
      return new TierSettings(this.compileThreads, this.smallCode, this.calls, this.time);
    }
  }
}
