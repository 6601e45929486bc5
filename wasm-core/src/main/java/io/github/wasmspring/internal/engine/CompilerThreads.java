package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles modules on threads of their own, at most as many as cores: a caller can stop waiting,
 * but the engine can't stop compiling. What comes too late goes to the cache, for whoever asks
 * next.
 */
public final class CompilerThreads {

  private record Job(String digest, WasmEngineMode mode, boolean split) {}

  private final WasmEngine engine;
  private final CompiledModuleCache cache;
  private final Map<Job, CompletableFuture<WasmCode>> running = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;

  public CompilerThreads(WasmEngine engine, CompiledModuleCache cache) {
    this.engine = engine;
    this.cache = cache;
    int cores = Runtime.getRuntime().availableProcessors();
    this.threads =
        new ThreadPoolExecutor(
            cores,
            cores,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            CompilerThreads::thread);
    this.threads.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable compilation) {
    Thread thread = new Thread(compilation, "wasm-compiler");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether the engine can compile at all. */
  public boolean canCompile() {
    return this.engine.compiles();
  }

  /** Whether modules can be run without that. */
  public boolean canInterpret() {
    return this.engine.interprets();
  }

  /**
   * The compiled module, from the cache if it is there.
   *
   * @param split whether functions that HotSpot would not compile are split first
   * @param timeout how long to wait
   * @param listener told if it is compiled for this call
   * @throws WasmLoadException {@code TIMEOUT} if it takes longer, or what the engine throws
   * @throws WasmExecutionException {@code INTERRUPTED} if the thread was interrupted meanwhile
   */
  public WasmCode compile(
      WasmBinary binary,
      WasmEngineMode mode,
      boolean split,
      Duration timeout,
      CompileListener listener) {
    WasmCode known = this.cache.compiledIfPresent(binary, mode, split);
    if (known != null) {
      return known;
    }
    try {
      Job job = new Job(binary.digest(), mode, split);
      return start(job, binary, this.threads, () -> storedOrCompiled(binary, mode, split, listener))
          .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new WasmLoadException(
          WasmErrorCategory.TIMEOUT,
          "the %d bytes of the module were not compiled within %d ms; raise limits.compile-timeout or use the engine 'interpreter'"
              .formatted(binary.bytes().length, timeout.toMillis()),
          late);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    } catch (ExecutionException failure) {
      throw failure(failure.getCause());
    }
  }

  /**
   * Code that need not be compiled any more, from the heap or from where the engine keeps it.
   *
   * @return {@code null} if there is none
   */
  public @Nullable WasmCode ready(WasmBinary binary, boolean split) {
    WasmCode known = this.cache.compiledIfPresent(binary, WasmEngineMode.COMPILED, split);
    if (known != null) {
      return known;
    }
    WasmCode stored = this.engine.stored(binary, split);
    if (stored != null) {
      this.cache.put(binary, WasmEngineMode.COMPILED, split, stored);
    }
    return stored;
  }

  /**
   * Compiles on the calling thread, however long that takes, unless another thread is at it; then
   * waits for that. What the interpreter has of the module is forgotten.
   *
   * @throws WasmException what the engine throws, or {@code INTERRUPTED} if the thread was
   *     interrupted while it waited
   */
  public WasmCode compileHere(WasmBinary binary, boolean split, CompileListener listener) {
    Job job = new Job(binary.digest(), WasmEngineMode.COMPILED, split);
    try {
      WasmCode code = start(job, binary, Runnable::run, () -> timed(binary, split, listener)).get();
      this.cache.forgetInterpreted(binary, split);
      return code;
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    } catch (ExecutionException failure) {
      throw failure(failure.getCause());
    }
  }

  private static WasmExecutionException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new WasmExecutionException(
        WasmErrorCategory.INTERRUPTED,
        "the calling thread was interrupted while the module was being compiled",
        interrupted);
  }

  private CompletableFuture<WasmCode> start(
      Job job, WasmBinary binary, Executor executor, Supplier<WasmCode> compilation) {
    CompletableFuture<WasmCode> mine = new CompletableFuture<>();
    CompletableFuture<WasmCode> other = this.running.putIfAbsent(job, mine);
    if (other != null) {
      return other;
    }
    executor.execute(
        () -> {
          try {
            WasmCode known = this.cache.peek(binary, job.mode(), job.split());
            WasmCode code = known != null ? known : compilation.get();
            this.cache.put(binary, job.mode(), job.split(), code);
            // First, for who finds it ended would get code that the cache may have forgotten since.
            this.running.remove(job);
            mine.complete(code);
          } catch (Throwable failure) {
            this.running.remove(job);
            mine.completeExceptionally(failure);
          }
        });
    return mine;
  }

  private WasmCode storedOrCompiled(
      WasmBinary binary, WasmEngineMode mode, boolean split, CompileListener listener) {
    if (mode == WasmEngineMode.INTERPRETER) {
      return this.engine.compile(binary, mode, split);
    }
    WasmCode stored = this.engine.stored(binary, split);
    return stored != null ? stored : timed(binary, split, listener);
  }

  private WasmCode timed(WasmBinary binary, boolean split, CompileListener listener) {
    listener.begun();
    long start = System.nanoTime();
    try {
      WasmCode code = this.engine.compile(binary, WasmEngineMode.COMPILED, split);
      listener.compiled(code, Duration.ofNanos(System.nanoTime() - start));
      return code;
    } catch (Throwable failure) {
      listener.failed(failure, Duration.ofNanos(System.nanoTime() - start));
      throw failure;
    }
  }

  /** Each caller gets a failure of its own, for it will say whose module it was. */
  private static WasmException failure(@Nullable Throwable cause) {
    return cause instanceof WasmException known
        ? new WasmLoadException(known.category(), known.detail(), known)
        : new WasmLoadException(
            WasmErrorCategory.ENGINE, "the engine could not compile the module: " + cause, cause);
  }
}
