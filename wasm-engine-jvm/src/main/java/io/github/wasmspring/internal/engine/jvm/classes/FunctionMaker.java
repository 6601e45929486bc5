package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.engine.jvm.code.FunctionCompiler;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.JvmCosts;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.split.FunctionDivider;
import io.github.wasmspring.internal.split.FunctionParts;
import io.github.wasmspring.internal.split.SplitLimits;
import io.github.wasmspring.split.BigFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes functions as methods: one for each, and several for one that HotSpot would not compile.
 * Whether that is so is known when the function was compiled. Used by any number of threads at a
 * time.
 */
final class FunctionMaker {

  private final GuestModule module;
  private final boolean joinsComparisons;
  private final Consumer<BigFunction> big;
  private final @Nullable FunctionDivider divider;

  /**
   * @param joinsComparisons see {@link FunctionCompiler}
   * @param big is told what is too big
   */
  FunctionMaker(GuestModule module, boolean joinsComparisons, Consumer<BigFunction> big) {
    this.module = module;
    this.joinsComparisons = joinsComparisons;
    this.big = big;
    this.divider =
        module.divides
            ? new FunctionDivider(module.bytes, module.facts, new JvmCosts(module.hasPlainMemories))
            : null;
  }

  FunctionCompiler newCompiler() {
    return compiler(this.module);
  }

  private FunctionCompiler compiler(GuestModule from) {
    return new FunctionCompiler(from, this.joinsComparisons);
  }

  /**
   * @param compiler see {@link #newCompiler}
   */
  void write(int function, FunctionCompiler compiler, ClassFileWriter writer) {
    FunctionParts parts = isCertainlyBig(function) ? divide(function) : null;
    if (parts == null) {
      compiler.compile(function);
      int size = compiler.size();
      if (size <= SplitLimits.HOTSPOT) {
        write(this.module.body(function), compiler, writer);
        return;
      }
      parts = isCertainlyBig(function) ? null : divide(function);
      if (parts == null) {
        int written = write(this.module.body(function), compiler, writer);
        if (written > SplitLimits.HOTSPOT) {
          this.big.accept(new BigFunction(function, null, written, written, 0));
        }
        return;
      }
    }
    write(function, parts, writer);
  }

  private boolean isCertainlyBig(int function) {
    return this.module.code(function).length() > SplitLimits.HOTSPOT;
  }

  private @Nullable FunctionParts divide(int function) {
    return this.divider == null ? null : this.divider.divide(function);
  }

  private void write(int function, FunctionParts parts, ClassFileWriter writer) {
    DividedModule divided = new DividedModule(this.module, function, parts);
    FunctionCompiler compiler = compiler(divided);
    compiler.compile(function);
    int remainder = write(divided.body(function), compiler, writer);
    for (int i = 0; i < parts.pieces(); i++) {
      compiler.compile(divided.piece(i));
      write(divided.body(divided.piece(i)), compiler, writer);
    }
    this.big.accept(new BigFunction(function, null, parts.size(), remainder, parts.pieces()));
  }

  /** How many bytes the method has. */
  private static int write(Member name, FunctionCompiler compiler, ClassFileWriter writer) {
    writer.expect(compiler.variables(), compiler.size());
    MethodVisitor method = writer.staticMethod(name.name(), name.descriptor());
    compiler.writeTo(method);
    return ClassFileWriter.endAndMeasure(method);
  }

  /**
   * Compiles a function to tell whether it can be had.
   *
   * @throws WasmLoadException {@code INVALID} if it is more than the JVM can have
   */
  void check(int function, FunctionCompiler compiler) {
    try {
      compiler.compile(function);
    } catch (WasmLoadException tooMuch) {
      FunctionParts parts = divide(function);
      if (parts == null) {
        throw tooMuch;
      }
      DividedModule divided = new DividedModule(this.module, function, parts);
      FunctionCompiler compilerOfParts = compiler(divided);
      compilerOfParts.compile(function);
      for (int i = 0; i < parts.pieces(); i++) {
        compilerOfParts.compile(divided.piece(i));
      }
    }
  }
}
