package io.github.wasmspring.event;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSource;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something that happened to a module or a call. */
public sealed interface WasmEvent {

  /** The id of the module. */
  String module();

  /** The version of the module. */
  String version();

  /** A module can be found in the registry from now on. */
  record ModuleRegistered(String module, String version) implements WasmEvent {}

  /** A module can't be found in the registry any more. */
  record ModuleUnregistered(String module, String version) implements WasmEvent {}

  /**
   * A module begins to be read and compiled, on this thread; {@link ModuleReady} or {@link
   * ModuleFailed} follows.
   */
  record ModuleLoading(String module, String version) implements WasmEvent {}

  /**
   * How far something is that takes its time; told twice a second at most, and not of what is
   * quick. In the last one, what is done is the total, also if it has failed.
   *
   * @param work what is under way; of {@link WasmWork#PRELOAD} the module is the one that was
   *     loaded last
   * @param done how much of it, in the unit of the work
   * @param total how much there is in all, {@link #UNKNOWN} if nobody knows
   */
  record ModuleProgressed(String module, String version, WasmWork work, long done, long total)
      implements WasmEvent {

    /** The total that nobody knows. */
    public static final long UNKNOWN = -1;

    /** From 0 to 1, {@code null} if nobody knows. */
    public @Nullable Double share() {
      return this.total <= 0
          ? null
          : Double.valueOf(Math.min(1.0, (double) this.done / this.total));
    }

    /** The same for people, such as {@code 1,200 of 4,000 bytes (30 %)}. */
    public String text() {
      String unit = this.work.unit();
      return this.total <= 0
          ? String.format(Locale.ROOT, "%,d %s so far", this.done, unit)
          : String.format(
              Locale.ROOT,
              "%,d of %,d %s (%d %%)",
              this.done,
              this.total,
              unit,
              Math.min(100, this.done * 100 / this.total));
    }
  }

  /**
   * A module has been read and compiled and can be called.
   *
   * @param digest of its bytes, {@code sha256:…}
   * @param duration of reading and compiling
   */
  record ModuleReady(
      String module, String version, String engine, @Nullable String digest, Duration duration)
      implements WasmEvent {}

  /**
   * A module could not be made ready.
   *
   * @param duration until it failed
   */
  record ModuleFailed(
      String module, String version, WasmErrorCategory category, String message, Duration duration)
      implements WasmEvent {}

  /**
   * A module has been compiled to bytecode in this process, rather than found compiled.
   *
   * @param background whether the interpreter answers meanwhile
   * @param duration of parsing and compiling
   */
  record ModuleCompiled(
      String module, String version, String engine, boolean background, Duration duration)
      implements WasmEvent {}

  /**
   * A module could not be compiled to bytecode.
   *
   * @param background whether the interpreter goes on answering; else {@link ModuleFailed} follows
   *     unless the interpreter takes the module
   * @param duration until it failed
   */
  record CompilationFailed(
      String module,
      String version,
      WasmErrorCategory category,
      String message,
      boolean background,
      Duration duration)
      implements WasmEvent {}

  /**
   * Calls of a module run on other code from now on; those under way and open sessions end on the
   * old one.
   *
   * @param from the engine that answered until now
   * @param to the engine that answers from now on
   * @param after how long the module was ready before
   */
  record EngineSwapped(String module, String version, String from, String to, Duration after)
      implements WasmEvent {}

  /** An instance was thrown away because of what a call did to it. */
  record InstanceDiscarded(String module, String version, WasmErrorCategory category)
      implements WasmEvent {}

  /** A module failed to answer a call; {@code fallback} says whether Java answered instead. */
  record CallFailed(
      String module,
      String version,
      String operation,
      WasmErrorCategory category,
      String message,
      boolean fallback)
      implements WasmEvent {}

  /** A failed call is tried again; {@code attempt} is the number of the attempt to come, from 2. */
  record CallRetried(
      String module, String version, String operation, WasmErrorCategory category, int attempt)
      implements WasmEvent {}

  /**
   * A tenant was refused a call, for it has had what it may have for now; told once a second and
   * tenant at most.
   *
   * @param tenant its key
   * @param limit which it has reached: {@code calls}, {@code cpu-time} or {@code memory}
   * @param times how many of its calls were refused since this was told last, this one included
   */
  record TenantRefused(
      String module, String version, String operation, String tenant, String limit, long times)
      implements WasmEvent {}

  /**
   * An operation has failed so often in a row that its module is not asked for it for some time.
   *
   * @param operation the export that is called
   * @param category of the last failure
   * @param message of the last failure
   * @param failures how many there were in a row
   */
  record OperationQuarantined(
      String module,
      String version,
      String operation,
      WasmErrorCategory category,
      String message,
      int failures)
      implements WasmEvent {}

  /**
   * A module is asked again for an operation that was in quarantine: a call was answered, or
   * somebody released it.
   *
   * @param operation the export that is called
   * @param duration how long it was in quarantine
   */
  record OperationReleased(String module, String version, String operation, Duration duration)
      implements WasmEvent {}

