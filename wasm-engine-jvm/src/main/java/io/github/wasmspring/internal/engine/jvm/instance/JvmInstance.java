package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmGuestExit;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.GuestThreads;
import io.github.wasmspring.internal.engine.HostStackRoom;
import io.github.wasmspring.internal.engine.InstanceAttributes;
import io.github.wasmspring.internal.engine.RawArguments;
import io.github.wasmspring.internal.engine.ThreadImport;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.run.Failures;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.module.WasmExternalValue;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An instance, and what the host keeps with it. */
final class JvmInstance implements WasmInstance, GuestContext.Host {

  private final JvmCode code;
  private GuestCode form;
  private final GuestContext context;
  private final LinkedImports imports;
  private final InstanceAttributes attributes;
  private final GuestFunction[] functions;
  private @Nullable WasmMemory memory;
  private @Nullable GuestThreads threads;
  private boolean hasRun;
  private int hostCalls;
  private @Nullable Beginning beginning;
  private @Nullable FunctionNumbers numbers;

  /** Whether other instances have some of its memories, tables or globals, or it some of theirs. */
  private boolean sharesState;

  private boolean closed;

  JvmInstance(JvmCode code, GuestCode form, LinkedImports imports) {
    this(code, form, imports, new InstanceAttributes());
  }

  private JvmInstance(
      JvmCode code, GuestCode form, LinkedImports imports, InstanceAttributes attributes) {
    this.code = code;
    this.form = form;
    this.context = form.newContext();
    this.imports = imports;
    this.attributes = attributes;
    this.functions = new GuestFunction[code.exports.count()];
    this.context.host = this;
    this.sharesState = imports.shareState();
  }

  /** Whose state a context is. */
  static JvmInstance of(GuestContext context) {
    return (JvmInstance) context.host;
  }

  @Override
  public long[] callImported(int function, long[] arguments) {
    if (!this.imports.isLinked(function)) {
      HostStackRoom.require();
    }
    this.hostCalls++;
    try {
      return this.threads == null
          ? this.imports.function(function).call(this, arguments)
          : callHostWithThreads(this.threads, function, arguments);
    } finally {
      this.hostCalls--;
    }
  }

  private long[] callHostWithThreads(GuestThreads running, int function, long... arguments) {
    if (this.imports.startsThreads(function)) {
      return new long[] {running.start((int) arguments[0])};
    }
    running.enterHost();
    try {
      return this.imports.function(function).call(this, arguments);
    } finally {
      running.leaveHost();
    }
  }

  @Override
  public long[] callForeign(int reference, int type, long[] arguments) {
    this.hostCalls++;
    try {
      return numbers().call(reference, type, arguments);
    } finally {
      this.hostCalls--;
    }
  }

  @Override
  public int carry(int reference, GuestContext to) {
    FunctionAddress referred = numbers().address(reference);
    return referred == null ? FunctionNumbers.NO_FUNCTION : of(to).numbers().of(referred);
  }

  GuestContext context() {
    return this.context;
  }

  GuestModule module() {
    return this.form.module;
  }

  /** By which it refers to functions of its own and of others. */
  FunctionNumbers numbers() {
    FunctionNumbers known = this.numbers;
    if (known == null) {
      known = new FunctionNumbers(this);
      this.numbers = known;
    }
    return known;
  }

  /** {@code null} for all but functions of other instances. */
  private @Nullable LinkedFunction foreign(int function) {
    return this.numbers == null ? null : this.numbers.foreign(function);
  }

  /** Where a function of the module is, which may be imported from another instance. */
  FunctionAddress addressOf(int function) {
    JvmExternal linked = this.imports.linked(WasmExternalKind.FUNCTION, function);
    return linked == null
        ? new FunctionAddress(this, function)
        : new FunctionAddress(linked.instance(), linked.index());
  }

  /** Which tag one of the module is. */
  TagAddress tagAddress(int tag) {
    JvmExternal linked = this.imports.linked(WasmExternalKind.TAG, tag);
    return linked == null
        ? new TagAddress(this, module().tags.identity(tag))
        : linked.instance().tagAddress(linked.index());
  }

  /** The first of the module's tags that is a certain one, -1 if none is. */
  int tagOf(TagAddress address) {
    for (int i = 0; i < module().facts.tags().size(); i++) {
      if (tagAddress(i).equals(address)) {
        return i;
      }
    }
    return -1;
  }

  boolean isClosed() {
    return this.closed;
  }

  void fill(Limits limits, MemoryCharge charge) {
    filler().fill(limits, charge);
    useMemory();
  }

