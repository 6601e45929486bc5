package io.github.wasmspring.actor;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the actors of a type are run.
 *
 * @param mailbox messages that may wait for an actor, those that it put aside included
 * @param mailboxPolicy what becomes of more
 * @param stash messages that an actor may have put aside
 * @param timers timers that an actor may have at a time
 * @param restarts how often an actor may be restarted within {@code restartPeriod}; with one more
 *     crash it ends. For actors under a supervisor of their own, that one's figures count
 * @param restartPeriod the time for these
 * @param snapshotEvery after how many messages a snapshot is taken that a restarted actor begins
 *     with, before anybody is answered; 0 for never, so that it begins anew
 * @param messageTimeout how long a message may take, {@code null} for what the module's settings
 *     say
 * @param memory bytes that an actor's memory may have, {@code null} for what the module's settings
 *     say
 */
public record WasmActorSettings(
    int mailbox,
    WasmMailboxPolicy mailboxPolicy,
    int stash,
    int timers,
    int restarts,
    Duration restartPeriod,
    int snapshotEvery,
    @Nullable Duration messageTimeout,
    @Nullable Long memory) {

  public static final WasmActorSettings DEFAULTS = new Builder().build();

  /**
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public WasmActorSettings {
    check("mailbox", mailbox, 1);
    check("stash", stash, 0);
    check("timers", timers, 0);
    check("restarts", restarts, 0);
    check("snapshotEvery", snapshotEvery, 0);
    checkPositive("restartPeriod", restartPeriod);
    if (messageTimeout != null) {
      checkPositive("messageTimeout", messageTimeout);
    }
    if (memory != null && memory < 1) {
      throw new IllegalArgumentException("The memory of an actor must be positive, not " + memory);
    }
  }

  private static void check(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s of an actor must be %d or more, not %d".formatted(name, least, value));
    }
  }

  private static void checkPositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          "%s of an actor must be positive, not %s".formatted(name, value));
    }
  }

  /** A builder that starts with these settings. */
  public static Builder builder(WasmActorSettings from) {
    return new Builder(from);
  }

  /** These settings, but for what is changed. */
  public WasmActorSettings with(Consumer<Builder> change) {
    Builder builder = new Builder(this);
    change.accept(builder);
    return builder.build();
  }

  /** Collects settings; each has a default. */
  public static final class Builder {

    private int mailbox = 1000;
    private WasmMailboxPolicy mailboxPolicy = WasmMailboxPolicy.REJECT;
    private int stash = 100;
    private int timers = 100;
    private int restarts = 3;
    private Duration restartPeriod = Duration.ofSeconds(5);
    private int snapshotEvery;
    private @Nullable Duration messageTimeout;
    private @Nullable Long memory;

    private Builder() {}

    private Builder(WasmActorSettings from) {
      this.mailbox = from.mailbox;
      this.mailboxPolicy = from.mailboxPolicy;
      this.stash = from.stash;
      this.timers = from.timers;
      this.restarts = from.restarts;
      this.restartPeriod = from.restartPeriod;
      this.snapshotEvery = from.snapshotEvery;
      this.messageTimeout = from.messageTimeout;
      this.memory = from.memory;
    }

    public Builder mailbox(int messages) {
      this.mailbox = messages;
      return this;
    }

    public Builder mailboxPolicy(WasmMailboxPolicy policy) {
      this.mailboxPolicy = policy;
      return this;
    }

    public Builder stash(int messages) {
      this.stash = messages;
      return this;
    }

    public Builder timers(int count) {
      this.timers = count;
      return this;
    }

    public Builder restarts(int most) {
      this.restarts = most;
      return this;
    }

    public Builder restartPeriod(Duration period) {
      this.restartPeriod = period;
      return this;
    }

    /** So many restarts within the period, and no more. */
    public Builder restarts(int most, Duration period) {
      this.restarts = most;
      this.restartPeriod = period;
      return this;
    }

    public Builder snapshotEvery(int messages) {
      this.snapshotEvery = messages;
      return this;
    }

    public Builder messageTimeout(@Nullable Duration timeout) {
      this.messageTimeout = timeout;
      return this;
    }

    /**
     * @param bytes {@code null} for what the module's settings say
     */
    public Builder memory(@Nullable Long bytes) {
      this.memory = bytes;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public WasmActorSettings build() {
      return new WasmActorSettings(
          this.mailbox,
          this.mailboxPolicy,
          this.stash,
          this.timers,
          this.restarts,
          this.restartPeriod,
          this.snapshotEvery,
          this.messageTimeout,
          this.memory);
    }
  }
}
