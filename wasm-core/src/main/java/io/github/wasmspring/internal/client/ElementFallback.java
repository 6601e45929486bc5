package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.convention.WasmBatchRows;
import io.github.wasmspring.internal.fallback.FallbackCall;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmOperation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers a batch element by element with the fallback of the operation for one input. */
record ElementFallback(WasmOperation batch, WasmJavaFallback each) implements WasmJavaFallback {

  @Override
  public @Nullable Object call(@Nullable Object[] arguments) throws InterruptedException {
    boolean keepsErrors = Objects.requireNonNull(this.batch.batch()).keepsErrors();
    WasmBatchRows rows = WasmBatchRows.of(this.batch, arguments);
    @Nullable Object[] answers = new Object[rows.size()];
    for (int i = 0; i < answers.length; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        answers[i] = FallbackCall.call(this.each, rows.row(i));
      } catch (WasmException failure) {
        WasmException located = WasmBatchRows.at(i, failure);
        if (!keepsErrors || !(failure instanceof WasmOperationException)) {
          throw located;
        }
        answers[i] = located;
      }
    }
    return WasmBatchRows.answers(this.batch, answers);
  }

  @Override
  public @Nullable String unfitFor(WasmOperation operation) {
    return this.each.unfitFor(Objects.requireNonNull(this.batch.batch()).element());
  }

  @Override
  public @Nullable String missingLibrary() {
    return this.each.missingLibrary();
  }
}
