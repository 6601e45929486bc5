package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.ModuleContents;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.internal.engine.jvm.run.GuestStop;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import io.github.wasmspring.internal.engine.jvm.run.LinkedGlobal;
import io.github.wasmspring.internal.engine.jvm.run.LinkedTable;
import io.github.wasmspring.internal.engine.jvm.run.SharedLinearMemory;
import io.github.wasmspring.internal.engine.jvm.run.StorageAccount;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import io.github.wasmspring.internal.engine.jvm.run.Trap;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the memory, tables and globals of an instance what they are at first. Those of other
 * instances are theirs.
 */
final class ContextFiller implements ModuleContents.Target, ModuleContents.Globals {

  private final GuestModule module;
  private final ModuleContents contents;
  private final GuestContext context;
  private final LinkedImports imports;
  private boolean isFirst = true;

  ContextFiller(JvmInstance instance, ModuleContents contents, LinkedImports imports) {
    this.module = instance.module();
    this.contents = contents;
    this.context = instance.context();
    this.imports = imports;
  }

  /** For the first instance, which its threads have the memory and the account in common with. */
  void fill(Limits limits, MemoryCharge charge) {
    StorageAccount account = new StorageAccount(limits, charge);
    this.context.storage = account;
    makeMemories(account);
    begin();
    account.beginElements(this.context.elements());
    readContents();
  }

  /** For the instance of a thread, whose elements have been paid for. */
  void fillForThread(GuestContext first) {
    this.isFirst = false;
    this.context.storage = first.storage;
    use(new LinearMemory[] {((SharedLinearMemory) first.memories[0]).forThread()});
    begin();
    readContents();
  }

  /** How many elements the tables of an instance begin with. */
  static long elements(GuestModule module) {
    return module.facts.tables().stream().mapToLong(table -> table.size().minimum()).sum();
  }

  private void makeMemories(StorageAccount account) {
    LinearMemory[] memories = new LinearMemory[this.module.facts.memories().size()];
    List<LinearMemory> own = new ArrayList<>(memories.length);
    for (int i = 0; i < memories.length; i++) {
      JvmExternal linked = this.imports.linked(WasmExternalKind.MEMORY, i);
      if (linked != null) {
        memories[i] = linked.memory();
      } else {
        memories[i] =
            LinearMemory.of(this.module.facts.memories().get(i), this.module.memory(i), account);
        own.add(memories[i]);
      }
    }
    use(memories);
    account.begin(own.toArray(LinearMemory[]::new));
  }

  private void use(LinearMemory[] memories) {
    this.context.memories = memories;
    if (memories.length > 0) {
      this.context.memory = memories[0];
    }
  }

  private void begin() {
    makeTables();
    this.context.data = new byte[this.module.facts.dataSegmentCount()][];
    this.context.elements = new int[this.module.facts.elementSegmentCount()][];
    setImportedGlobals();
    if (this.imports.linkMutableGlobals()) {
      linkGlobals();
    }
  }

  private void readContents() {
    this.contents.read(this, this);
  }

  private void setImportedGlobals() {
    List<@Nullable WasmProvidedImport> globals = this.imports.globals();
    for (int i = 0; i < globals.size(); i++) {
      JvmExternal linked = this.imports.linked(WasmExternalKind.GLOBAL, i);
      if (linked != null) {
        LinkedGlobal global = global(i, linked);
        this.context.setGlobal(i, global.get());
        this.context.setUpperHalf(i, global.upperHalf());
      } else if (globals.get(i) instanceof WasmGlobalDefinition given) {
        this.context.setGlobal(i, given.initial().getAsLong());
      }
    }
  }

  private LinkedGlobal global(int index, JvmExternal linked) {
    int type = GuestModule.type(this.module.facts.globals().get(index).value());
    return new LinkedGlobal(
        linked.instance().context(),
        linked.index(),
        type == FunctionSignature.FUNCREF,
        this.context);
  }

  /** Code for globals of other instances asks for all that are imported and can be set. */
  private void linkGlobals() {
    LinkedGlobal[] globals = new LinkedGlobal[this.module.importedGlobals()];
    for (int i = 0; i < globals.length; i++) {
      JvmExternal linked = this.imports.linked(WasmExternalKind.GLOBAL, i);
      globals[i] =
          linked != null
              ? global(i, linked)
              : new LinkedGlobal(this.context, i, false, this.context);
    }
    this.context.linkedGlobals = globals;
  }

  private void makeTables() {
    List<ExternalType.Table> tables = this.module.facts.tables();
    this.context.tables = new int[tables.size()][];
    this.context.maximumElements = new long[tables.size()];
    boolean anyLinked = false;
    for (int i = 0; i < tables.size(); i++) {
      boolean own = this.imports.linked(WasmExternalKind.TABLE, i) == null;
      anyLinked |= !own;
      int[] elements = new int[own ? (int) tables.get(i).size().minimum() : 0];
      Arrays.fill(elements, TableInstructions.NULL);
      this.context.tables[i] = elements;
      Long maximum = tables.get(i).size().maximum();
      this.context.maximumElements[i] =
          maximum == null || maximum < 0 ? Integer.MAX_VALUE : maximum;
    }
    if (anyLinked) {
      linkTables(tables);
    }
  }

  private void linkTables(List<ExternalType.Table> tables) {
    LinkedTable[] linked = new LinkedTable[tables.size()];
    for (int i = 0; i < linked.length; i++) {
      JvmExternal other = this.imports.linked(WasmExternalKind.TABLE, i);
      linked[i] =
          new LinkedTable(
              other == null ? this.context : other.instance().context(),
              other == null ? i : other.index(),
              GuestModule.type(tables.get(i).element()) == FunctionSignature.FUNCREF,
              this.context);
    }
    this.context.linkedTables = linked;
  }

  @Override
  public void table(int index, int value) {
    Arrays.fill(this.context.tables[index], value);
  }

  @Override
  public long get(int index) {
    return this.context.global(index);
  }

  @Override
  public long upperHalf(int index) {
    return this.context.upperHalf(index);
  }

  @Override
  public void global(int index, long value, long upperHalf) {
    this.context.setGlobal(index, value);
    this.context.setUpperHalf(index, upperHalf);
  }

  @Override
  public void elements(int segment, int table, long offset, int[] elements, boolean keep) {
    GuestStop.ifInterruptedInStep(segment);
    this.context.elements[segment] = this.contents.keptElements(segment);
    LinkedTable linked = table < 0 ? null : LinkedTable.ofOther(this.context, table);
    if (linked != null) {
      int target = offset == (int) offset ? (int) offset : -1;
      linked.init(target, 0, elements.length, elements);
    } else if (table >= 0) {
      int[] target = this.context.tables[table];
      if (offset < 0 || offset > target.length - elements.length) {
        throw new Trap(Trap.TABLE);
      }
      System.arraycopy(elements, 0, target, (int) offset, elements.length);
    }
  }

  @Override
  public void data(int segment, int memory, long offset, int start, int end) {
    GuestStop.ifInterruptedInStep(segment);
    this.context.data[segment] = this.contents.keptData(segment);
    if (memory >= 0 && this.isFirst) {
      LinearMemory target = this.context.memories[memory];
      target.check(offset, end - start);
      target.write((int) offset, this.contents.bytes(), start, end - start);
    }
  }
}
