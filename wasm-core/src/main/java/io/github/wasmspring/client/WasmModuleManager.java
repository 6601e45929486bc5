package io.github.wasmspring.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.rollout.WasmRollout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls modules, and says how they are. Safe for use by many threads. */
public interface WasmModuleManager {

  /**
   * The range that asks for no version in particular: the default version of a module if it has one
   * ({@link WasmModuleRegistry#useByDefault}), else the newest.
   */
  String DEFAULT = "*";

  /**
   * Calls an operation of the {@linkplain #DEFAULT default version} of a module.
   *
   * @param input the first argument, {@code null} for operations without arguments
   * @param <T> the type of the answer, as the operation declares it
   * @throws WasmException if there is no answer
   */
  default <T extends @Nullable Object> WasmResult<T> execute(
      String module, String operation, @Nullable Object input) {
    return execute(module, operation, input, Map.of());
  }

  /**
   * Calls an operation of the {@linkplain #DEFAULT default version} of a module.
   *
   * @param input the first argument, {@code null} for operations without arguments
   * @param options the other arguments, by the names of the operation's parameters; what is left
   *     out is zero, {@code false} or empty
   * @param <T> the type of the answer, as the operation declares it; a number where the operation
   *     is known only from the module's exports
   * @throws WasmException if there is no answer
   */
  <T extends @Nullable Object> WasmResult<T> execute(
      String module, String operation, @Nullable Object input, Map<String, ?> options);

  /** The {@linkplain #DEFAULT default version} of a module, for fluent calls. */
  default WasmModuleClient module(String id) {
    return module(id, DEFAULT);
  }

  /**
   * The newest version of a module within a range, for fluent calls.
   *
   * @throws WasmModuleNotFoundException if there is none
   */
  WasmModuleClient module(String id, String range);

  /** Lends one instance of the default version to the caller until the session is closed. */
  default WasmSession open(String id) {
    return open(id, DEFAULT);
  }

  /** Lends one instance to the caller until the session is closed. */
  default WasmSession open(String id, String range) {
    return open(id, range, WasmCallOptions.DEFAULTS);
  }

  /**
   * Lends one instance to the caller until the session is closed. It counts as one of the calls of
   * its tenant for as long.
   *
   * @param options of which the tenant is looked at; all others are for single calls
   */
  WasmSession open(String id, String range, WasmCallOptions options);

  /**
   * An object whose methods call the module that a {@link io.github.wasmspring.WasmModule}
   * interface names.
   *
   * @throws IllegalArgumentException if the type is no such interface
   * @throws WasmException if the module is not registered or can't be loaded, or methods and
   *     exports do not fit each other
   */
  <T> T bind(Class<T> type);

  /** The same for an interface that names no module. */
  <T> T bind(Class<T> type, String id, String range);

  /** All modules as they are now, by id and newest version first. */
  List<WasmModuleStatus> status();

  /** All versions of a module as they are now, newest first. */
  List<WasmModuleStatus> status(String id);

  /** {@link #warmUp(String, String)} of the default version. */
  default void warmUp(String id) {
    warmUp(id, DEFAULT);
  }

  /**
   * The modules in whose id, description, tags or operations all words of the query occur, as they
   * are now; see {@link WasmModuleRegistry#search}.
   */
  List<WasmModuleStatus> search(String query);

  /** All modules together, as they are now. */
  WasmStatistics statistics();

  /**
   * Runs an instance of each version of a module that is loaded or could not be loaded, to see
   * whether it works. What nobody has needed yet is left alone.
   *
   * @return by id and newest version first
   */
  List<WasmModuleHealth> check();

  /** {@link #check(String, String)} of the default version. */
  default WasmModuleHealth check(String id) {
    return check(id, DEFAULT);
  }

  /**
   * Runs an instance of a version of a module, to see whether it works, and loads it for that if
   * need be. A failure is told, and not thrown.
   *
   * @throws WasmModuleNotFoundException if there is none of that id
   * @throws io.github.wasmspring.WasmVersionConflictException if there is no such version
   */
  WasmModuleHealth check(String id, String range);

  /**
   * Lets go of what nobody uses, however short that is: idle instances above {@code pool.min} and
   * the prepared ones, and the compiled code of modules that are not loaded. What is called next is
   * made anew; calls that run are not disturbed. What is kept on disk stays.
   */
  WasmCleanUp cleanUp();

