package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.InstanceAttributes;
import io.github.wasmspring.internal.engine.RawArguments;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance, and what the host keeps with it. */
final class JvmInstance implements WasmInstance {

  private final JvmCode code;
  private GuestCode form;
  private final GuestContext context;
  private final LinkedImports imports;
  private final InstanceAttributes attributes = new InstanceAttributes();
  private final GuestFunction[] functions;
  private @Nullable WasmMemory memory;
  private boolean hasRun;
  private @Nullable Beginning beginning;

  JvmInstance(JvmCode code, GuestCode form, GuestContext context, LinkedImports imports) {
    this.code = code;
    this.form = form;
    this.context = context;
    this.imports = imports;
    this.functions = new GuestFunction[code.exports().size()];
  }

  GuestContext context() {
    return this.context;
  }

  void fill(Limits limits, MemoryCharge charge) {
    this.context.host =
        (function, arguments) -> this.imports.function(function).call(this, arguments);
    new ContextFiller(this.form.module, this.code.contents, this.context)
        .fill(limits, charge, this.imports);
    if (this.context.memory != null) {
      this.memory = new ContextMemory(this.context.memory);
    }
  }

  /** Runs the start function, and what reactors want called before everything else. */
  void start(@Nullable String first) {
    int start = this.code.module.facts.startFunction();
    if (start >= 0) {
      begin(this.form.entry(start));
    }
    WasmExportedFunction initialize = this.code.exports().get("_initialize");
    if (initialize != null
        && initialize.type().params().isEmpty()
        && initialize.type().results().isEmpty()) {
      begin(exported(initialize.index()));
    }
    if (first != null) {
      runToItsEnd(Objects.requireNonNull(this.code.exports().get(first)));
    }
  }

  private void begin(GuestFunction function) {
    this.hasRun = true;
    function.invoke(GuestContext.NO_VALUES, this.context);
  }

  /** A program that ends itself well has done what was to be done. */
  private void runToItsEnd(WasmExportedFunction program) {
    try {
      begin(exported(program.index()));
    } catch (WasmGuestExit exit) {
      if (exit.code() != 0) {
        throw exit;
      }
    }
  }

  @Override
  public long[] call(int function, long... arguments) {
    if (this.context.hasCopiedMuch) {
      makeRoom();
    }
    codeOfCall();
    try {
      GuestFunction entry = this.functions[function];
      if (entry == null) {
        entry = exported(function);
        this.functions[function] = entry;
      }
      return entry.invoke(arguments, this.context);
    } catch (RuntimeException | VirtualMachineError failure) {
      throw Failures.of(failure);
    }
  }

  private GuestFunction exported(int export) {
    return this.form.entry(this.code.exported(export));
  }

  /**
   * What a call runs that the host makes, and no host function. The other form of the code takes
   * over between two calls, when nothing of it is on the stack.
   */
  GuestCode codeOfCall() {
    if (this.context.hasCopiedMuch) {
      makeRoom();
    }
    return this.form;
  }

  private void makeRoom() {
    this.code.roomy.want();
    GuestCode roomy = this.code.roomy.code();
    if (roomy != null) {
      this.form = roomy;
      Arrays.fill(this.functions, null);
      roomy.adopt(this.context);
    }
  }

  /**
   * For a host function: what the guest fails with goes through it.
   *
   * @throws NoSuchElementException if no function is exported under the name
   * @throws IllegalArgumentException if it takes other arguments
   */
  long[] callBack(String export, long... arguments) {
    WasmExportedFunction function = this.code.exports().get(export);
    if (function == null) {
      throw new NoSuchElementException("The module exports no function '" + export + "'");
    }
    RawArguments.check(function.describe(), function.type(), arguments);
    return callBack(this.code.exported(function.index()), arguments);
  }

  /** The same for any function. */
  long[] callBack(int function, long... arguments) {
    try {
      return this.form.entry(function).invoke(arguments, this.context);
    } catch (RuntimeException failure) {
      throw Failures.inGuest(failure);
    }
  }

  @Override
  public @Nullable WasmMemory memory() {
    return this.memory;
  }

  @Override
  public WasmGlobal global(String export) {
    for (ModuleExport each : this.code.module.facts.exports()) {
      if (each.type() instanceof ExternalType.Global && each.name().equals(export)) {
        WasmGlobalType type = this.code.globalType(each.index());
        if (type.value().ordinal() > WasmValueType.F64.ordinal()) {
          throw new IllegalArgumentException(
              "The global '%s' holds a %s, which is no number".formatted(export, type.value()));
        }
        return new ContextGlobal(export, this.context, each.index(), type);
      }
    }
    throw new NoSuchElementException("The module exports no global '" + export + "'");
  }

  @Override
  public WasmTable table(String export) {
    return table(export, this::callElement);
  }

  private long[] callElement(int function, long... arguments) {
    GuestFunction element = codeOfCall().entry(function);
    try {
      return element.invoke(arguments, this.context);
    } catch (RuntimeException | VirtualMachineError failure) {
      throw Failures.of(failure);
    }
  }

  /**
   * @param calls runs what is in an element
   */
  ContextTable table(String export, ContextTable.Calls calls) {
    return ContextTable.of(export, this.code, this.context, calls);
  }

  @Override
  public long memorySize() {
    return this.context.memorySize();
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    return this.attributes.get(type, initial);
  }

  @Override
  public boolean reset() {
    close();
    return this.beginning != null && this.beginning.restore(this.context);
  }

  /** Keeps what {@link #reset} brings back, if somebody pays for it. */
  void remember() {
    this.beginning =
        Beginning.of(
            this.context,
            this.code.module.facts.globals().size(),
            this.code.initialData(),
            this.hasRun);
  }

  @Override
  public void close() {
    this.attributes.clear();
  }
}
