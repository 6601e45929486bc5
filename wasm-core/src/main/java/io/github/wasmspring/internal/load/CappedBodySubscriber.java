package io.github.wasmspring.internal.load;

import io.github.wasmspring.event.WasmEvent;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a response body and gives up as soon as it is larger than allowed. */
final class CappedBodySubscriber implements BodySubscriber<ByteChunks> {

  /** The body is of no interest. */
  static final long NOTHING = -1;

  /** So much of it is read all the same: to stop a server costs the connection. */
  private static final long SMALL = 16 << 10;

  private final long maxSize;
  private final long expected;
  private final ByteChunks collected = new ByteChunks();
  private final CompletableFuture<ByteChunks> body = new CompletableFuture<>();
  private volatile long arrived;
  private long discarded;
  private Flow.@Nullable Subscription subscription;

  /**
   * @param expected how many bytes are to come, {@link WasmEvent.ModuleProgressed#UNKNOWN} if
   *     nobody has said
   */
  CappedBodySubscriber(long maxSize, long expected) {
    this.maxSize = maxSize;
    this.expected = expected;
  }

  boolean isWanted() {
    return this.maxSize != NOTHING;
  }

  long expected() {
    return this.expected;
  }

  /** How many bytes have come; may be asked by any thread. */
  long arrived() {
    return this.arrived;
  }

  @Override
  public CompletionStage<ByteChunks> getBody() {
    return this.body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (this.maxSize == NOTHING) {
      buffers.forEach(buffer -> this.discarded += buffer.remaining());
      if (this.discarded > SMALL) {
        this.body.complete(this.collected);
        cancel();
      }
      return;
    }
    for (ByteBuffer buffer : buffers) {
      if (this.collected.size() + buffer.remaining() > this.maxSize) {
        cancel();
        this.body.completeExceptionally(new OversizeException("it", this.maxSize));
        return;
      }
      this.collected.add(buffer);
    }
    this.arrived = this.collected.size();
  }

  private void cancel() {
    Flow.Subscription current = this.subscription;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    this.body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    this.body.complete(this.collected);
  }
}
