package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.sandbox.GuestFailure;
import io.github.wasmspring.internal.sandbox.GuestFrame;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of a failure which functions of the guest it came through. */
final class GuestStackNote {

  /** All of them are in the exception; a message is to be read. */
  private static final int IN_MESSAGE = 5;

  private GuestStackNote() {}

  /** The failure with the functions, or as it is if they are not known. */
  static WasmException on(WasmException failure, @Nullable GuestProgram program) {
    boolean started = failure.category() == WasmErrorCategory.INSTANTIATION;
    if (program == null || !started && !(failure instanceof WasmExecutionException)) {
      return failure;
    }
    try {
      return located(failure, program, started);
    } catch (OutOfMemoryError full) {
      // What has failed says more than that there is no room to say where.
      return failure;
    }
  }

  private static WasmException located(
      WasmException failure, GuestProgram program, boolean started) {
    GuestFailure place = program.locate(failure);
    if (place.functions().isEmpty()) {
      return failure;
    }
    String detail = failure.detail() + " (in " + describe(place.functions()) + ")";
    WasmException noted =
        started
            ? new WasmLoadException(failure.category(), detail, failure.getCause())
            : new WasmExecutionException(
                failure.category(),
                detail,
                place.functions().stream().map(GuestFrame::name).toList(),
                failure.getCause());
    noted.setStackTrace(place.trace());
    return noted.locate(failure.context());
  }

  private static String describe(List<GuestFrame> stack) {
    return stack.stream()
            .limit(IN_MESSAGE)
            .map(GuestFrame::describe)
            .collect(Collectors.joining(", called by "))
        + (stack.size() > IN_MESSAGE ? ", …" : "");
  }
}
