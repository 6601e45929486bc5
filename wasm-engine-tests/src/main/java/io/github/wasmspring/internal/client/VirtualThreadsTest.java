package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Callers on virtual threads, of which only as many run at a time as there are processors. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest extends ManagerFixture {

  private static final int CALLERS = 200;
  private static final Duration DEADLINE = Duration.ofMillis(10);

  private WasmErrorCategory spin() {
    try {
      this.runtime
          .manager
          .module("trouble")
          .operation("spin")
          .timeout(DEADLINE)
          .retrieve(void.class);
      return WasmErrorCategory.ENGINE;
    } catch (WasmExecutionException failure) {
      return failure.category();
    }
  }

  /** All processors are taken by calls that don't end, while others meet at the pool. */
  @Test
  void deadlinesComeWhereEndlessLoopsHaveAllProcessors() throws Exception {
    withFallible();
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    List<Future<WasmErrorCategory>> running = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      running.add(virtual.submit(this::spin));
    }
    for (Future<WasmErrorCategory> call : running) {
      assertThat(call.get(30, TimeUnit.SECONDS))
          .isIn(WasmErrorCategory.TIMEOUT, WasmErrorCategory.REJECTED);
    }
  }
}
