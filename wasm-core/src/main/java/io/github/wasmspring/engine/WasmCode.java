package io.github.wasmspring.engine;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.split.BigFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** A module ready to be instantiated any number of times, by any number of threads. */
public interface WasmCode {

  /** See {@link #functionAt}. */
  int NO_FUNCTION = -1;

  /** See {@link #functionAt}. */
  int UNKNOWN_FUNCTION = -2;

  /** See {@link #offsetAt}. */
  int UNKNOWN_OFFSET = -1;

  /** What runs it, e.g. {@code jvm-compiled}; also the {@code engine} tag of the meters. */
  String engine();

  WasmCodeKind kind();

  /** The exported functions by name. */
  Map<String, WasmExportedFunction> exports();

  List<WasmImportedItem> imports();

  /** Those of the imports that host functions are for; the engine has the others itself. */
  default List<WasmImportedItem> hostImports() {
    return imports();
  }

  /**
   * The functions of so much code that HotSpot would never compile them, those included that were
   * split for that reason. An engine that compiles functions when they are called knows them then.
   */
  default List<BigFunction> bigFunctions() {
    return List.of();
  }

  /**
   * A function that takes and returns numbers only, to be called without arrays; made anew each
   * time, which takes a millisecond.
   *
   * @param function the index of an exported function
   * @return {@code null} if it can only be called by {@link WasmInstance#call}
   */
  default @Nullable WasmDirectFunction direct(int function) {
    return null;
  }

  /**
   * What the bytes of the module say, {@code null} if the engine has only classes that do not tell.
   */
  default @Nullable ModuleFacts facts() {
    return null;
  }

  /** The features that the module uses, {@code null} if that is not known. */
  default @Nullable Set<WasmFeature> features() {
    return null;
  }

  /**
   * The function of the module that a frame of a stack trace is in; what was split off a function
   * counts as that function.
   *
   * @return its index, imported functions first; {@link #UNKNOWN_FUNCTION} if it can't be told
   *     which of them it is; {@link #NO_FUNCTION} if the frame is in none of them
   */
  default int functionAt(StackTraceElement frame) {
    return NO_FUNCTION;
  }

  /** Whether a frame of a stack trace is in what was split off a function. */
  default boolean isPieceAt(StackTraceElement frame) {
    return false;
  }

  /**
   * Whether a frame of a stack trace is in what the engine made to get into functions and from one
   * to another, which tells nobody anything.
   */
  default boolean isLinkAt(StackTraceElement frame) {
    return false;
  }

  /**
   * Where in the bytes of the module, as they were loaded, the instruction is that a frame of a
   * stack trace stands at.
   *
   * @return {@link #UNKNOWN_OFFSET} if that can't be told
   */
  default int offsetAt(StackTraceElement frame) {
    return UNKNOWN_OFFSET;
  }

  /**
   * The functions that had not returned when a failure arose, as far as that can be told from it.
   *
   * @param most how many of them are wanted
   * @return the innermost first
   */
  default List<WasmFrame> framesOf(Throwable failure, int most) {
    List<WasmFrame> frames = new ArrayList<>();
    boolean insidePiece = false;
    for (StackTraceElement element : failure.getStackTrace()) {
      int function = functionAt(element);
      if (function == NO_FUNCTION || frames.size() == most) {
        continue;
      }
      // Pieces, and the several frames of interpreted functions, are one function.
      boolean same = !frames.isEmpty() && frames.get(frames.size() - 1).function() == function;
      if (!same || !insidePiece) {
        frames.add(new WasmFrame(function, offsetAt(element)));
      }
      insidePiece = function == UNKNOWN_FUNCTION || isPieceAt(element);
    }
    return frames;
  }

  /** The name by which a function is exported, {@code null} if it is not. */
  default @Nullable String exportOf(int function) {
    return null;
  }

