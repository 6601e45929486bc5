package io.github.wasmspring.pipeline;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmModuleManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A stage that calls a module. */
record OperationBody(
    WasmModuleManager manager,
    String module,
    String operation,
    Class<?> answer,
    WasmStage<?, ?> said)
    implements StagePlan.Body {

  @Override
  public StageAnswer run(@Nullable Object value, PipelineExecution run, Timing timing)
      throws Exception {
    return answer(spec(value, run, timing).retrieve(this.answer));
  }

  @Override
  public CompletableFuture<StageAnswer> start(
      @Nullable Object value, PipelineExecution run, Timing timing) throws Exception {
    CompletableFuture<WasmResult<Object>> called =
        spec(value, run, timing).retrieveAsync(objects(this.answer));
    CompletableFuture<StageAnswer> answered = called.thenApply(OperationBody::answer);
    // A cancellation does not go upwards by itself.
    answered.whenComplete(
        (done, failure) -> {
          if (answered.isCancelled()) {
            called.cancel(true);
          }
        });
    return answered;
  }

  @SuppressWarnings("unchecked") // the type is checked where the value is used
  private static Class<Object> objects(Class<?> type) {
    return (Class<Object>) type;
  }

  private static StageAnswer answer(WasmResult<?> result) {
    return new StageAnswer(result.value(), result.source());
  }

  private OperationSpec spec(@Nullable Object value, PipelineExecution run, Timing timing)
      throws Exception {
    OperationSpec call =
        this.manager.module(this.module, this.said.range).operation(this.operation);
    Object first =
        this.said.input == null || value == null ? value : this.said.input.apply(value, run);
    if (first != null) {
      call.input(first);
    }
    call.options(this.said.options);
    Duration left = timing.left();
    if (left != null) {
      call.timeout(left);
    }
    return call;
  }
}
