package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;

/** Runs modules with Chicory: interpreted, or compiled to JVM bytecode here or at build time. */
public final class ChicoryEngine implements WasmEngine {

  /** About how many bytes of heap Chicory's parser needs for a byte of a module. */
  private static final int HEAP_PER_BYTE = 30;

  private static final int PRECOMPILED_WEIGHT = 64 * 1024;

  @Override
  public String name() {
    return "chicory";
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    int weight = (int) Math.min(Integer.MAX_VALUE, (long) HEAP_PER_BYTE * binary.bytes().length);
    WasmModule module = parse(binary.bytes());
    HeapTypes.refuse(module);
    FunctionBodies.check(module);
    try {
      return mode == WasmEngineMode.INTERPRETER
          ? new ChicoryCode("chicory-interpreter", module, InterpreterMachine::new, weight)
          : new ChicoryCode(
              "chicory-compiled",
              module,
              MachineFactoryCompiler.builder(module)
                  .withInterpreterFallback(InterpreterFallback.SILENT)
                  .compile(),
              weight);
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      throw ChicoryFailures.whileCompiling(failure);
    }
  }

  private static WasmModule parse(byte[] bytes) {
    try {
      return Parser.parse(bytes);
    } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError failure) {
      throw ChicoryFailures.whileParsing(failure);
    }
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    try {
      PrecompiledClass compiled = PrecompiledClass.load(className, classLoader);
      HeapTypes.refuse(compiled.module());
      return new ChicoryCode(
          "chicory-build-time", compiled.module(), compiled.machineFactory(), PRECOMPILED_WEIGHT);
    } catch (ReflectiveOperationException | LinkageError failure) {
      throw new WasmLoadException(
          WasmErrorCategory.LOAD,
          "the class %s, which the build-time compiler made of the module, can't be used: %s"
              .formatted(className, failure),
          failure);
    }
  }
}
