package io.github.wasmspring.actor;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The only class that knows Reactor, which need not be there. */
final class ReactorAnswers {

  private ReactorAnswers() {}

  /** Asks for each subscriber. */
  static Object mono(Supplier<? extends CompletableFuture<?>> ask) {
    return Mono.fromFuture(ask);
  }
}
