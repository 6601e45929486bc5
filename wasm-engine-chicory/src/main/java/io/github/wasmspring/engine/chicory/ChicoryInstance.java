package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.GuestThreads;
import io.github.wasmspring.internal.engine.InstanceAttributes;
import io.github.wasmspring.internal.engine.RawArguments;
import io.github.wasmspring.internal.engine.SharedHostMemory;
import io.github.wasmspring.module.WasmExternalValue;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance, and what the host keeps with it. */
final class ChicoryInstance implements WasmInstance {

  private static final ExportFunction[] NOT_YET = {};
  private static final long[] NO_RESULTS = {};

  private static final String INITIALIZE = "_initialize";

  /** When this returns, the program is over, and so are its threads. */
  private static final String PROGRAM = "_start";

  private static final WasmFunctionType NOTHING = new WasmFunctionType(List.of(), List.of());

  private final ChicoryCode code;
  private final List<? extends WasmProvidedImport> imports;
  private final List<WasmExportedFunction> exports;
  private final InstanceAttributes attributes = new InstanceAttributes();
  private ExportFunction[] functions = NOT_YET;
  private final @Nullable GuestThreads threads;
  private @Nullable InstanceStorage storage;
  private @Nullable ResettableMemory linear;
  private @Nullable WasmMemory memory;
  private @Nullable Checkpoint checkpoint;
  private @Nullable Instance chicory;
  private @Nullable Memory chicoryMemory;

  /** Whether other instances have some of its memories or globals, or it some of theirs. */
  private boolean sharesState;

  private boolean closed;

  /**
   * @param imports what it has been given
   * @param threads those that the guest may start, {@code null} for none
   */
  ChicoryInstance(
      ChicoryCode code,
      Collection<? extends WasmProvidedImport> imports,
      @Nullable GuestThreads threads) {
    this.code = code;
    this.imports = List.copyOf(imports);
    this.exports = List.copyOf(code.exports().values());
    this.sharesState =
        code.imports().stream()
            .map(item -> linked(item))
            .anyMatch(external -> external != null && external.isState());
    this.threads = threads;
  }

  /**
   * @param resettable whether its beginnings are to be remembered
   * @param first an exported function to be run before all others, {@code null} for none
   */
  void attach(
      Instance instance, InstanceStorage attached, boolean resettable, @Nullable String first) {
    attach(instance, attached);
    initialize(instance);
    if (first != null) {
      start(instance, first);
    }
    if (this.threads != null) {
      this.threads.await();
    }
    if (resettable && !this.sharesState) {
      this.checkpoint = Checkpoint.of(instance, this.linear, attached.payer());
    }
  }

  private void attach(Instance instance, InstanceStorage attached) {
    this.storage = attached;
    useMemory(instance);
    this.chicory = instance;
    this.chicoryMemory = instance.memory();
    this.functions =
        this.exports.stream()
            .map(export -> instance.export(export.name()))
            .toArray(ExportFunction[]::new);
  }

  /**
   * Begins as another instance was: no code runs.
   *
   * @return {@code false} if there is no room
   */
  boolean attach(Instance instance, InstanceStorage attached, ChicorySnapshot from) {
    attach(instance, attached);
    if (!from.begin(instance, this.linear)) {
      return false;
    }
    this.checkpoint = Checkpoint.of(instance, this.linear, from.memory(), attached.payer());
    return true;
  }

  @Override
  public ChicorySnapshot snapshot() {
    String impossible =
        this.sharesState
            ? "it has memories, tables or globals in common with other instances"
            : this.threads != null ? "its guest may start threads" : this.attributes.held();
    if (impossible != null) {
      throw new UnsupportedOperationException(impossible);
    }
    return new ChicorySnapshot(this.code, chicory(), this.linear);
  }

  /** What another instance has given for an import, {@code null} if none has. */
  private @Nullable ChicoryExternal linked(WasmImportedItem item) {
    for (WasmProvidedImport each : this.imports) {
      if (each.meets(item)) {
        return each instanceof WasmLinkedImport given
                && given.value() instanceof ChicoryExternal external
            ? external
            : null;
      }
    }
    return null;
  }

  @Override
  public WasmExternalValue external(String export) {
    ChicoryExternal external = this.code.external(this, export);
    ChicoryExternal imported =
        this.code.imports().stream()
            .filter(item -> item.kind().equals(external.kind().toString()))
            .skip(external.index())
            .findFirst()
            .map(this::linked)
            .orElse(null);
    if (imported != null) {
      return imported;
    }
    if (this.threads != null) {
      throw new UnsupportedOperationException(
          "The instance may start threads, each with an instance of its own, so that no other one can be linked with it; take '%s' of a module without threads"
              .formatted(export));
    }
    this.sharesState |= external.isState();
    return external;
  }

