package io.github.wasmspring.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeedMailboxTest {

  private final FeedMailbox mailbox = new FeedMailbox();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String take() throws InterruptedException {
    return new String(this.mailbox.take(0), StandardCharsets.UTF_8);
  }

  @Test
  void ofWhatIsToldAgainThereIsOnlyTheNewest() throws InterruptedException {
    this.mailbox.snapshot(bytes("all "));
    take();

    for (int i = 0; i < 10_000; i++) {
      this.mailbox.newest("figures", bytes("figures-" + i + " "));
      this.mailbox.newest("modules", bytes("modules-" + i + " "));
    }

    assertThat(take()).isEqualTo("figures-9999 modules-9999 ");
    assertThat(take()).isEmpty();
  }

  @Test
  void whoHasToBeToldTooManyEventsIsToldEverythingAnew() throws Exception {
    this.mailbox.snapshot(bytes("all "));
    for (int i = 0; i <= FeedMailbox.MOST_EVENTS; i++) {
      this.mailbox.event(bytes("event "));
    }
    this.mailbox.newest("figures", bytes("figures "));
    assertThat(take()).isEmpty();

    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(this.mailbox.take(20_000), StandardCharsets.UTF_8);
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
            });
    Awaitility.await().until(this.mailbox::wantsSnapshot);
    this.mailbox.snapshot(bytes("anew "));

    assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("anew ");
  }

  @Test
  void nobodyIsAskedForASnapshotThatDoesNotWaitForIt() {
    assertThat(this.mailbox.wantsSnapshot()).isFalse();
  }

  @Test
  void eventsStayInTheirOrder() throws InterruptedException {
    this.mailbox.snapshot(bytes("all "));
    this.mailbox.event(bytes("a "));
    this.mailbox.event(bytes("b "));

    assertThat(take()).isEqualTo("all a b ");
  }
}
