package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;

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

  /** The type of an index, as descriptors have it. */
  private char index(int table) {
    return this.module.facts.tables().get(table).size().is64() ? 'J' : 'I';
  }

  /**
   * @param index of the type of indices
   */
  private void call(char index, String name, String operands, char result, int... constants) {
    String owner = index == 'J' ? Names.TABLES_64 : Names.TABLES;
    this.method.call(owner, name, operands, result, constants);
  }

  private void push(char index) {
    this.method.push(index == 'J' ? FunctionSignature.I64 : FunctionSignature.I32);
  }

  /** The index of the function that is called through a table. */
  void function(int table) {
    char index = index(table);
    this.method.pop();
    call(index, "function", "" + index, 'I', table);
  }

  void get() {
    int table = this.in.index();
    char index = index(table);
    this.method.pop();
    call(index, "get", "" + index, 'I', table);
    this.method.push(GuestModule.type(this.module.facts.tables().get(table).element()));
  }

  void set() {
    int table = this.in.index();
    char index = index(table);
    this.method.pop(2);
    call(index, "set", index + "I", 'V', table);
  }

  void init() {
    int segment = this.in.index();
    int table = this.in.index();
    char index = index(table);
    this.method.pop(3);
    call(index, "init", index + "II", 'V', segment, table);
  }

  void dropSegment() {
    call('I', "drop", "", 'V', this.in.index());
  }

  void copy() {
    int to = this.in.index();
    int from = this.in.index();
    char target = index(to);
    char source = index(from);
    char count = target == source ? target : 'I';
    this.method.pop(3);
    call(target == 'J' ? target : source, "copy", "" + target + source + count, 'V', to, from);
  }

  void grow() {
    int table = this.in.index();
    char index = index(table);
    this.method.pop(2);
    call(index, "grow", "I" + index, index, table);
    push(index);
  }

  void size() {
    int table = this.in.index();
    char index = index(table);
    call(index, "size", "", index, table);
    push(index);
  }

  void fill() {
    int table = this.in.index();
    char index = index(table);
    this.method.pop(3);
    call(index, "fill", index + "I" + index, 'V', table);
  }
}
