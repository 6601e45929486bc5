package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.FunctionSignature.I32;

import io.github.wasmspring.binary.BinaryCursor;

/** Instructions on tables, which are calls of {@link TableInstructions}. */
final class TableCompiler {

  private final BinaryCursor in;
  private final GuestModule module;
  private final MethodBody method;

  TableCompiler(BinaryCursor in, GuestModule module, MethodBody method) {
    this.in = in;
    this.module = module;
    this.method = method;
  }

  void get() {
    int table = this.in.index();
    this.method.pop();
    this.method.call(Names.TABLES, "get", "I", 'I', table);
    this.method.push(GuestModule.type(this.module.facts.tables().get(table).element()));
  }

  void set() {
    this.method.pop(2);
    this.method.call(Names.TABLES, "set", "II", 'V', this.in.index());
  }

  void init() {
    this.method.pop(3);
    this.method.call(Names.TABLES, "init", "III", 'V', this.in.index(), this.in.index());
  }

  void dropSegment() {
    this.method.call(Names.TABLES, "drop", "", 'V', this.in.index());
  }

  void copy() {
    this.method.pop(3);
    this.method.call(Names.TABLES, "copy", "III", 'V', this.in.index(), this.in.index());
  }

  void grow() {
    this.method.pop(2);
    this.method.call(Names.TABLES, "grow", "II", 'I', this.in.index());
    this.method.push(I32);
  }

  void size() {
    this.method.call(Names.TABLES, "size", "", 'I', this.in.index());
    this.method.push(I32);
  }

  void fill() {
    this.method.pop(3);
    this.method.call(Names.TABLES, "fill", "III", 'V', this.in.index());
  }
}
