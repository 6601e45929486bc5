package io.github.wasmspring.feature;

import io.github.wasmspring.feature.ModuleCursor.Lost;
import java.util.BitSet;

/** Goes through the sections of a module; one that is damaged does not keep it from the next. */
final class SectionScan {

  private static final int HEADER = 8;

  private final ModuleCursor in;
  private final FeatureLog log;
  private final TypeScan types;
  private final InstructionScan instructions;
  private final BitSet changingGlobals = new BitSet();
  private int globals;
  private int memories;
  private int tables;
  private int importedFunctions;

  SectionScan(ModuleCursor in, FeatureLog log) {
    this.in = in;
    this.log = log;
    this.types = new TypeScan(in, log);
    this.instructions = new InstructionScan(in, log, this.types);
  }

  void scan() {
    int end = this.in.end();
    try {
      this.in.skip(HEADER);
      while (this.in.hasMore()) {
        int id = this.in.octet();
        long length = this.in.number();
        int start = this.in.position();
        this.in.skip(length);
        int next = this.in.position();
        this.in.window(start, next);
        section(id);
        this.in.window(next, end);
      }
    } catch (Lost ended) {
      // What was seen up to here is all that can be said.
    }
  }

  private void section(int id) {
    try {
      switch (id) {
        case 1, 2, 4, 5, 6, 7, 9, 11 -> {
          for (long left = this.in.number(); left > 0; left--) {
            entry(id);
          }
        }
        case 10 -> code();
        case 12 -> met(WasmFeature.BULK_MEMORY);
        case 13 -> {
          this.log.at(this.in.position());
          this.log.metException();
        }
        default -> {}
      }
    } catch (Lost damaged) {
      // The next section is found all the same.
    }
  }

  private void entry(int section) {
    switch (section) {
      case 1 -> this.types.definition();
      case 2 -> imported();
      case 4 -> table();
      case 5 -> memory();
      case 6 -> global();
      case 7 -> export();
      case 9 -> elements();
      default -> data();
    }
  }

  private void met(WasmFeature feature) {
    this.log.at(this.in.position());
    this.log.met(feature);
  }

  private void imported() {
    this.in.skipText();
    this.in.skipText();
    int kind = this.in.octet();
    switch (kind) {
      case 0 -> {
        this.in.number();
        this.importedFunctions++;
      }
      case 1 -> tableType();
      case 2 -> memory();
      case 3 -> {
        this.types.value();
        if (mutability()) {
          met(WasmFeature.MUTABLE_GLOBALS);
        }
      }
      case 4 -> {
        this.log.at(this.in.position());
        this.log.metException();
        this.in.octet();
        this.in.number();
      }
      default -> throw new Lost();
    }
  }

  private boolean mutability() {
    boolean changes = this.in.octet() == 1;
    this.changingGlobals.set(this.globals++, changes);
    return changes;
  }

  private void table() {
    if (this.in.peek() != 0x40) {
      tableType();
      return;
    }
    met(WasmFeature.TYPED_FUNCTION_REFERENCES);
    this.in.skip(2);
    tableType();
    this.instructions.constant();
  }

  private void tableType() {
    if (++this.tables == 2) {
      met(WasmFeature.REFERENCE_TYPES);
    }
    this.types.element();
    this.types.limits();
  }

  private void memory() {
    if (++this.memories == 2) {
      met(WasmFeature.MULTI_MEMORY);
    }
    this.types.limits();
  }

  private void global() {
    this.types.value();
    mutability();
    this.instructions.constant();
  }

  private void export() {
    this.in.skipText();
    boolean isGlobal = this.in.octet() == 3;
    int position = this.in.position();
    long index = this.in.number();
    if (isGlobal && index < this.globals && this.changingGlobals.get((int) index)) {
      this.log.at(position);
      this.log.met(WasmFeature.MUTABLE_GLOBALS);
    }
  }

  private void elements() {
    this.log.at(this.in.position());
    int flags = (int) this.in.number();
    if (flags > 7) {
      throw new Lost();
    }
    boolean active = (flags & 1) == 0;
    if (flags != 0) {
      this.log.met(WasmFeature.BULK_MEMORY);
    }
    if (active) {
      if ((flags & 2) != 0 && this.in.number() != 0) {
        this.log.met(WasmFeature.REFERENCE_TYPES);
      }
      this.instructions.constant();
    } else if ((flags & 2) != 0) {
      this.log.met(WasmFeature.REFERENCE_TYPES);
    }
    boolean expressions = (flags & 4) != 0;
    if ((flags & 3) != 0) {
      if (expressions) {
        this.types.element();
      } else {
        this.in.octet();
      }
    }
    for (long left = this.in.number(); left > 0; left--) {
      if (expressions) {
        this.instructions.element();
      } else {
        this.in.number();
      }
    }
  }

  private void data() {
    this.log.at(this.in.position());
    long flags = this.in.number();
    if (flags > 2) {
      throw new Lost();
    }
    if (flags != 0) {
      this.log.met(WasmFeature.BULK_MEMORY);
    }
    if (flags == 2 && this.in.number() != 0) {
      this.log.met(WasmFeature.MULTI_MEMORY);
    }
    if (flags != 1) {
      this.instructions.constant();
    }
    this.in.skipText();
  }

  private void code() {
    int end = this.in.end();
    long bodies = this.in.number();
    for (long body = 0; body < bodies; body++) {
      long length = this.in.number();
      int start = this.in.position();
      this.in.skip(length);
      int next = this.in.position();
      this.log.enter((int) (this.importedFunctions + body));
      this.in.window(start, next);
      body();
      this.in.window(next, end);
    }
    this.log.enter(-1);
  }

  private void body() {
    try {
      for (long runs = this.in.number(); runs > 0; runs--) {
        this.in.number();
        this.types.value();
      }
      this.instructions.body();
    } catch (Lost unknown) {
      // The next function is found all the same.
    }
  }
}
