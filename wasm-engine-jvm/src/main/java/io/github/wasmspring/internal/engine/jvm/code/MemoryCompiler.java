package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.MemoryForm;
import io.github.wasmspring.internal.engine.jvm.run.MemoryInstructions;
import org.objectweb.asm.Opcodes;

/**
 * Instructions on whole memories and on many bytes, which are calls of {@link MemoryInstructions}.
 */
final class MemoryCompiler {

  private final BinaryCursor in;
  private final GuestModule module;
  private final MethodBody method;

  MemoryCompiler(BinaryCursor in, GuestModule module, MethodBody method) {
    this.in = in;
    this.module = module;
    this.method = method;
  }

  private MemoryForm form(int memory) {
    return this.module.memory(memory);
  }

  void size() {
    int memory = this.in.index();
    MemoryForm form = form(memory);
    int start = loadSize(memory);
    this.method.code.constant(form.pageBits());
    this.method.code.add(Opcodes.IUSHR);
    if (form.is64()) {
      this.method.code.add(Opcodes.I2L);
    }
    this.method.stack.push(form.addressType(), start);
  }

  private int loadSize(int memory) {
    if (form(memory).isShared()) {
      return this.method.call(Names.SHARED, "size", "", 'I', memory);
    }
    int start = this.method.loadMemory(memory);
    this.method.code.add(Opcodes.GETFIELD, Names.SIZE_FIELD);
    return start;
  }

  void grow() {
    int memory = this.in.index();
    MemoryForm form = form(memory);
    this.method.pop();
    call("grow", String.valueOf(form.address()), form.address(), memory);
    this.method.code.add(InstructionBuffer.RELOAD_MEMORY);
    this.method.stack.seal();
    this.method.push(form.is64() ? I64 : I32);
  }

  void init() {
    int segment = this.in.index();
    int memory = this.in.index();
    this.method.pop(3);
    call("init", form(memory).address() + "II", 'V', segment, memory);
  }

  void dropSegment() {
    call("drop", "", 'V', this.in.index());
  }

  void copy() {
    int to = this.in.index();
    int from = this.in.index();
    char target = form(to).address();
    char source = form(from).address();
    this.method.pop(3);
    call("copy", "" + target + source + (target == source ? target : 'I'), 'V', to, from);
  }

  void fill() {
    int memory = this.in.index();
    char address = form(memory).address();
    this.method.pop(3);
    call("fill", address + "I" + address, 'V', memory);
  }

  private void call(String name, String operands, char result, int... constants) {
    this.method.call(Names.MEMORIES, name, operands, result, constants);
  }
}