  boolean isClosed() {
    return this.closed;
  }

  /** Reactors, as C and TinyGo make them, want this called once before everything else. */
  private void initialize(Instance instance) {
    for (WasmExportedFunction export : this.exports) {
      if (export.name().equals(INITIALIZE) && export.type().equals(NOTHING)) {
        instance.export(INITIALIZE).apply();
      }
    }
  }

  /** A program that ends itself well has done what was to be done. */
  private static void start(Instance instance, String first) {
    try {
      instance.export(first).apply();
    } catch (WasmGuestExit exit) {
      if (exit.code() != 0) {
        throw exit;
      }
    }
  }

  private void useMemory(Instance instance) {
    if (this.linear != null) {
      return;
    }
    Memory found = instance.memory();
    if (found instanceof ContiguousMemory flat) {
      this.linear = flat;
      this.memory = new HostMemory(flat);
    } else if (found instanceof SharedMemory shared) {
      this.linear = shared;
      this.memory = new SharedHostMemory(shared.bytes());
    } else if (found instanceof LinkedMemory linked) {
      this.memory = new HostMemory(linked.memory());
    }
  }

  @Override
  public long[] call(int function, long... arguments) {
    ExportFunction called = this.functions[function];
    return this.threads == null
        ? run(called, arguments)
        : this.threads.call(
            this.exports.get(function).name().equals(PROGRAM), () -> run(called, arguments));
  }

  private long[] callElement(ExportFunction element, long... arguments) {
    return this.threads == null
        ? run(element, arguments)
        : this.threads.call(false, () -> run(element, arguments));
  }

  private static long[] run(ExportFunction function, long... arguments) {
    try {
      return results(function.apply(arguments));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw failure(failure);
    }
  }

  static WasmException failure(Throwable failure) {
    if (failure instanceof RuntimeException thrown) {
      return ChicoryFailures.whileRunning(thrown);
    }
    if (failure instanceof OutOfMemoryError full) {
      return new WasmExecutionException(
          WasmErrorCategory.MEMORY_LIMIT, "the heap is full: " + full.getMessage(), full);
    }
    return ChicoryFailures.stackOverflow(failure);
  }

  Instance chicory() {
    return Objects.requireNonNull(this.chicory);
  }

  @Nullable Memory chicoryMemory() {
    return this.chicoryMemory;
  }

  /** Chicory has {@code null} for functions without results. */
  private static long[] results(long @Nullable [] results) {
    return results != null ? results : NO_RESULTS;
  }

  @Override
  public @Nullable WasmMemory memory() {
    return this.memory;
  }

  @Override
  public WasmGlobal global(String export) {
    return HostGlobal.of(chicory(), export);
  }

  @Override
  public WasmTable table(String export) {
    return HostTable.of(chicory(), export, this::callElement);
  }

  @Override
  public long memorySize() {
    return this.linear != null ? this.linear.size() : 0;
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    return this.attributes.get(type, initial);
  }

  @Override
  public void close() {
    this.closed = true;
    if (this.storage != null) {
      this.storage.close();
    }
    if (this.threads != null) {
      this.threads.stop();
    }
    this.attributes.clear();
  }

  @Override
  public boolean remember() {
    if (this.sharesState || this.storage == null) {
      return false;
    }
    try {
      this.checkpoint = Checkpoint.of(chicory(), this.linear, this.storage.payer());
      return true;
    } catch (ChicoryInterruptedException | OutOfMemoryError impossible) {
      return false;
    }
  }

  @Override
  public boolean reset() {
    if (this.threads != null && !this.threads.areOver()) {
      return false;
    }
    this.attributes.clear();
    try {
      return this.checkpoint != null && !this.sharesState && this.checkpoint.restore();
    } catch (ChicoryInterruptedException interrupted) {
      return false;
    }
  }

  /**
   * For a host function, possibly one that the start function calls before all is attached.
   *
   * @param instance which called it; another one in each thread
   */
  HostCaller newCaller(Instance instance) {
    useMemory(instance);
    return new HostCaller(this, instance);
  }

  long[] callExport(Instance instance, String export, long... arguments) {
    WasmExportedFunction function =
        this.exports.stream()
            .filter(each -> each.name().equals(export))
            .findFirst()
            .orElseThrow(
                () ->
                    new NoSuchElementException("The module exports no function '" + export + "'"));
    RawArguments.check(function.describe(), function.type(), arguments);
    return callBack(instance.export(export), arguments);
  }

  /** For a host function: what the guest fails with goes through it. */
  static long[] callBack(ExportFunction function, long... arguments) {
    return results(function.apply(arguments));
  }
}
