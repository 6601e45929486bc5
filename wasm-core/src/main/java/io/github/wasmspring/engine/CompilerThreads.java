package io.github.wasmspring.engine;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  /**
   * The compiled module, from the cache if it is there.
   *
   * @param split whether functions that HotSpot would not compile are split first
   * @param timeout how long to wait
   * @throws WasmLoadException {@code TIMEOUT} if it takes longer, or what the engine throws
   * @throws WasmExecutionException {@code INTERRUPTED} if the thread was interrupted meanwhile
   */
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode, boolean split, Duration timeout) {
    WasmCode known = this.cache.compiledIfPresent(binary, mode, split);
    if (known != null) {
      return known;
    }
    try {
      return start(binary, mode, split).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new WasmLoadException(
          WasmErrorCategory.TIMEOUT,
          "the %d bytes of the module were not compiled within %d ms; raise limits.compile-timeout or use the engine 'interpreter'"
              .formatted(binary.bytes().length, timeout.toMillis()),
          late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the calling thread was interrupted while the module was being compiled",
          interrupted);
    } catch (ExecutionException failure) {
      throw failure(failure.getCause());
    }
  }

  private CompletableFuture<WasmCode> start(WasmBinary binary, WasmEngineMode mode, boolean split) {
    Job job = new Job(binary.digest(), mode, split);
    CompletableFuture<WasmCode> mine = new CompletableFuture<>();
    CompletableFuture<WasmCode> other = this.running.putIfAbsent(job, mine);
    if (other != null) {
      return other;
    }
    this.threads.execute(
        () -> {
          try {
            mine.complete(this.cache.compiled(this.engine, binary, mode, split));
          } catch (Throwable failure) {
            mine.completeExceptionally(failure);
          } finally {
            this.running.remove(job);
          }
        });
    return mine;
  }

  /** Each caller gets a failure of its own, for it will say whose module it was. */
  private static WasmException failure(Throwable cause) {
    return cause instanceof WasmException known
        ? new WasmLoadException(known.category(), known.detail(), known)
        : new WasmLoadException(
            WasmErrorCategory.ENGINE, "the engine could not compile the module: " + cause, cause);
  }
}
