package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCompileProgress;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.internal.engine.BackgroundCompiler;
import io.github.wasmspring.internal.engine.CompilerThreads;
import io.github.wasmspring.internal.load.LoadProgress;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the code that a module begins with, by its engine mode. */
final class FirstCode {

  private static final Logger logger = LoggerFactory.getLogger(FirstCode.class);

  private final CompilerThreads compilers;
  private final BackgroundCompiler background;
  private final TierSettings tiers;
  private final WasmEventPublisher events;

  /**
   * What a module begins with.
   *
   * @param tier what becomes of it
   */
  record Choice(WasmCode code, ModuleTier tier) {

    private static Choice settled(WasmCode code, String why) {
      return new Choice(code, ModuleTier.settled(why));
    }
  }

  FirstCode(
      CompilerThreads compilers,
      BackgroundCompiler background,
      TierSettings tiers,
      WasmEventPublisher events) {
    this.compilers = compilers;
    this.background = background;
    this.tiers = tiers;
    this.events = events;
  }

  Choice choose(WasmModuleDescriptor module, WasmBinary binary) {
    WasmEngineMode mode = module.settings().engineMode();
    if (!this.compilers.canInterpret()) {
      return withoutInterpreter(module, binary, mode);
    }
    if (mode != WasmEngineMode.INTERPRETER && !this.compilers.canCompile()) {
      return interpreted(module, binary);
    }
    return switch (mode) {
      case INTERPRETER ->
          Choice.settled(compile(module, binary, mode), "its engine is 'interpreter'");
      case COMPILED, EAGER ->
          Choice.settled(
              compile(module, binary, WasmEngineMode.COMPILED),
              "its engine is '%s'".formatted(mode.name().toLowerCase(Locale.ROOT)));
      case TIERED, BY_USE -> chooseByWhatIsThere(module, binary, mode);
    };
  }

  /**
   * The code of a module that others import from: what their instances are linked with does not
   * change while they run. A module that would be compiled later is compiled at once, if it can be.
   */
  WasmCode forImporters(WasmModuleDescriptor module, WasmBinary binary) {
    WasmEngineMode mode = module.settings().engineMode();
    boolean changes =
        this.compilers.canInterpret()
            && this.compilers.canCompile()
            && (mode == WasmEngineMode.TIERED || mode == WasmEngineMode.BY_USE);
    Choice choice =
        changes
            ? compiledAtOnce(module, binary, binary.facts().codeSize())
            : choose(module, binary);
    return choice.code();
  }

  private Choice withoutInterpreter(
      WasmModuleDescriptor module, WasmBinary binary, WasmEngineMode mode) {
    WasmCode code = compile(module, binary, WasmEngineMode.COMPILED);
    return switch (mode) {
      case EAGER -> {
        compileAll(module, code);
        yield Choice.settled(code, "all of it was compiled when it was loaded");
      }
      case TIERED -> {
        this.background.submit(new RestOfCode(module, code, this.events));
        yield Choice.settled(
            code,
            "functions are compiled when they are first called, and the others in the background");
      }
      case INTERPRETER -> {
        if (!module.tags().contains(ModulePreparer.INTERNAL)) {
          logger.warn(
              "WebAssembly module {} is compiled, for its engine has no interpreter; wasm.engine.name=chicory has one",
              module);
        }
        yield Choice.settled(code, "its engine has no interpreter");
      }
      case COMPILED, BY_USE ->
          Choice.settled(code, "its engine compiles functions when they are first called");
    };
  }

  private static void compileAll(WasmModuleDescriptor module, WasmCode code) {
    Duration timeout = module.settings().limits().compileTimeout();
    long start = System.nanoTime();
    LoadProgress.Part part = LoadProgress.begin(WasmWork.COMPILE);
    AtomicInteger parts = new AtomicInteger();
    WasmCompileProgress progress =
        (done, total) -> {
          parts.set(total);
          if (part != null) {
            part.advance(done, total);
          }
          return System.nanoTime() - start < timeout.toNanos();
        };
    boolean all = code.compileAll(progress);
    if (part != null) {
      part.end(parts.get());
    }
    if (!all) {
      throw new WasmLoadException(
          WasmErrorCategory.TIMEOUT,
          "not all functions of the module were compiled within %d ms; raise limits.compile-timeout or use the engine mode 'compiled'"
              .formatted(timeout.toMillis()),
          null);
    }
  }

  private Choice interpreted(WasmModuleDescriptor module, WasmBinary binary) {
    logger.warn(
        "WebAssembly module {} is interpreted, which is slow: nothing can be compiled in a native"
            + " image; name what the build-time compiler made of it,"
            + " wasm.modules.{}.compiled-class",
        module,
        module.id());
    return Choice.settled(
        compile(module, binary, WasmEngineMode.INTERPRETER),
        "nothing can be compiled in a native image");
  }

  private WasmCode compile(WasmModuleDescriptor module, WasmBinary binary, WasmEngineMode mode) {
    return this.compilers.compile(
        binary,
        mode,
        module.settings().splitBigFunctions(),
        module.settings().limits().compileTimeout(),
        new CompileEvents(module, this.events, false));
  }

  private Choice chooseByWhatIsThere(
      WasmModuleDescriptor module, WasmBinary binary, WasmEngineMode mode) {
    WasmCode ready = this.compilers.ready(binary, module.settings().splitBigFunctions());
    if (ready != null) {
      return Choice.settled(ready, "its compiled code was there already");
    }
    long size = binary.facts().codeSize();
    if (mode == WasmEngineMode.BY_USE && size <= this.tiers.smallCode()) {
      return compiledAtOnce(module, binary, size);
    }
    ModuleTier tier =
        mode == WasmEngineMode.BY_USE
            ? ModuleTier.watched(this.background, this.tiers)
            : ModuleTier.eager(this.background);
    try {
      return new Choice(compile(module, binary, WasmEngineMode.INTERPRETER), tier);
    } catch (WasmLoadException refused) {
      return other(module, binary, WasmEngineMode.COMPILED, refused);
    }
  }

  private Choice compiledAtOnce(WasmModuleDescriptor module, WasmBinary binary, long size) {
    try {
      return Choice.settled(
          compile(module, binary, WasmEngineMode.COMPILED),
          "it has little code (%d bytes), which was compiled when it was loaded".formatted(size));
    } catch (WasmLoadException refused) {
      return other(module, binary, WasmEngineMode.INTERPRETER, refused);
    }
  }

  /** What one engine does not take, another may. */
  private Choice other(
      WasmModuleDescriptor module,
      WasmBinary binary,
      WasmEngineMode other,
      WasmLoadException refused) {
    if (refused.category() != WasmErrorCategory.INVALID
        && refused.category() != WasmErrorCategory.ENGINE) {
      throw refused;
    }
    WasmCode code;
    try {
      code = compile(module, binary, other);
    } catch (WasmException neither) {
      throw refused;
    }
    String why =
        "only '%s' runs it: %s".formatted(other.name().toLowerCase(Locale.ROOT), refused.detail());
    logger.warn("WebAssembly module {} runs on {}, for {}", module, code.engine(), why);
    return Choice.settled(code, why);
  }

  /** On the calling thread, however long that takes. */
  WasmCode compileHere(WasmModuleDescriptor module, WasmBinary binary) {
    return this.compilers.compileHere(
        binary,
        module.settings().splitBigFunctions(),
        new CompileEvents(module, this.events, true));
  }
}
