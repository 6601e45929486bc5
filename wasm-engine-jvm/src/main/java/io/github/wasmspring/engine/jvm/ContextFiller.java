package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.util.Arrays;
import java.util.List;

/** Makes the memory, tables and globals of an instance what they are at first. */
final class ContextFiller implements ModuleContents.Target {

  private final GuestModule module;
  private final ModuleContents contents;
  private final GuestContext context;
  private boolean isFirst = true;

  ContextFiller(GuestModule module, ModuleContents contents, GuestContext context) {
    this.module = module;
    this.contents = contents;
    this.context = context;
  }

  /** For the first instance, which its threads have the memory and the account in common with. */
  void fill(Limits limits, MemoryCharge charge, LinkedImports imports) {
    StorageAccount account = new StorageAccount(limits, charge);
    this.context.storage = account;
    use(LinearMemory.of(this.module, account));
    account.begin(this.context.memories);
    account.beginElements(elements(this.module));
    begin(imports);
  }

  /** For the instance of a thread, whose elements have been paid for. */
  void fillForThread(GuestContext first, LinkedImports imports) {
    this.isFirst = false;
    this.context.storage = first.storage;
    use(new LinearMemory[] {((SharedLinearMemory) first.memories[0]).forThread()});
    begin(imports);
  }

  /** How many elements the tables of an instance begin with. */
  static long elements(GuestModule module) {
    return module.facts.tables().stream().mapToLong(table -> table.size().minimum()).sum();
  }

  private void use(LinearMemory[] memories) {
    this.context.memories = memories;
    if (memories.length > 0) {
      this.context.memory = memories[0];
    }
  }

  private void begin(LinkedImports imports) {
    makeTables();
    this.context.data = new byte[this.module.facts.dataSegmentCount()][];
    this.context.elements = new int[this.module.facts.elementSegmentCount()][];
    WasmGlobalDefinition[] globals = imports.globals();
    for (int i = 0; i < globals.length; i++) {
      this.context.setGlobal(i, globals[i].initial().getAsLong());
    }
    this.contents.read(this, this.context::global);
  }

  private void makeTables() {
    List<ExternalType.Table> tables = this.module.facts.tables();
    this.context.tables = new int[tables.size()][];
    this.context.maximumElements = new long[tables.size()];
    for (int i = 0; i < tables.size(); i++) {
      int[] elements = new int[(int) tables.get(i).size().minimum()];
      Arrays.fill(elements, TableInstructions.NULL);
      this.context.tables[i] = elements;
      Long maximum = tables.get(i).size().maximum();
      this.context.maximumElements[i] =
          maximum == null || maximum < 0 ? Integer.MAX_VALUE : maximum;
    }
  }

  @Override
  public void table(int index, int value) {
    Arrays.fill(this.context.tables[index], value);
  }

  @Override
  public void global(int index, long value) {
    this.context.setGlobal(index, value);
  }

  @Override
  public void elements(int segment, int table, long offset, int[] elements, boolean keep) {
    GuestStop.ifInterruptedInStep(segment);
    this.context.elements[segment] = this.contents.keptElements(segment);
    if (table >= 0) {
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
