package io.github.wasmspring.services;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A service that is made when it is first asked for. What could not be made is tried again. */
final class OnDemand<T> {

  private final Supplier<? extends T> maker;
  private final Consumer<? super T> end;
  private @Nullable T made;
  private boolean closed;

  private OnDemand(Supplier<? extends T> maker, Consumer<? super T> end) {
    this.maker = maker;
    this.end = end;
  }

  /**
   * @param end done with it when it is closed, if it was made
   */
  static <T> OnDemand<T> of(Supplier<? extends T> maker, Consumer<? super T> end) {
    return new OnDemand<>(maker, end);
  }

  /** One that somebody else has made, or makes, and closes. */
  static <T> OnDemand<T> given(Supplier<? extends T> given) {
    return new OnDemand<>(given, left -> {});
  }

  synchronized T get() {
    if (this.closed) {
      throw new IllegalStateException("The services are closed");
    }
    T found = this.made;
    if (found == null) {
      found = this.maker.get();
      this.made = found;
    }
    return found;
  }

  synchronized Optional<T> ifMade() {
    if (this.closed) {
      throw new IllegalStateException("The services are closed");
    }
    return Optional.ofNullable(this.made);
  }

  synchronized void close() {
    T found = this.made;
    this.made = null;
    if (!this.closed && found != null) {
      this.end.accept(found);
    }
    this.closed = true;
  }
}
