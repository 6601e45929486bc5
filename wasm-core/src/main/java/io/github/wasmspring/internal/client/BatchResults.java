package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answers of a batch whose method wants each of them with how it came about. */
final class BatchResults {

  private BatchResults() {}

  static boolean areWanted(WasmOperation operation) {
    WasmBatchShape batch = operation.batch();
    return batch != null && batch.keepsErrors();
  }

  /**
   * @param answers with the guest's own error in the place of an answer that there is not
   */
  static @Nullable Object of(CallRecord record, WasmCallId call, @Nullable Object answers) {
    return answers instanceof List<?> list
        ? list.stream().map(answer -> result(record, call, answer)).toList()
        : answers;
  }

  private static WasmResult<?> result(CallRecord record, WasmCallId call, @Nullable Object answer) {
    if (answer instanceof WasmResult<?> fromJava) {
      return fromJava;
    }
    return answer instanceof WasmException failure
        ? record.refusal(call, failure)
        : record.<@Nullable Object>result(call, answer);
  }

  /**
   * The bare answers, for who did not ask for results.
   *
   * @throws WasmException the first of the guest's own errors
   */
  static @Nullable Object bare(@Nullable Object answers) {
    return answers instanceof List<?> list
        ? list.stream()
            .map(BatchResults::bareElement)
            .collect(Collectors.toCollection(ArrayList::new))
        : answers;
  }

  private static @Nullable Object bareElement(@Nullable Object answer) {
    if (answer instanceof WasmException refusal) {
      throw refusal;
    }
    if (answer instanceof WasmResult<?> fromJava) {
      if (fromJava.value() == null && fromJava.failure() != null) {
        throw fromJava.failure();
      }
      return fromJava.value();
    }
    return answer;
  }
}