  /**
   * Compiles what the engine would compile when it is first called.
   *
   * @param progress asked again and again; once it says no, the rest is compiled when it is called
   * @return whether all is compiled
   */
  default boolean compileAll(WasmCompileProgress progress) {
    return true;
  }

  /** Whether instances have a linear memory. */
  boolean hasMemory();

  /**
   * How many bytes of memories and tables an instance takes from the start.
   *
   * @throws WasmLoadException {@code MEMORY_LIMIT} if that is more than the limits allow
   */
  long footprint(Limits limits);

  /**
   * The same for an instance that is given some of its memories and tables by others, which pay for
   * those.
   */
  default long footprint(Collection<? extends WasmProvidedImport> imports, Limits limits) {
    return footprint(limits);
  }

  /** About how much memory the code takes, in bytes, heap and metaspace together. */
  int weight();

  /** How much of the {@link #weight()} is metaspace, which a JVM may have less of than of heap. */
  default int metaspace() {
    return 0;
  }

  /**
   * Finds out whether {@link #instantiate} has a chance, without running anything.
   *
   * @throws WasmLinkException if an import is missing or has another type
   * @throws WasmLoadException {@code MEMORY_LIMIT} if the module starts with more than it may have
   */
  void check(Collection<? extends WasmProvidedImport> imports, Limits limits);

  /**
   * @param imports what the module may import
   * @param limits what memories and tables may grow to
   * @param charge what pays for what the instance takes beyond its {@link #footprint}
   * @param resettable whether {@link WasmInstance#reset()} will be called; costs a scan of the
   *     memory
   * @param threads makes the threads that the guest starts; they run until they end by themselves
   *     or are interrupted
   * @throws WasmLinkException if an import is missing or has another type
   * @throws WasmLoadException if the limits are below what the module starts with ({@code
   *     MEMORY_LIMIT}) or the start function fails ({@code INSTANTIATION})
   */
  WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> imports,
      Limits limits,
      MemoryCharge charge,
      boolean resettable,
      ThreadFactory threads);

  /**
   * The same for a module whose instances are of use only after a function of theirs has run.
   *
   * @param first the name of an exported function without parameters and results that is run once,
   *     before what {@link WasmInstance#reset} brings back is remembered; {@code null} for none
   * @throws WasmLoadException {@code INSTANTIATION} if the function fails, or if the engine, as is
   *     the default, runs none
   */
  default WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> imports,
      Limits limits,
      MemoryCharge charge,
      boolean resettable,
      ThreadFactory threads,
      @Nullable String first) {
    if (first != null) {
      throw new WasmLoadException(
          WasmErrorCategory.INSTANTIATION,
          "the function %s has to run before all others, and the engine %s does not run it; use another engine, or build the module as a library (reactor)"
              .formatted(first, engine()),
          null);
    }
    return instantiate(imports, limits, charge, resettable, threads);
  }

  /**
   * An instance that begins as another one was: no code runs. {@link WasmInstance#reset} brings it
   * back to that.
   *
   * @param charge what pays for memories and tables that are larger there than in a new instance
   * @param from of an instance of this code
   * @throws WasmLinkException if an import is missing or has another type
   * @throws WasmLoadException {@code MEMORY_LIMIT} if the limits or the charge have no room for it,
   *     {@code INSTANTIATION} if the engine, as is the default, can't do that
   */
  default WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> imports,
      Limits limits,
      MemoryCharge charge,
      ThreadFactory threads,
      WasmSnapshot from) {
    throw new WasmLoadException(
        WasmErrorCategory.INSTANTIATION,
        "the engine %s can't let an instance begin as another one was; use another engine, such as jvm"
            .formatted(engine()),
        null);
  }

  /** The same for guests that start no threads, or whose threads need no names. */
  default WasmInstance instantiate(
      Collection<? extends WasmProvidedImport> imports,
      Limits limits,
      MemoryCharge charge,
      boolean resettable) {
    return instantiate(imports, limits, charge, resettable, Thread::new);
  }
}
