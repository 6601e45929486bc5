package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles an interpreted module, and has instances of it made before it is called. */
final class BackgroundPromotion implements ModuleTier.Promotion {

  private static final Logger logger = LoggerFactory.getLogger(BackgroundPromotion.class);

  private final PreparedModule interpreted;
  private final Supplier<WasmCode> compiler;
  private final Function<WasmCode, PreparedModule> pools;
  private final WasmEventPublisher events;
  private final long readySince = System.nanoTime();

  /**
   * @param compiler compiles the module on the calling thread
   * @param pools makes a pool for the code
   */
  BackgroundPromotion(
      PreparedModule interpreted,
      Supplier<WasmCode> compiler,
      Function<WasmCode, PreparedModule> pools,
      WasmEventPublisher events) {
    this.interpreted = interpreted;
    this.compiler = compiler;
    this.pools = pools;
    this.events = events;
  }

  /** Instances are made only where there is room beside those of the interpreter. */
  @Override
  public PreparedModule compile() {
    WasmCode code = this.compiler.get();
    BigFunctionReport.write(this.interpreted.descriptor(), code.bigFunctions());
    PreparedModule compiled = this.pools.apply(code);
    try {
      compiled.pool().makeAhead(this.interpreted.pool().size());
      return compiled;
    } catch (Throwable failure) {
      compiled.close();
      throw failure;
    }
  }

  @Override
  public void succeeded(PreparedModule compiled) {
    WasmModuleDescriptor module = compiled.descriptor();
    Duration interpretedFor = Duration.ofNanos(System.nanoTime() - this.readySince);
    logger.info(
        "WebAssembly module {} runs compiled from now on ({}), after {} ms with the interpreter",
        module,
        compiled.code().engine(),
        interpretedFor.toMillis());
    this.events.publish(
        new WasmEvent.EngineSwapped(
            module.id(),
            module.version(),
            this.interpreted.code().engine(),
            compiled.code().engine(),
            interpretedFor));
    try {
      compiled.pool().fill();
    } catch (RuntimeException | Error failure) {
      // Whoever needs an instance next makes one, and is told what is wrong.
      logger.debug("The instances of {} could not be made ahead", module, failure);
    }
  }

  @Override
  public String failed(Throwable failure) {
    String why = failure instanceof WasmException known ? known.detail() : failure.toString();
    logger.warn(
        "WebAssembly module {} stays with the interpreter, which is slow, for it could not be compiled: {}. {}",
        this.interpreted.descriptor(),
        why,
        advice(failure));
    return "it could not be compiled: " + why;
  }

  private static String advice(Throwable failure) {
    boolean memory =
        failure instanceof WasmException known
            && known.category() == WasmErrorCategory.MEMORY_LIMIT;
    return memory
        ? "Give the JVM a larger heap (-Xmx) or the module a higher limits.memory, and reload it"
        : "Build it with smaller functions or compile it at build time; or set its engine to 'interpreter', so that nobody tries to compile it";
  }
}
