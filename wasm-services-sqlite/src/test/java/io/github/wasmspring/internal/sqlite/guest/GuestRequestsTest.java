package io.github.wasmspring.internal.sqlite.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.internal.sqlite.lock.LockTable;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whom a cancellation meets. */
class GuestRequestsTest {

  private final GuestRequests requests = new GuestRequests(new LockTable(), null, 0);

  @Test
  void aCancellationIsForOneRunWithAllOfItsCalls() throws SQLException {
    long first = this.requests.beginRun();
    assertThat(this.requests.stopped()).isFalse();
    this.requests.requireNotCancelled();
    this.requests.cancel(first);
    this.requests.begin(Duration.ZERO);
    assertThat(this.requests.stopped()).isTrue();
    assertThatThrownBy(this.requests::requireNotCancelled).hasMessageContaining("cancelled");
    this.requests.endRun();
    assertThat(this.requests.stopped()).as("a commit").isFalse();
  }

  @Test
  void aCancellationThatComesLateMeetsNobody() {
    long first = this.requests.beginRun();
    this.requests.endRun();
    long second = this.requests.beginRun();
    this.requests.cancel(first);
    assertThat(this.requests.stopped()).isFalse();
    this.requests.cancel(second);
    this.requests.cancel(first);
    assertThat(this.requests.stopped()).isTrue();
  }

  @Test
  void anAbortIsForAllThatComes() {
    this.requests.abort();
    assertThat(this.requests.stopped()).isTrue();
    this.requests.beginRun();
    assertThat(this.requests.stopped()).isTrue();
  }
}
