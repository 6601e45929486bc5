package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.fallback.WasmRetryPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

/** Beans that say whether a call is tried again: Spring's own and ours, by their names. */
final class RetryPolicyBeans implements Function<String, @Nullable WasmRetryPolicy> {

  private final ListableBeanFactory beans;
  private final Map<String, WasmRetryPolicy> found = new ConcurrentHashMap<>();

  RetryPolicyBeans(ListableBeanFactory beans) {
    this.beans = beans;
  }

  boolean exists(String name) {
    return this.beans.containsBean(name)
        && (this.beans.isTypeMatch(name, RetryPolicy.class)
            || this.beans.isTypeMatch(name, WasmRetryPolicy.class));
  }

  /** The names that there are, for people. */
  String names() {
    String names =
        Stream.of(RetryPolicy.class, WasmRetryPolicy.class)
            .flatMap(type -> Stream.of(this.beans.getBeanNamesForType(type)))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  @Override
  public @Nullable WasmRetryPolicy apply(String name) {
    WasmRetryPolicy known = this.found.get(name);
    if (known == null && exists(name)) {
      known = this.found.computeIfAbsent(name, this::find);
    }
    return known;
  }

  private WasmRetryPolicy find(String name) {
    Object bean = this.beans.getBean(name);
    return bean instanceof WasmRetryPolicy ours ? ours : new OfSpring((RetryPolicy) bean);
  }

  /** One of Spring's own. */
  private record OfSpring(RetryPolicy policy) implements WasmRetryPolicy {

    /** A policy that never ends is asked for no more than so many pauses. */
    private static final int MOST_ATTEMPTS = 1000;

    @Override
    public @Nullable Duration pause(WasmException failure, int attempt) {
      if (attempt >= MOST_ATTEMPTS || !this.policy.shouldRetry(failure)) {
        return null;
      }
      BackOffExecution pauses = this.policy.getBackOff().start();
      long millis = BackOffExecution.STOP;
      for (int i = 0; i < attempt; i++) {
        millis = pauses.nextBackOff();
        if (millis == BackOffExecution.STOP) {
          return null;
        }
      }
      return Duration.ofMillis(millis);
    }

    @Override
    public @Nullable Duration maxTime() {
      Duration timeout = this.policy.getTimeout();
      return timeout.isZero() ? null : timeout;
    }
  }
}
