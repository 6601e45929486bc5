package io.github.wasmspring.internal.sqlite.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.internal.sqlite.lock.LockTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void onlyWhatIsCertainlyNotThereIsSaidNotToBe(@TempDir Path folder) throws IOException {
    GuestRequests files = new GuestRequests(new LockTable(), folder, 0);
    Path journal = Files.createFile(folder.resolve("a.db-journal"));
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/b.db-journal"), "x");
    assertThat(files.exists("/db/a.db-journal")).isFalse();
    assertThat(files.exists("/db/a.db-wal")).isFalse();
    Files.writeString(journal, "x");
    assertThat(files.exists("/db/a.db-journal")).isTrue();
    Files.createSymbolicLink(folder.resolve("link"), journal);
    assertThat(files.exists("/db/link")).isTrue();
    assertThat(files.exists("/db/sub/b.db-journal")).as("the guest looks itself").isTrue();
    assertThat(files.exists("/elsewhere")).isTrue();
    assertThat(this.requests.exists("/db/a.db-journal")).isTrue();
  }
}
