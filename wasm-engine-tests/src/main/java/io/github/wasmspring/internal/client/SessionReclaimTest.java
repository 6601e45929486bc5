package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent.SessionReclaimed;
import io.github.wasmspring.event.WasmEvent.SessionReclaimed.Reason;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Sessions that nobody closes. */
@Timeout(60)
class SessionReclaimTest {

  private final TestRuntime runtime = new TestRuntime();

  @WasmModule("state")
  interface State {
    int bumpMemory();
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void with(Consumer<Pool.Builder> pool) {
    this.runtime.with(
        guest("state").settings(settings -> settings.pool(old -> pool.accept(old.min(0).max(1)))));
  }

  private void collectGarbageUntilReclaimed() {
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(this.runtime.events(SessionReclaimed.class)).hasSize(1);
            });
  }

  /** Whatever has been unreachable for long is cleared when this returns. */
  private static void collectGarbage() {
    WeakReference<Object> witness = new WeakReference<>(new Object());
    await()
        .until(
            () -> {
              System.gc();
              return witness.get() == null;
            });
  }

  @Test
  void aForgottenSessionLosesItsInstance() {
    with(settings -> {});
    this.runtime.manager.open("state").call("bump_memory");

    collectGarbageUntilReclaimed();

    SessionReclaimed event = this.runtime.events(SessionReclaimed.class).get(0);
    assertThat(event.module()).isEqualTo("state");
    assertThat(event.why()).isEqualTo(Reason.LEAKED);
    assertThat(event.open()).isPositive();
    assertThat(pool().reclaimed()).isOne();
    assertThat(pool().inUse()).isZero();
    assertThat(pool().discarded()).isOne();
    assertThat(this.runtime.budget.used()).isZero();
    try (WasmSession next = this.runtime.manager.open("state")) {
      assertThat(next.call("bump_memory")).containsExactly(1);
    }
  }

  private io.github.wasmspring.pool.PoolStats pool() {
    return this.runtime.manager.status("state").get(0).pool();
  }

  @Test
  void whoWaitsForAnInstanceGetsTheRoomOfAForgottenOne() {
    with(pool -> pool.borrowTimeout(Duration.ofSeconds(30)).traceSessions(true));
    this.runtime.manager.open("state");
    Thread collector =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                System.gc();
              }
            });
    collector.setDaemon(true);
    collector.start();

    this.runtime.manager.open("state").close();

    collector.interrupt();
  }

  @Test
  void aBoundObjectKeepsItsSession() {
    with(settings -> {});
    State bound = this.runtime.manager.open("state").bind(State.class);
    assertThat(bound.bumpMemory()).isEqualTo(1);

    collectGarbage();

    this.runtime.manager.status();
    assertThat(bound.bumpMemory()).isEqualTo(2);
    assertThat(this.runtime.events(SessionReclaimed.class)).isEmpty();
  }

  @Test
  void theMemoryKeepsItsSession() {
    with(settings -> {});
    WasmMemory memory = this.runtime.manager.open("state").memory();

    collectGarbage();

    memory.writeInt(16, 7);
    assertThat(memory.readInt(16)).isEqualTo(7);
    assertThat(this.runtime.events(SessionReclaimed.class)).isEmpty();
  }

  @Test
  void aSessionThatIsClosedIsNoLeak() {
    with(settings -> {});
    for (int i = 0; i < 100; i++) {
      this.runtime.manager.open("state").close();
    }
    collectGarbage();

    this.runtime.manager.open("state").close();
    assertThat(this.runtime.events(SessionReclaimed.class)).isEmpty();
    assertThat(pool().reclaimed()).isZero();
  }

  @Test
  void aSessionThatIsOpenForTooLongLosesItsInstance() {
    with(pool -> pool.maxSessionTime(Duration.ofMillis(1)));
    WasmSession session = this.runtime.manager.open("state");

    await().untilAsserted(() -> assertThat(pool().reclaimed()).isOne());

    assertThatIllegalStateException()
        .isThrownBy(() -> session.call("bump_memory"))
        .withMessageContaining("pool.max-session-time");
    assertThat(this.runtime.events(SessionReclaimed.class).get(0).why()).isEqualTo(Reason.EXPIRED);
    session.close();
    assertThat(pool().inUse()).isZero();
    assertThat(pool().discarded()).isOne();
  }

  @Test
  void eachPlaceThatOpensThemIsNamedOnce() {
    with(pool -> pool.max(3).traceSessions(true).maxSessionTime(Duration.ofMillis(1)));
    Logger logger = (Logger) LoggerFactory.getLogger(OpenSessions.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(log);
    try {
      for (int i = 0; i < 2; i++) {
        this.runtime.manager.open("state");
      }
      this.runtime.manager.open("state");
      await()
          .untilAsserted(() -> assertThat(this.runtime.events(SessionReclaimed.class)).hasSize(3));
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    assertThat(List.copyOf(log.list))
        .filteredOn(line -> line.getThrowableProxy() != null)
        .hasSize(2);
  }
}
