package io.github.wasmspring.internal.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
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

  static Object mono(Supplier<CompletableFuture<Object>> call) {
    return Mono.fromFuture(call);
  }

  /**
   * @param call given what the context of the subscriber has under that key, {@code null} if
   *     nothing
   */
  static Object mono(String key, Function<@Nullable String, CompletableFuture<Object>> call) {
    return Mono.deferContextual(
        context ->
            Mono.fromFuture(
                call.apply(context.<Object>getOrEmpty(key).map(Object::toString).orElse(null))));
  }

  static @Nullable Object block(@Nullable Object mono) {
    return mono == null ? null : ((Mono<?>) mono).block();
  }
}
