package io.github.wasmspring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Catches our own failures. */
public final class Failures {

  private Failures() {}

  public static WasmException failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(WasmException.class);
    return (WasmException) thrown;
  }

  public static WasmException failure(WasmErrorCategory category, ThrowingCallable call) {
    WasmException thrown = failure(call);
    assertThat(thrown.category()).as("%s", thrown).isEqualTo(category);
    return thrown;
  }

  public static <T extends WasmException> T failure(Class<T> type, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(type);
    return type.cast(thrown);
  }
}
