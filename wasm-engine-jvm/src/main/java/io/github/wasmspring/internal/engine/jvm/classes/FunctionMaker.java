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

  /** Of dividing a function. */
  private static final int MOST_ATTEMPTS = 4;

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
            ? new FunctionDivider(
                module.bytes,
                module.facts,
                new JvmCosts(module.hasPlainMemories, module.hasVectors))
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
    if (isCertainlyBig(function) && writeDivided(function, writer)) {
      return;
    }
    compile(function, compiler);
    boolean isSmall = compiler.size() <= SplitLimits.HOTSPOT;
    if (!isSmall && !isCertainlyBig(function) && writeDivided(function, writer)) {
      return;
    }
    int written = write(this.module.body(function), compiler, writer);
    if (written > SplitLimits.HOTSPOT) {
      this.big.accept(new BigFunction(function, null, written, written, 0));
    }
  }

  private boolean isCertainlyBig(int function) {
    return this.module.code(function).length() > SplitLimits.HOTSPOT;
  }

  private @Nullable FunctionParts divide(int function, SplitLimits limits) {
    return this.divider == null ? null : this.divider.divide(function, limits);
  }

  private boolean writeDivided(int function, ClassFileWriter writer) {
    Division division = division(function);
    if (division == null) {
      return false;
    }
    FunctionParts parts = division.parts();
    DividedModule divided = division.module();
    FunctionCompiler compiler = division.remainder();
    int remainder = write(divided.body(function), compiler, writer);
    for (int i = 0; i < parts.pieces(); i++) {
      int piece = divided.piece(i);
      compile(piece, compiler);
      write(divided.body(piece), compiler, writer);
    }
    this.big.accept(new BigFunction(function, null, parts.size(), remainder, parts.pieces()));
    return true;
  }

  /**
   * @param remainder has compiled what is left of the function
   */
  private record Division(FunctionParts parts, DividedModule module, FunctionCompiler remainder) {

    boolean isTooBig() {
      return this.remainder.size() > SplitLimits.HOTSPOT;
    }
  }

  /**
   * What is left is small enough by an estimate; where that was wrong, more is taken out, and the
   * switch of an interpreter is cut only where nothing else helps.
   */
  private @Nullable Division division(int function) {
    Division best = null;
    SplitLimits limits = SplitLimits.WHOLE_SWITCHES;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      FunctionParts parts = divide(function, limits);
      if (parts != null && (best == null || parts.pieces() > best.parts().pieces())) {
        best = division(function, parts);
        if (!best.isTooBig()) {
          return best;
        }
      }
      limits = attempt == 1 || best == null ? SplitLimits.DEFAULTS : smaller(limits, best);
    }
    return best;
  }

  private Division division(int function, FunctionParts parts) {
    DividedModule divided = new DividedModule(this.module, function, parts);
    FunctionCompiler compiler = compiler(divided);
    compile(function, compiler);
    return new Division(parts, divided, compiler);
  }

  private static SplitLimits smaller(SplitLimits limits, Division tooBig) {
    long target = (long) limits.target() * SplitLimits.HOTSPOT / tooBig.remainder().size();
    return limits.leaving((int) target);
  }

  /** As small as HotSpot wants it, if that can be had for nothing. */
  private static void compile(int function, FunctionCompiler compiler) {
    compiler.compile(function);
    if (compiler.size() > SplitLimits.HOTSPOT) {
      compiler.shrink();
    }
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
      FunctionParts parts = divide(function, SplitLimits.DEFAULTS);
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
