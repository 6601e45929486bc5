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

  ContextFiller(GuestModule module, ModuleContents contents, GuestContext context) {
    this.module = module;
    this.contents = contents;
    this.context = context;
  }

  void fill(Limits limits, MemoryCharge charge, LinkedImports imports) {
    this.context.charge = charge;
    makeMemory(limits);
    makeTables(limits);
    this.context.data = new byte[this.module.facts.dataSegmentCount()][];
    this.context.elements = new int[this.module.facts.elementSegmentCount()][];
    WasmGlobalDefinition[] globals = imports.globals();
    for (int i = 0; i < globals.length; i++) {
      this.context.setGlobal(i, globals[i].initial().getAsLong());
    }
    this.contents.read(this, this.context::global);
  }

  private void makeMemory(Limits limits) {
    List<ExternalType.Memory> memories = this.module.facts.memories();
    if (!memories.isEmpty()) {
      Long maximum = memories.get(0).size().maximum();
      long pages = Math.min(limits.memory() >> 16, 32_767);
      this.context.maximumPages =
          (int) (maximum == null || maximum < 0 ? pages : Math.min(pages, maximum));
      this.context.memory = new byte[(int) memories.get(0).size().minimum() << 16];
    }
    this.context.charge.committed(this.context.memory.length);
  }

  private void makeTables(Limits limits) {
    List<ExternalType.Table> tables = this.module.facts.tables();
    this.context.tables = new int[tables.size()][];
    this.context.maximumElements = new long[tables.size()];
    this.context.elementsLeft = limits.tableElements();
    for (int i = 0; i < tables.size(); i++) {
      int[] elements = new int[(int) tables.get(i).size().minimum()];
      Arrays.fill(elements, TableInstructions.NULL);
      this.context.tables[i] = elements;
      Long maximum = tables.get(i).size().maximum();
      this.context.maximumElements[i] =
          maximum == null || maximum < 0 ? Integer.MAX_VALUE : maximum;
      this.context.elementsLeft -= elements.length;
    }
  }

  @Override
  public void global(int index, long value) {
    this.context.setGlobal(index, value);
  }

  @Override
  public void elements(int segment, int table, long offset, int[] elements, boolean keep) {
    GuestStop.ifInterruptedInStep(segment);
    this.context.elements[segment] = this.contents.keptElements(segment);
    if (offset >= 0) {
      int[] target = this.context.tables[table];
      if (offset > target.length - elements.length) {
        throw new Trap(Trap.TABLE);
      }
      System.arraycopy(elements, 0, target, (int) offset, elements.length);
    }
  }

  @Override
  public void data(int segment, long offset, int start, int end, boolean active) {
    GuestStop.ifInterruptedInStep(segment);
    this.context.data[segment] = this.contents.keptData(segment);
    if (active) {
      if (offset > this.context.memory.length - (end - start)) {
        throw new Trap(Trap.MEMORY);
      }
      System.arraycopy(this.module.bytes, start, this.context.memory, (int) offset, end - start);
    }
  }
}
