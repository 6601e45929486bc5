package io.github.wasmspring.internal.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a response body and gives up as soon as it is larger than allowed. */
final class CappedBodySubscriber implements BodySubscriber<byte[]> {

  /** The body is of no interest. */
  static final long NOTHING = -1;

  private final long maxSize;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  CappedBodySubscriber(long maxSize) {
    this.maxSize = maxSize;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return this.body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (this.maxSize == NOTHING) {
      subscription.cancel();
      this.body.complete(new byte[0]);
    } else {
      subscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (this.collected.size() + (long) buffer.remaining() > this.maxSize) {
        cancel();
        this.body.completeExceptionally(
            new IOException("it has more than " + this.maxSize + " bytes"));
        return;
      }
      byte[] chunk = new byte[buffer.remaining()];
      buffer.get(chunk);
      this.collected.writeBytes(chunk);
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
    this.body.complete(this.collected.toByteArray());
  }
}
