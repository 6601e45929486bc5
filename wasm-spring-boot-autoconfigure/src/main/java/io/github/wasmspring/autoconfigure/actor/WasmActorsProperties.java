package io.github.wasmspring.autoconfigure.actor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.unit.DataSize;

/** Configuration properties for actors. */
@Lazy
@ConfigurationProperties("wasm.actors")
public class WasmActorsProperties {

  /** Whether there are actors, where their jar is on the class path. */
  private boolean enabled = true;

  /** Messages that are dealt with at a time; twice the processors by default, at least 4. */
  private @Nullable Integer threads;

  /** Actors that there may be. */
  private int maxActors = 1_000_000;

  /** Instances of modules that actors may have at a time; others hibernate. */
  private int maxLive = 1000;

  /** Memory that these instances may have together; half of the memory budget by default. */
  private @Nullable DataSize maxMemory;

  /** Time without a message after which an instance is put away. */
  private Duration hibernateAfter = Duration.ofSeconds(30);

  /** Directory that actors are kept in while they hibernate; else they are in the heap. */
  private @Nullable Path hibernateDirectory;

  /** How long whoever asks an actor waits for the reply. */
  private Duration askTimeout = Duration.ofSeconds(5);

  /** How long the end of the application waits for messages to be dealt with. */
  private Duration stopTimeout = Duration.ofSeconds(10);

  /** Messages that nobody has dealt with that are kept to be looked at. */
  private int deadLetters = 100;

  /** Types of actors by name, where a module or its settings alone will not do. */
  private Map<String, Type> types = new LinkedHashMap<>();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public @Nullable Integer getThreads() {
    return this.threads;
  }

  public void setThreads(@Nullable Integer threads) {
    this.threads = threads;
  }

  public int getMaxActors() {
    return this.maxActors;
  }

  public void setMaxActors(int maxActors) {
    this.maxActors = maxActors;
  }

  public int getMaxLive() {
    return this.maxLive;
  }

  public void setMaxLive(int maxLive) {
    this.maxLive = maxLive;
  }

  public @Nullable DataSize getMaxMemory() {
    return this.maxMemory;
  }

  public void setMaxMemory(@Nullable DataSize maxMemory) {
    this.maxMemory = maxMemory;
  }

  public Duration getHibernateAfter() {
    return this.hibernateAfter;
  }

  public void setHibernateAfter(Duration hibernateAfter) {
    this.hibernateAfter = hibernateAfter;
  }

  public @Nullable Path getHibernateDirectory() {
    return this.hibernateDirectory;
  }

  public void setHibernateDirectory(@Nullable Path hibernateDirectory) {
    this.hibernateDirectory = hibernateDirectory;
  }

  public Duration getAskTimeout() {
    return this.askTimeout;
  }

  public void setAskTimeout(Duration askTimeout) {
    this.askTimeout = askTimeout;
  }

  public Duration getStopTimeout() {
    return this.stopTimeout;
  }

  public void setStopTimeout(Duration stopTimeout) {
    this.stopTimeout = stopTimeout;
  }

  public int getDeadLetters() {
    return this.deadLetters;
  }

  public void setDeadLetters(int deadLetters) {
    this.deadLetters = deadLetters;
  }

  public Map<String, Type> getTypes() {
    return this.types;
  }

  public void setTypes(Map<String, Type> types) {
    this.types = types;
  }

  /** A type of actors. */
  public static class Type {

    /** Module that behaves; the one of the name of the type by default. */
    private @Nullable String module;

    /** Range of its versions; any by default. */
    private @Nullable String version;

    /** Messages that may wait for an actor. */
    private @Nullable Integer mailbox;

    /** What becomes of more messages: reject or drop. */
    private @Nullable String mailboxPolicy;

    /** Messages that an actor may have put aside. */
    private @Nullable Integer stash;

    /** Timers that an actor may have at a time. */
    private @Nullable Integer timers;

    /** How often an actor may be restarted within the restart period. */
    private @Nullable Integer restarts;

    /** Time for these restarts. */
    private @Nullable Duration restartPeriod;

    /** Messages after which a snapshot is taken that a restarted actor begins with; 0 for never. */
    private @Nullable Integer snapshotEvery;

    /** How long a message may take; what the module may by default. */
    private @Nullable Duration messageTimeout;

    /** Memory of an instance; what the module may have by default. */
    private @Nullable DataSize memory;

    public @Nullable String getModule() {
      return this.module;
    }

    public void setModule(@Nullable String module) {
      this.module = module;
    }

    public @Nullable String getVersion() {
      return this.version;
    }

    public void setVersion(@Nullable String version) {
      this.version = version;
    }

    public @Nullable Integer getMailbox() {
      return this.mailbox;
    }

    public void setMailbox(@Nullable Integer mailbox) {
      this.mailbox = mailbox;
    }

    public @Nullable String getMailboxPolicy() {
      return this.mailboxPolicy;
    }

    public void setMailboxPolicy(@Nullable String mailboxPolicy) {
      this.mailboxPolicy = mailboxPolicy;
    }

    public @Nullable Integer getStash() {
      return this.stash;
    }

    public void setStash(@Nullable Integer stash) {
      this.stash = stash;
    }

    public @Nullable Integer getTimers() {
      return this.timers;
    }

    public void setTimers(@Nullable Integer timers) {
      this.timers = timers;
    }

    public @Nullable Integer getRestarts() {
      return this.restarts;
    }

    public void setRestarts(@Nullable Integer restarts) {
      this.restarts = restarts;
    }

    public @Nullable Duration getRestartPeriod() {
      return this.restartPeriod;
    }

    public void setRestartPeriod(@Nullable Duration restartPeriod) {
      this.restartPeriod = restartPeriod;
    }

    public @Nullable Integer getSnapshotEvery() {
      return this.snapshotEvery;
    }

    public void setSnapshotEvery(@Nullable Integer snapshotEvery) {
      this.snapshotEvery = snapshotEvery;
    }

    public @Nullable Duration getMessageTimeout() {
      return this.messageTimeout;
    }

    public void setMessageTimeout(@Nullable Duration messageTimeout) {
      this.messageTimeout = messageTimeout;
    }

    public @Nullable DataSize getMemory() {
      return this.memory;
    }

    public void setMemory(@Nullable DataSize memory) {
      this.memory = memory;
    }
  }
}