  /**
   * Adaptive execution asks the other side from now on.
   *
   * @param fromBytes the smallest input for which it does
   * @param toBytes the largest input for which it does, {@code null} if there is no largest one
   * @param chosen {@code WASM} or {@code JAVA}
   * @param wasmNanos what a call of the module costs, {@code null} if that is not known
   * @param javaNanos what a call of the Java fallback costs, {@code null} if that is not known
   */
  record ChoiceSwitched(
      String module,
      String version,
      String operation,
      long fromBytes,
      @Nullable Long toBytes,
      WasmSource chosen,
      Reason why,
      @Nullable Long wasmNanos,
      @Nullable Long javaNanos)
      implements WasmEvent {

    /** Why the other side is asked. */
    public enum Reason {
      /** It has been clearly quicker for some time. */
      QUICKER,
      /** The side that was asked failed again and again. */
      FAILING
    }
  }

  /**
   * A message between modules could not be delivered.
   *
   * @param module empty if Java code of the application takes the messages of the route
   * @param version empty if it is not known
   * @param route the route that gave up
   * @param attempts how often it was tried
   * @param size of the payload, in bytes
   */
  record MessageDead(
      String module,
      String version,
      String operation,
      String route,
      String topic,
      WasmErrorCategory category,
      String message,
      int attempts,
      int size)
      implements WasmEvent {}

  /**
   * A plug-in has been installed.
   *
   * @param revision 1, for it is the first
   * @param digest of its bytes, {@code sha256:…}
   * @param source where they came from, for people
   */
  record PluginInstalled(String module, String version, int revision, String digest, String source)
      implements WasmEvent {}

  /**
   * A plug-in runs another revision from now on.
   *
   * @param from the version that ran until now
   * @param revision the number of the one that runs now
   * @param digest of its bytes, {@code sha256:…}
   * @param source where they came from, for people
   */
  record PluginUpdated(
      String module, String version, String from, int revision, String digest, String source)
      implements WasmEvent {}

  /**
   * What was to be a plug-in, or another revision of one, has been refused; what ran goes on.
   *
   * @param version that was refused
   * @param message why, for people
   */
  record PluginRefused(String module, String version, WasmErrorCategory category, String message)
      implements WasmEvent {}

  /**
   * A plug-in runs an earlier revision from now on, or goes on with the one that it had.
   *
   * @param from the version that was given up
   * @param revision the number of the one that runs now
   * @param reason why, for people
   */
  record PluginRolledBack(String module, String version, String from, int revision, String reason)
      implements WasmEvent {}

  /** A plug-in that was switched off can be called again. */
  record PluginEnabled(String module, String version) implements WasmEvent {}

  /** A plug-in has been switched off. */
  record PluginDisabled(String module, String version) implements WasmEvent {}

  /** A plug-in is gone with all its revisions. */
  record PluginRemoved(String module, String version) implements WasmEvent {}

  /**
   * Memory has reached the mark of an alert, or is below its lower mark again.
   *
   * @param module the id of the module, or {@value #ALL} for all modules together
   * @param version the version of the module, or {@value #ALL}
   * @param raised {@code false} if the alert is over
   * @param threshold the mark in percent of the limit
   * @param bytes for a module, the largest memory of an instance; for all, what counts against the
   *     memory budget
   * @param limit the bytes that may be: the memory limit of the module, or the memory budget
   */
  record MemoryAlert(
      String module, String version, boolean raised, int threshold, long bytes, long limit)
      implements WasmEvent {

    /** Stands for all modules. */
    public static final String ALL = "*";
  }

  /**
   * The instance of a session was taken away from it.
   *
   * @param why that was
   * @param open how long the session was open
   */
  record SessionReclaimed(String module, String version, Reason why, Duration open)
      implements WasmEvent {

    /** Why a session loses its instance. */
    public enum Reason {
      /** Nobody had the session any more, and nobody had closed it. */
      LEAKED,
      /** It was open for longer than its module allows. */
      EXPIRED,
      /** Its module runs on other code, and it was open for longer than a rollout waits. */
      REPLACED
    }
  }

  /**
   * Other code of a module is on trial, and answers some of the calls.
   *
   * @param version what answers the others
   * @param to the version that is on trial; the same if the module was loaded again
   * @param share of the calls that it gets, in percent
   */
  record RolloutStarted(String module, String version, String to, int share) implements WasmEvent {}

  /**
   * Other code answers all calls of a module from now on.
   *
   * @param version what answers
   * @param from the version that answered before; the same if the module was loaded again
   * @param reason in one sentence, with figures if there are some
   * @param duration of the trial, zero if there was none
   */
  record RolloutPromoted(
      String module, String version, String from, String reason, Duration duration)
      implements WasmEvent {}

  /**
   * Other code of a module was on trial, and answers none of its calls any more.
   *
   * @param version what answers
   * @param rejected the version that was on trial
   * @param reason in one sentence, with figures if there are some
   */
  record RolloutRolledBack(String module, String version, String rejected, String reason)
      implements WasmEvent {}
}
