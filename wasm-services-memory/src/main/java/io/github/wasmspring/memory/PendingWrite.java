package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A change that somebody waits for. */
final class PendingWrite<T> {

  private final MemoryChange<T> change;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable AgentMemoryException refusal;

  PendingWrite(MemoryChange<T> change) {
    this.change = change;
  }

  long bytes() {
    return this.change.bytes();
  }

  CompletableFuture<T> answer() {
    return this.answer;
  }

  /** Makes the change; what is refused doesn't disturb the others of the transaction. */
  void apply(WriteTransaction transaction) throws SQLException {
    this.refusal = null;
    this.result = null;
    try {
      this.result = this.change.apply(transaction);
    } catch (AgentMemoryException refused) {
      this.refusal = refused;
    }
  }

  /** Whether nothing of it is in the transaction. */
  boolean isRefused() {
    return this.refusal != null;
  }

  /** The transaction has been committed. */
  @SuppressWarnings("NullAway") // Some changes answer null, where T allows it.
  void committed() {
    if (this.refusal != null) {
      this.answer.completeExceptionally(this.refusal);
    } else {
      this.answer.complete(this.result);
    }
  }

  void failed(Throwable failure) {
    this.answer.completeExceptionally(failure);
  }
}
