package io.github.wasmspring.internal.prepare;

import java.time.Duration;

/**
 * How modules come from the interpreter to compiled code, in the modes {@code tiered} and {@code
 * auto}.
 *
 * @param compileThreads how many modules are compiled in the background at the same time
 * @param smallCode with {@code auto}, a module with at most that many bytes of code is compiled
 *     when it is loaded
 * @param calls with {@code auto}, a module is worth compiling when so many of its functions have
 *     been called
 * @param time or when they have run for so long together
 */
public record TierSettings(int compileThreads, long smallCode, long calls, Duration time) {

  public static final TierSettings DEFAULTS =
      new TierSettings(1, 16 << 10, 500, Duration.ofMillis(100));

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

  public TierSettings withCompileThreads(int most) {
    return new TierSettings(most, this.smallCode, this.calls, this.time);
  }

  public TierSettings withSmallCode(long bytes) {
    return new TierSettings(this.compileThreads, bytes, this.calls, this.time);
  }

  public TierSettings withCalls(long least) {
    return new TierSettings(this.compileThreads, this.smallCode, least, this.time);
  }

  public TierSettings withTime(Duration least) {
    return new TierSettings(this.compileThreads, this.smallCode, this.calls, least);
  }
}
