package io.github.wasmspring.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The only class that knows Reactor, which need not be there. */
final class ReactorSupport {

  private static final String MONO = "reactor.core.publisher.Mono";

  private ReactorSupport() {}

  static boolean isMono(@Nullable Object value) {
    for (Class<?> type = value == null ? null : value.getClass();
        type != null;
        type = type.getSuperclass()) {
      if (type.getName().equals(MONO)) {
        return true;
      }
    }
    return false;
  }

  static boolean isMono(Class<?> type) {
    return type.getName().equals(MONO);
  }

  /**
   * @param call made for each subscriber, with what is known of it
   */
  static Object mono(Function<SubscriberContext, CompletableFuture<Object>> call) {
    return Mono.deferContextual(
        context ->
            Mono.fromFuture(call.apply(key -> context.<Object>getOrEmpty(key).orElse(null))));
  }

  static @Nullable Object block(@Nullable Object mono) {
    return mono == null ? null : ((Mono<?>) mono).block();
  }
}
