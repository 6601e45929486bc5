package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.Opcode;
import java.util.List;

/**
 * A function as instructions.
 *
 * @param type of the function
 * @param locals the types of its locals, parameters first
 */
record FunctionCode(Signature type, List<LocalType> locals, List<Instruction> instructions) {

  void write(ByteWriter out, ModuleContext module) {
    write(out, module, new OriginalOffsets.Log());
  }

  /**
   * @param log is told where instructions stood before that are written
   */
  void write(ByteWriter out, ModuleContext module, OriginalOffsets.Log log) {
    writeLocals(out);
    int last = this.instructions.size() - 1;
    for (int i = 0; i < last; i++) {
      this.instructions.get(i).write(out, module, log);
    }
    // Chicory takes two ends at the end of a function for one, and loses its way to the second.
    if (last > 0 && this.instructions.get(last - 1).opcode() == Opcode.END) {
      out.octet(Opcode.NOP);
    }
    this.instructions.get(last).write(out, module, log);
  }

  private void writeLocals(ByteWriter out) {
    ByteWriter runs = new ByteWriter();
    int count = 0;
    int next = this.type.parameters().size();
    while (next < this.locals.size()) {
      int first = next;
      LocalType each = this.locals.get(first);
      while (next < this.locals.size() && this.locals.get(next) == each) {
        next++;
      }
      runs.unsigned(next - first).octet(each.code());
      count++;
    }
    out.unsigned(count).bytes(runs.toBytes());
  }
}
