package io.github.wasmspring.autoconfigure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How other code takes the place of a module that runs. */
public class RolloutProperties {

  private final Probe probe = new Probe();

  private final Canary canary = new Canary();

  /** How long new code is on trial at least. */
  private @Nullable Duration duration;

  /** How many calls new code must have had before it is judged. */
  private @Nullable Long minCalls;

  /**
   * How many times the share of failed calls of the old code that of the new code may be, plus one
   * in a hundred.
   */
  private @Nullable Double errorFactor;

  /**
   * How many times the median duration of calls of the old code that of the new code may be. Zero
   * for any.
   */
  private @Nullable Double latencyFactor;

  /** How long calls and sessions may go on with what has been replaced. */
  private @Nullable Duration drain;

  public Probe getProbe() {
    return this.probe;
  }

  public Canary getCanary() {
    return this.canary;
  }

  public @Nullable Duration getDuration() {
    return this.duration;
  }

  public void setDuration(@Nullable Duration duration) {
    this.duration = duration;
  }

  public @Nullable Long getMinCalls() {
    return this.minCalls;
  }

  public void setMinCalls(@Nullable Long minCalls) {
    this.minCalls = minCalls;
  }

  public @Nullable Double getErrorFactor() {
    return this.errorFactor;
  }

  public void setErrorFactor(@Nullable Double errorFactor) {
    this.errorFactor = errorFactor;
  }

  public @Nullable Double getLatencyFactor() {
    return this.latencyFactor;
  }

  public void setLatencyFactor(@Nullable Double latencyFactor) {
    this.latencyFactor = latencyFactor;
  }

  public @Nullable Duration getDrain() {
    return this.drain;
  }

  public void setDrain(@Nullable Duration drain) {
    this.drain = drain;
  }

  /** A call that new code must answer before anybody else calls it. */
  public static class Probe {

    /** Operation that new code must answer before anybody else calls it. */
    private @Nullable String operation;

    /** First argument of the probe. */
    private @Nullable String input;

    /** What the probe must answer: JSON, a number or text. Without it, any answer will do. */
    private @Nullable String expected;

    public @Nullable String getOperation() {
      return this.operation;
    }

    public void setOperation(@Nullable String operation) {
      this.operation = operation;
    }

    public @Nullable String getInput() {
      return this.input;
    }

    public void setInput(@Nullable String input) {
      this.input = input;
    }

    public @Nullable String getExpected() {
      return this.expected;
    }

    public void setExpected(@Nullable String expected) {
      this.expected = expected;
    }
  }

  /** Which calls new code gets while it is on trial. */
  public static class Canary {

    /** Share of the calls that new code gets on trial. Without it, there is no trial. */
    private @Nullable Percentage share;

    /**
     * HTTP header by which a request asks for the new code (always) or for the old (never), while
     * new code is on trial.
     */
    private @Nullable String header;

    /**
     * Users whose requests are answered by the new code, unless the header says otherwise, while
     * new code is on trial.
     */
    private @Nullable List<String> principals;

    public @Nullable Percentage getShare() {
      return this.share;
    }

    public void setShare(@Nullable Percentage share) {
      this.share = share;
    }

    public @Nullable String getHeader() {
      return this.header;
    }

    public void setHeader(@Nullable String header) {
      this.header = header;
    }

    public @Nullable List<String> getPrincipals() {
      return this.principals;
    }

    public void setPrincipals(@Nullable List<String> principals) {
      this.principals = principals;
    }
  }
}