  private ContextFiller filler() {
    return new ContextFiller(this, this.code.contents, this.imports);
  }

  private void useMemory() {
    if (this.context.memory != null) {
      this.memory = this.context.memory.forHost();
    }
  }

  /**
   * Lets the guest start threads.
   *
   * @param most how many there may be at a time
   */
  void allowThreads(ThreadFactory factory, int most) {
    this.threads = new GuestThreads(factory, most, new ThreadOfGuest(this, this.form.module));
  }

  /** A further instance over the same memory, for a thread of this one. */
  JvmInstance forThread() {
    JvmInstance instance = new JvmInstance(this.code, this.form, this.imports, this.attributes);
    instance.threads = this.threads;
    instance.filler().fillForThread(this.context);
    instance.useMemory();
    return instance;
  }

  /** The whole life of an instance that is made for a thread. */
  void runThread(int id, int argument) {
    startModule();
    WasmExportedFunction start =
        Objects.requireNonNull(this.code.exports.named(ThreadImport.START));
    exported(start.index()).invoke(new long[] {id, argument}, this.context);
  }

  private void startModule() {
    int start = this.code.module.facts.startFunction();
    if (start >= 0) {
      begin(this.form.entry(start));
    }
  }

  /** Runs the start function, and what reactors want called before everything else. */
  void start(@Nullable String first) {
    startModule();
    WasmExportedFunction initialize = this.code.exports.named("_initialize");
    if (initialize != null
        && initialize.type().params().isEmpty()
        && initialize.type().results().isEmpty()) {
      begin(exported(initialize.index()));
    }
    if (first != null) {
      runToItsEnd(Objects.requireNonNull(this.code.exports.named(first)));
    }
    if (this.threads != null) {
      this.threads.await();
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
    codeOfCall();
    GuestFunction entry = this.functions[function];
    if (entry == null) {
      entry = exported(function);
      this.functions[function] = entry;
    }
    return this.threads == null
        ? run(entry, arguments)
        : callWithThreads(this.threads, function, entry, arguments);
  }

  private long[] callWithThreads(
      GuestThreads running, int function, GuestFunction entry, long... arguments) {
    boolean program = this.code.exports.isProgram(function);
    return running.call(program, () -> run(entry, arguments));
  }

  private long[] run(GuestFunction function, long... arguments) {
    try {
      return function.invoke(arguments, this.context);
    } catch (RuntimeException | VirtualMachineError failure) {
      throw Failures.of(failure);
    }
  }

  private GuestFunction exported(int export) {
    return this.form.entry(this.code.exports.index(export));
  }

  /**
   * What a call runs that the host makes. The other form of the code takes over between two calls,
   * when nothing of the first is on the stack; a host function runs on top of it. What other
   * instances have too stays as their code knows it.
   */
  GuestCode codeOfCall() {
    if (this.context.hasCopiedMuch && this.hostCalls == 0 && !this.sharesState) {
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
    WasmExportedFunction function = this.code.exports.named(export);
    if (function == null) {
      throw new NoSuchElementException("The module exports no function '" + export + "'");
    }
    RawArguments.check(function.describe(), function.type(), arguments);
    return callBack(this.code.exports.index(function.index()), arguments);
  }

  /**
   * The same for any function.
   *
   * @param function see {@link FunctionNumbers}
   */
  long[] callBack(int function, long... arguments) {
    LinkedFunction foreign = foreign(function);
    if (foreign != null) {
      return foreign.call(this, arguments.clone());
    }
    try {
      return this.form.entry(function).invoke(arguments, this.context);
    } catch (RuntimeException failure) {
      throw Failures.inGuest(failure);
    } finally {
      // What a full stack has kept from being called is not for the caller of the host function.
      this.context.pending = null;
    }
  }

  @Override
  public @Nullable WasmMemory memory() {
    return this.memory;
  }

  /**
   * For an instance that has a function of this one: what it fails with goes through the other
   * one's frames.
   */
  long[] callLinked(int function, long... arguments) {
    this.hasRun = true;
    try {
      return codeOfCall().entry(function).invoke(arguments, this.context);
    } finally {
      this.context.pending = null;
    }
  }

  @Override
  public WasmExternalValue external(String export) {
    ModuleExport found = this.code.allExports.named(export);
    JvmExternal external = new JvmExternal(this, found.type(), found.index());
    JvmExternal imported = this.imports.linked(external.kind(), found.index());
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

  @Override
  public WasmGlobal global(String export) {
    ContextGlobal global = ContextGlobal.of(export, this.code.module.facts, this.context);
    JvmExternal linked = this.imports.linked(WasmExternalKind.GLOBAL, global.index());
    return linked == null ? global : global.in(linked.instance().context, linked.index());
  }

  @Override
  public WasmTable table(String export) {
    return table(export, owner -> owner::callElement);
  }

  /**
   * @param function see {@link FunctionNumbers}
   */
  private long[] callElement(int function, long... arguments) {
    LinkedFunction foreign = foreign(function);
    if (foreign != null) {
      return callForeignElement(foreign, arguments);
    }
    GuestFunction element = codeOfCall().entry(function);
    return this.threads == null
        ? run(element, arguments)
        : this.threads.call(false, () -> run(element, arguments));
  }

  private long[] callForeignElement(LinkedFunction function, long... arguments) {
    this.hostCalls++;
    try {
      return function.call(this, arguments.clone());
    } catch (RuntimeException | VirtualMachineError failure) {
      throw Failures.of(failure);
    } finally {
      this.hostCalls--;
    }
  }

  /**
   * @param calls runs what is in an element, in the instance that has the table
   */
  ContextTable table(String export, Function<JvmInstance, ContextTable.Calls> calls) {
    int index = ContextTable.index(export, this.code.module.facts);
    JvmExternal linked = this.imports.linked(WasmExternalKind.TABLE, index);
    JvmInstance owner = linked == null ? this : linked.instance();
    int place = linked == null ? index : linked.index();
    return ContextTable.of(export, owner, place, calls.apply(owner));
  }

  /** The type of a function that an element refers to. */
  WasmFunctionType functionType(int function) {
    LinkedFunction foreign = foreign(function);
    return foreign == null
        ? this.code.functionType(function)
        : foreign.address().instance().code.functionType(foreign.address().function());
  }

  @Override
  public long memorySize() {
    return this.context.storage.size();
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    return this.attributes.get(type, initial);
  }

  @Override
  public boolean reset() {
    if (this.threads != null && !this.threads.areOver()) {
      return false;
    }
    this.attributes.clear();
    return this.beginning != null && !this.sharesState && this.beginning.restore(this.context);
  }

  /** Keeps what {@link #reset} brings back, if somebody pays for it. */
  @Override
  public boolean remember() {
    if (this.sharesState) {
      return false;
    }
    try {
      this.beginning =
          Beginning.of(
              this.context,
              this.code.module.facts.globals().size(),
              this.code.initialData(),
              this.hasRun,
              this.context.storage.payer());
    } catch (OutOfMemoryError full) {
      this.beginning = null;
    }
    return this.beginning != null;
  }

  @Override
  public JvmSnapshot snapshot() {
    String impossible =
        this.sharesState
            ? "it has memories, tables or globals in common with other instances"
            : this.threads != null ? "its guest may start threads" : this.attributes.held();
    if (impossible != null) {
      throw new UnsupportedOperationException(impossible);
    }
    Beginning kept =
        Beginning.of(
            this.context,
            this.code.module.facts.globals().size(),
            this.code.initialData(),
            true,
            MemoryCharge.NONE);
    if (kept == null) {
      throw new UnsupportedOperationException("its memory is too large for an array of the JVM");
    }
    return new JvmSnapshot(this.code, kept);
  }

  /**
   * Begins as another instance was.
   *
   * @return {@code false} if there is no room
   */
  boolean begin(Beginning from) {
    this.hasRun = true;
    this.beginning = from;
    return from.begin(this.context);
  }

  @Override
  public byte @Nullable [] save() {
    Beginning began = this.beginning;
    boolean whole =
        this.threads == null
            && !this.sharesState
            && this.hostCalls == 0
            && this.attributes.isEmpty();
    return began == null || !whole
        ? null
        : InstanceDifference.write(began, this.context, this.code);
  }

  @Override
  public boolean load(byte[] state) {
    Beginning began = this.beginning;
    boolean whole = this.threads == null && !this.sharesState && this.hostCalls == 0;
    if (began == null || !whole) {
      return false;
    }
    this.attributes.clear();
    return InstanceDifference.read(state, began, this.context, this.code);
  }

  @Override
  public void close() {
    abandon();
    this.closed = true;
    this.context.storage.close();
    if (this.numbers != null) {
      this.numbers.close();
    }
  }

  /**
   * Lets go of what the host keeps with an instance that could not be started. Others may have
   * functions of it in their tables, and can call them.
   */
  void abandon() {
    if (this.threads != null) {
      this.threads.stop();
    }
    this.attributes.clear();
  }
}
