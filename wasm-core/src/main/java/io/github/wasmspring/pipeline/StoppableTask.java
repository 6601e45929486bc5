package io.github.wasmspring.pipeline;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Work on another thread, which is interrupted if its answer comes from somebody else. */
final class StoppableTask {

  private StoppableTask() {}

  static <T> CompletableFuture<T> start(Executor executor, Callable<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              try {
                return answer.complete(work.call());
              } catch (Exception | Error failure) {
                return answer.completeExceptionally(failure);
              }
            });
    answer.whenComplete((done, failure) -> task.cancel(true));
    executor.execute(task);
    return answer;
  }
}