  /**
   * Loads a version of a module, and before it what it depends on, unless they are loaded, and
   * makes their {@code pool.min} instances.
   *
   * @throws WasmException if one of them can't be loaded
   */
  void warmUp(String id, String range);

  /**
   * Does the same although nobody has asked for it yet: if it can't be loaded, the next call tries
   * again at once.
   *
   * @throws WasmException if there is none, or one of them can't be loaded
   */
  void prefetch(String id, String range);

  /** {@link #reload(String, String)} of the default version. */
  default void reload(String id) {
    reload(id, DEFAULT);
  }

  /** {@link #refresh(String, String)} of the default version. */
  default boolean refresh(String id) {
    return refresh(id, DEFAULT);
  }

  /**
   * Loads a version of a module again, with the checks and the trial of {@link #update}. The old
   * code answers until the new is ready; calls that run on it end in peace. If the new can't be
   * loaded or does not fit, the old stays. Modules that import from it are linked anew; one that
   * can't be linked with the new code goes on with the old.
   *
   * @throws WasmException if it can't be loaded or does not fit, or {@code REJECTED} while a
   *     rollout of it is under way
   */
  void reload(String id, String range);

  /**
   * Does the same only if what is where the module comes from has other bytes than what runs. A
   * module that is not loaded is left alone, but modules that are linked with other bytes of it are
   * linked anew, also those that could not be before. Bytes that have been rolled back are not
   * tried again, and nothing is done while a rollout is under way.
   *
   * @return whether it or a module that imports from it was loaded again, be it on trial
   * @throws WasmException if that can't be told, or the new module can't be loaded; the old stays
   */
  boolean refresh(String id, String range);

  /**
   * Has a registered module run what another descriptor of the same id says, without dropping a
   * call. The new code is loaded beside the old and must pass all checks first: its signature where
   * one is required, linking, every interface that is bound and every operation that is declared,
   * and the probe that its settings name ({@code rollout.probe}). Then all calls go to it and those
   * under way end on the old code; or it is on trial first, with a share of the calls, if its
   * settings say so ({@code rollout.canary}). With what is promoted the version of the module
   * changes; beans, clients and modules that import from it follow.
   *
   * @param range which registered version is replaced, {@link #DEFAULT} for the default one
   * @param next what is to run; its settings say how it is rolled out
   * @return the rollout, which is promoted already if there is no trial; it is promoted at once
   *     also where the old code is not loaded, for there is nothing to be compared with
   * @throws IllegalArgumentException if the ids differ
   * @throws io.github.wasmspring.WasmVersionConflictException if its version is registered already,
   *     or excluded by a range with which an interface was bound or that another module depends on
   * @throws WasmException if the new code can't be loaded, does not fit or fails its probe, or
   *     {@code REJECTED} while another rollout of the module is under way; the old code stays
   */
  WasmRollout update(String id, String range, WasmModuleDescriptor next);

  /** The rollout of a version of a module that is under way. */
  Optional<WasmRollout> rollout(String id, String range);

  /** {@link #evict(String, String)} of the default version. */
  default void evict(String id) {
    evict(id, DEFAULT);
  }

  /**
   * Lets go of the code and the instances of a version of a module; the next call loads it again.
   * Modules that import from it have what they need for themselves, and go on.
   */
  void evict(String id, String range);

  /** {@link #relearn(String, String)} of the default version. */
  default void relearn(String id) {
    relearn(id, DEFAULT);
  }

  /** Forgets what adaptive execution has measured of a version of a module. */
  void relearn(String id, String range);

  /** {@link #release(String, String)} of the default version. */
  default void release(String id) {
    release(id, DEFAULT);
  }

  /**
   * Ends the quarantine of all operations of a version of a module: the next call of each is made.
   */
  void release(String id, String range);

  /** {@link #disable(String, String)} of the default version. */
  default void disable(String id) {
    disable(id, DEFAULT);
  }

  /** Switches a version of a module off: its Java fallbacks answer, other calls are rejected. */
  void disable(String id, String range);

  /** {@link #enable(String, String)} of the default version. */
  default void enable(String id) {
    enable(id, DEFAULT);
  }

  /** Switches a version of a module on again. */
  void enable(String id, String range);

  WasmModuleRegistry registry();
}
