package io.github.wasmspring.verification.soak;

import io.github.wasmspring.WasmOperationException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A call whose answer is known.
 *
 * @param <T> the interface that it is made through
 * @param call through any implementation of it: the bean, a session, Java
 * @param expected the answer, or the code of the error that is the right answer
 */
record Question<T>(String name, Class<T> type, Function<T, Object> call, Object expected) {

  private static final double PRECISION = 1e-9;
  private static final long PATIENCE_SECONDS = 120;

  /** A question whose answer is what Java says. */
  static <T> Question<T> of(String name, Class<T> type, T java, Function<T, Object> call) {
    return new Question<>(name, type, call, answer(() -> call.apply(java)));
  }

  /**
   * @throws LostAnswer if what was promised does not come in time
   */
  Object ask(T module) {
    return answer(() -> this.call.apply(module));
  }

  /** An error that the module reports is an answer, its code. */
  private static Object answer(Supplier<Object> call) {
    try {
      Object answer = call.get();
      return answer instanceof Future<?> promise ? await(promise) : answer;
    } catch (WasmOperationException refusal) {
      return "error " + refusal.code();
    }
  }

  private static Object await(Future<?> promise) {
    try {
      return promise.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException known
          ? known
          : new CompletionException(failure.getCause());
    } catch (TimeoutException late) {
      throw new LostAnswer();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LostAnswer();
    }
  }

  /** Neither an answer nor a failure. */
  static final class LostAnswer extends RuntimeException {

    private static final long serialVersionUID = 1;
  }

  boolean isAnsweredBy(Object answer) {
    if (this.expected instanceof double[] numbers && answer instanceof double[] others) {
      return areClose(numbers, others);
    }
    return Objects.deepEquals(this.expected, answer);
  }

  private static boolean areClose(double[] numbers, double[] others) {
    double scale = Arrays.stream(numbers).map(Math::abs).max().orElse(0) + 1;
    for (int i = 0; i < numbers.length && i < others.length; i++) {
      // Written so that NaN is not close to anything.
      if (!(Math.abs(numbers[i] - others[i]) <= PRECISION * scale)) {
        return false;
      }
    }
    return numbers.length == others.length;
  }
}
