package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.module.WasmDebugMode;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down the calls of one module that somebody looks for a fault in. */
final class CallDiary {

  /** The documentation names it. */
  private static final Logger logger = LoggerFactory.getLogger("io.github.wasmspring.calls");

  private final boolean contents;

  private CallDiary(boolean contents) {
    this.contents = contents;
  }

  /** {@code null} where nobody looks. */
  static @Nullable CallDiary of(WasmDebugMode mode) {
    return mode == WasmDebugMode.OFF ? null : new CallDiary(mode == WasmDebugMode.CONTENTS);
  }

  /**
   * Makes a call.
   *
   * @param record noted by the call
   */
  <T extends @Nullable Object> T write(
      WasmCallId call, @Nullable Object[] arguments, CallRecord record, Supplier<T> made) {
    if (!logger.isInfoEnabled()) {
      return made.get();
    }
    // The call may change what is in them.
    String given =
        Arrays.stream(arguments).map(shown()).collect(Collectors.joining(", ", "(", ")"));
    long start = System.nanoTime();
    T answer;
    try {
      answer = made.get();
    } catch (RuntimeException | Error thrown) {
      write(call, given, "failed with " + failure(thrown), record, start);
      throw thrown;
    }
    write(call, given, "answered " + shown().apply(answer), record, start);
    return answer;
  }

  private Function<@Nullable Object, String> shown() {
    return this.contents ? ShownValue::contents : ShownValue::size;
  }

  /** The message may have something of what was given. */
  private String failure(Throwable thrown) {
    String what =
        thrown instanceof WasmException known
            ? known.category().name()
            : thrown.getClass().getName();
    return this.contents ? what + " " + ShownValue.message(thrown) : what;
  }

  private static void write(
      WasmCallId call, String given, String outcome, CallRecord record, long start) {
    WasmException hidden = record.hidden();
    logger.info(
        "{} {} {}{} {} after {} µs: {} on {}{}{}",
        call.module(),
        call.version(),
        ShownValue.cut(call.export()),
        given,
        outcome,
        (System.nanoTime() - start) / 1000,
        record.source(),
        record.engine(),
        record.instance() == 0 ? "" : ", instance " + record.instance(),
        hidden == null ? "" : ", as the module failed with " + hidden.category());
  }
}
