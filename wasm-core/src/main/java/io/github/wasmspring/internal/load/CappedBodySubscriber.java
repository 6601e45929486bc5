package io.github.wasmspring.internal.load;

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
  private final ByteChunks collected = new ByteChunks();
  private final CompletableFuture<ByteChunks> body = new CompletableFuture<>();
  private long discarded;
  private Flow.@Nullable Subscription subscription;

  CappedBodySubscriber(long maxSize) {
    this.maxSize = maxSize;
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
