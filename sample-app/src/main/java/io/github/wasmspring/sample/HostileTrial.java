package io.github.wasmspring.sample;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.stereotype.Component;

/** Lets the hostile module have its way, and calls another module all the while. */
@Component
class HostileTrial {

  private static final String DOCUMENT = "{ \"good\": [ 1, 2, 3 ] }";

  /**
   * What became of it.
   *
   * @param stoppedBy {@code null} if it came to an end by itself
   * @param message what the caller was told
   * @param millis until it was stopped
   * @param cpuMillis of the processor, for that time
   * @param mostMemory the bytes that an instance of the module ever had
   * @param discarded how many of its instances were thrown away for it
   */
  record Outcome(
      @Nullable WasmErrorCategory stoppedBy,
      String message,
      double millis,
      double cpuMillis,
      long mostMemory,
      long discarded,
      Neighbours neighbours) {}

  /**
   * Calls of another module that were made meanwhile.
   *
   * @param asked how many there were
   * @param answered how many were answered rightly
   * @param slowestMillis how long the slowest took
   */
  record Neighbours(long asked, long answered, double slowestMillis) {}

  private record Ending(@Nullable WasmException failure, double millis, double cpuMillis) {}

  private final Hostile hostile;
  private final WasmModuleManager modules;
  private final Executor executor;

  HostileTrial(
      Hostile hostile,
      WasmModuleManager modules,
      @Qualifier(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME)
          Executor executor) {
    this.hostile = hostile;
    this.modules = modules;
    this.executor = executor;
  }

  Outcome run(HostileDeed deed) {
    String expected = minify();
    long before = status().pool().discarded();
    CompletableFuture<Ending> ending =
        CompletableFuture.supplyAsync(() -> suffer(deed), this.executor);
    Neighbours neighbours = callNeighbours(ending, expected);
    Ending ended = ending.join();
    WasmModuleStatus after = status();
    WasmException failure = ended.failure();
    return new Outcome(
        failure == null ? null : failure.category(),
        failure == null ? "It came to an end by itself." : failure.detail(),
        ended.millis(),
        ended.cpuMillis(),
        after.pool().memory().highWater(),
        after.pool().discarded() - before,
        neighbours);
  }

  private String minify() {
    return this.modules
        .module("json")
        .operation("minify")
        .input(DOCUMENT)
        .retrieve(String.class)
        .value();
  }

  private WasmModuleStatus status() {
    return this.modules.status("hostile").get(0);
  }

  private Ending suffer(HostileDeed deed) {
    var threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    WasmException failure = null;
    try {
      deed.ask(this.hostile);
    } catch (WasmException stopped) {
      failure = stopped;
    }
    long end = System.nanoTime();
    return new Ending(
        failure, (end - start) / 1e6, (threads.getCurrentThreadCpuTime() - cpu) / 1e6);
  }

  private Neighbours callNeighbours(CompletableFuture<?> until, String expected) {
    long asked = 0;
    long answered = 0;
    long slowest = 0;
    do {
      long start = System.nanoTime();
      asked++;
      if (minify().equals(expected)) {
        answered++;
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
    } while (!until.isDone());
    return new Neighbours(asked, answered, slowest / 1e6);
  }
}
