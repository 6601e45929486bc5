package io.github.wasmspring.bundle.crypto;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Runs an export in Chicory's interpreter and records which instructions are executed and which
 * addresses they read and write. What a program does in secret-independent time has one trace for
 * all secrets of the same lengths.
 */
final class GuestTrace implements ExecutionListener {

  /**
   * @param instructions how many were executed
   * @param hash of their places in the code and of the addresses they used
   * @param opcodes all that were among them
   */
  record Trace(long instructions, long hash, Set<OpCode> opcodes) {}

  private final Instance instance;
  private final Set<OpCode> opcodes = EnumSet.noneOf(OpCode.class);
  private boolean recording;
  private long instructions;
  private long hash;

  private GuestTrace(WasmModule module) {
    this.instance = Instance.builder(module).withUnsafeExecutionListener(this).build();
  }

  static WasmModule module(String name) {
    try (InputStream stream =
        GuestTrace.class.getResourceAsStream("/META-INF/wasm/" + name + ".wasm")) {
      return Parser.parse(stream);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Of one call in a new instance, so that arguments always have the same addresses. */
  static Trace of(WasmModule module, String export, byte[]... arguments) {
    GuestTrace trace = new GuestTrace(module);
    long[] slots = new long[2 * arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      long address = trace.instance.export("wasm_alloc").apply(arguments[i].length)[0];
      trace.instance.memory().write((int) address, arguments[i]);
      slots[2 * i] = address;
      slots[2 * i + 1] = arguments[i].length;
    }
    trace.recording = true;
    trace.instance.export(export).apply(slots);
    return new Trace(trace.instructions, trace.hash, trace.opcodes);
  }

  @Override
  public void onExecution(Instruction instruction, MStack stack) {
    if (!this.recording) {
      return;
    }
    this.instructions++;
    this.opcodes.add(instruction.opcode());
    mix(instruction.address());
    String name = instruction.opcode().name();
    // Below the address lie the value of a store and the other operands of bulk operations.
    if (name.contains("_LOAD")) {
      mix(operand(stack, 0));
    } else if (name.contains("_STORE")) {
      mix(operand(stack, 1));
    } else if (name.startsWith("MEMORY_COPY")) {
      mix(operand(stack, 0));
      mix(operand(stack, 1));
      mix(operand(stack, 2));
    } else if (name.startsWith("MEMORY_FILL")) {
      mix(operand(stack, 0));
      mix(operand(stack, 2));
    }
  }

  private static long operand(MStack stack, int below) {
    return stack.array()[stack.size() - 1 - below];
  }

  private void mix(long value) {
    this.hash = (this.hash ^ value) * 0x9E3779B97F4A7C15L;
    this.hash ^= this.hash >>> 29;
  }
}
