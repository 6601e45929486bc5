package io.github.wasmspring.convention;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import org.jspecify.annotations.Nullable;

/** A batch of calls, each of them made as if it was alone, but on one instance. */
record RepeatedInvocation(WasmOperation batch, boolean keepsErrors, WasmInvocation each)
    implements WasmInvocation {

  @Override
  public @Nullable Object invoke(WasmBorrowedInstance instance, @Nullable Object[] arguments) {
    WasmBatchRows rows = WasmBatchRows.of(this.batch, arguments);
    @Nullable Object[] answers = new Object[rows.size()];
    for (int i = 0; i < answers.length; i++) {
      try {
        answers[i] = this.each.invoke(instance, rows.row(i));
      } catch (WasmException failure) {
        WasmException located = WasmBatchRows.at(i, failure);
        if (!this.keepsErrors || !(failure instanceof WasmOperationException)) {
          throw located;
        }
        answers[i] = located;
      }
    }
    return WasmBatchRows.answers(this.batch, answers);
  }
}
