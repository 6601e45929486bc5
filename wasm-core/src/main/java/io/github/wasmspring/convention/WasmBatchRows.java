package io.github.wasmspring.convention;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of a batch, call by call, as they were when the batch began. */
public final class WasmBatchRows {

  private final @Nullable Object[] shared;
  private final List<@Nullable Object @Nullable []> columns;
  private final int size;

  private WasmBatchRows(
      @Nullable Object[] shared, List<@Nullable Object @Nullable []> columns, int size) {
    this.shared = shared;
    this.columns = columns;
    this.size = size;
  }

  /**
   * @param arguments as the parameters of the batch declare them
   * @throws WasmInvalidInputException if a list or an element is {@code null} or the lists have
   *     different sizes
   */
  public static WasmBatchRows of(WasmOperation batch, @Nullable Object[] arguments) {
    WasmBatchShape shape = Objects.requireNonNull(batch.batch());
    List<@Nullable Object @Nullable []> columns = new ArrayList<>();
    int first = -1;
    int size = 0;
    for (int i = 0; i < arguments.length; i++) {
      if (!shape.each().get(i)) {
        columns.add(null);
        continue;
      }
      @Nullable Object[] column = column(name(batch, i), arguments[i]);
      if (first < 0) {
        first = i;
        size = column.length;
      } else if (column.length != size) {
        throw new WasmInvalidInputException(
            "the lists of a batch must have the same size, but '%s' has %d elements and '%s' has %d"
                .formatted(name(batch, first), size, name(batch, i), column.length));
      }
      columns.add(column);
    }
    return new WasmBatchRows(arguments, columns, size);
  }

  private static String name(WasmOperation batch, int parameter) {
    return batch.parameters().get(parameter).name();
  }

  private static @Nullable Object[] column(String name, @Nullable Object argument) {
    if (!(argument instanceof List<?> list)) {
      throw new WasmInvalidInputException(
          argument == null
              ? "the list '%s' is null; an empty one would do nothing".formatted(name)
              : "the argument '%s' of a batch is a %s, not a list"
                  .formatted(name, argument.getClass().getName()));
    }
    @Nullable Object[] column = list.toArray();
    for (int i = 0; i < column.length; i++) {
      if (column[i] == null) {
        throw new WasmInvalidInputException(
            "the element %d of '%s' is null, and WebAssembly has no null".formatted(i, name));
      }
    }
    return column;
  }

  /** How many calls there are. */
  public int size() {
    return this.size;
  }

  /** Whether all calls get the same argument for a parameter. */
  public boolean isShared(int parameter) {
    return this.columns.get(parameter) == null;
  }

  /** What a call gets for a parameter. */
  public @Nullable Object argument(int call, int parameter) {
    @Nullable Object[] column = this.columns.get(parameter);
    return column == null ? this.shared[parameter] : column[call];
  }

  /** All arguments of a call. */
  public @Nullable Object[] row(int call) {
    @Nullable Object[] row = new Object[this.shared.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = argument(call, i);
    }
    return row;
  }

  /** The answers as the caller of a batch gets them, {@code null} if there are none. */
  public static @Nullable List<@Nullable Object> answers(
      WasmOperation batch, @Nullable Object[] answers) {
    return batch.returnType() == void.class
        ? null
        : Collections.<@Nullable Object>unmodifiableList(Arrays.<@Nullable Object>asList(answers));
  }

  /** The failure of one call, which says now which it was. */
  public static WasmException at(int call, WasmException failure) {
    String detail = "element %d: %s".formatted(call, failure.detail());
    if (failure instanceof WasmOperationException refusal) {
      return new WasmOperationException(refusal.code(), detail, refusal.offset(), call);
    }
    if (failure instanceof WasmInvalidInputException) {
      return new WasmInvalidInputException(detail, failure);
    }
    return failure instanceof WasmExecutionException
        ? new WasmExecutionException(failure.category(), detail, failure)
        : failure;
  }
}
