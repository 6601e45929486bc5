package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** A runtime with guests that answer and guests that fail. */
@Timeout(60)
abstract class ManagerFixture {

  @WasmModule("buffer")
  interface Text {

    String echo(String text);

    String skip(String text, int bytes);

    @WasmExport("echo")
    WasmResult<String> result(String text);

    @WasmExport("echo")
    String steered(String text, WasmCallOptions options);

    @WasmExport("echo")
    CompletableFuture<String> later(String text);

    @WasmExport("echo")
    CompletionStage<WasmResult<String>> resultLater(String text);

    @WasmExport("echo")
    Mono<String> mono(String text);

    @WasmExport("fail_with")
    Mono<String> failingMono(String error);

    @WasmExport("echo")
    byte[] bytes(byte[] bytes);
  }

  @WasmModule("trouble")
  interface Fallible {

    int add(int first, int second);

    default int divide(int first, int second) {
      return second == 0 ? Integer.MAX_VALUE : first / second;
    }

    @WasmExport("divide")
    default WasmResult<Integer> divideResult(int first, int second) {
      return new WasmResult<>(-1, WasmSource.FALLBACK, "", "", "", "java", Duration.ZERO, null);
    }

    @WasmExport("divide")
    default CompletableFuture<Integer> divideLater(int first, int second) {
      return CompletableFuture.completedFuture(-2);
    }

    @WasmExport("divide")
    default int divideWithOptions(int first, int second, WasmCallOptions options) {
      return -3;
    }

    @WasmExport("unreachable_op")
    default void fallsBackAndFails() {
      throw new IllegalStateException("no luck");
    }

    @WasmExport("unreachable_op")
    default void fallsBackTooDeeply() {
      deeper(0);
    }

    @WasmExport("unreachable_op")
    default CompletableFuture<Void> fallsBackAndFailsLater() {
      return CompletableFuture.failedFuture(new WasmOperationException("code", "no", 3L));
    }

    @SuppressWarnings("InfiniteRecursion") // It shall overflow the stack.
    private static int deeper(int depth) {
      return deeper(depth + 1) + 1;
    }

    default String ordinary() {
      return "ordinary";
    }
  }

  interface Failing {
    default String failWith(String error) {
      return "fallback";
    }
  }

  final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  WasmModuleManager withText() {
    return this.runtime.with(guest("buffer").type(Text.class)).manager;
  }

  WasmModuleManager withFallible() {
    return this.runtime.with(guest("trouble").type(Fallible.class)).manager;
  }

  WasmResult<Integer> divide(WasmExecutionMode mode) {
    return withFallible()
        .module("trouble")
        .operation("divide")
        .arguments(1, 0)
        .mode(mode)
        .retrieve(Integer.class);
  }

  WasmModuleStatus.Calls calls(String module) {
    return this.runtime.manager.status(module).get(0).calls();
  }
}
