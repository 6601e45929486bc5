package io.github.wasmspring.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEvent.ModuleProgressed;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WorkProgressTest {

  private static final long UNKNOWN = ModuleProgressed.UNKNOWN;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(WorkProgress.class);
  private final List<WasmEvent> told = new ArrayList<>();
  private final WasmEventPublisher events = new WasmEventPublisher();
  private long now = -5;
  private final WorkProgress progress =
      new WorkProgress(this.events, WasmWork.DOWNLOAD, () -> this.now);

  @BeforeEach
  void listen() {
    this.events.addListener(this.told::add);
    this.log.start();
    this.logger.setLevel(Level.INFO);
    this.logger.addAppender(this.log);
  }

  @AfterEach
  void stopListening() {
    this.logger.detachAppender(this.log);
    this.logger.setLevel(null);
  }

  private void at(long millis, long done, long total) {
    this.now = Duration.ofMillis(millis).toNanos() - 5;
    this.progress.advance("json", "1.2.0", done, total);
  }

  @Test
  void nobodyHearsOfWhatIsQuick() {
    at(0, 0, 4_000);
    at(499, 3_900, 4_000);
    this.progress.end("json", "1.2.0", 4_000);
    at(5_000, 4_000, 4_000);
    assertThat(this.told).isEmpty();
    assertThat(this.log.list).isEmpty();
  }

  @Test
  void otherwiseItIsToldTwiceASecondAtMostAndThatItIsOver() {
    for (int millis = 0; millis < 2_000; millis++) {
      at(millis, millis, 4_000);
    }
    this.progress.end("json", "1.2.0", 4_000);
    assertThat(this.told)
        .extracting(event -> ((ModuleProgressed) event).done())
        .containsExactly(500L, 1_000L, 1_500L, 4_000L);
    assertThat(this.told)
        .first()
        .isEqualTo(new ModuleProgressed("json", "1.2.0", WasmWork.DOWNLOAD, 500, 4_000));
    assertThat(this.log.list).isEmpty();
  }

  @Test
  void theLogSaysItNowAndThen() {
    for (int millis = 0; millis < 26_000; millis += 10) {
      at(millis, millis, millis < 10_000 ? 40_000 : UNKNOWN);
    }
    assertThat(this.log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Download of WebAssembly module json 1.2.0: 5,000 of 40,000 bytes (12 %)",
            "Download of WebAssembly module json 1.2.0: 15,000 bytes so far",
            "Download of WebAssembly module json 1.2.0: 25,000 bytes so far");
  }
}
