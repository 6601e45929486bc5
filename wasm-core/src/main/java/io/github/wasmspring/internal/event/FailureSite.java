package io.github.wasmspring.internal.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What failed where, which tells one fault from another: where its first cause was thrown, the
 * methods of the JDK left out.
 *
 * @param where {@code null} if it has no stack trace
 */
public record FailureSite(Class<?> type, @Nullable StackTraceElement where) {

  /** No chain of causes is longer, unless it is a circle. */
  private static final int LONGEST_CHAIN = 100;

  public static FailureSite of(Throwable failure) {
    Throwable first = failure;
    for (int i = 0; i < LONGEST_CHAIN && first.getCause() != null; i++) {
      first = first.getCause();
    }
    StackTraceElement[] trace = first.getStackTrace();
    if (trace.length == 0) {
      trace = failure.getStackTrace();
    }
    return new FailureSite(
        first.getClass(),
        Arrays.stream(trace)
            .filter(frame -> !isOfJdk(frame))
            .findFirst()
            .orElse(trace.length == 0 ? null : trace[0]));
  }

  private static boolean isOfJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
