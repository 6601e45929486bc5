package io.github.wasmspring.internal.wasi;

import static io.github.wasmspring.internal.wasi.WasiGuest.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasiSettings.Output;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Where the output of guests goes. */
class WasiLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.wasmspring.wasi.wasi");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  @BeforeEach
  void listen() {
    this.logger.setLevel(Level.INFO);
    this.logger.setAdditive(false);
    this.logger.addAppender(this.appender);
    this.appender.start();
  }

  @AfterEach
  void stop() {
    this.logger.detachAppender(this.appender);
    this.logger.setAdditive(true);
  }

  private List<String> logged(
      Consumer<WasiSettings.Builder> settings, int descriptor, String... texts) {
    try (WasiGuest guest = new WasiGuest(settings)) {
      for (String text : texts) {
        assertThat(guest.write(descriptor, text)).isEqualTo(SUCCESS);
      }
    }
    return this.appender.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Test
  void nothingIsLoggedUnlessAskedFor() {
    assertThat(logged(settings -> {}, 1, "out\n")).isEmpty();
    assertThat(logged(settings -> {}, 2, "err\n")).isEmpty();
  }

  @Test
  void standardOutputIsLoggedLineByLine() {
    assertThat(logged(settings -> settings.stdout(Output.LOG), 1, "one\ntw", "o\n\nthr", "ee {}"))
        .containsExactly("INFO one", "INFO two", "INFO three {}");
  }

  @Test
  void standardErrorIsAWarning() {
    assertThat(logged(settings -> settings.stderr(Output.LOG), 2, "panic\n"))
        .containsExactly("WARN panic");
  }

  @Test
  void aFloodIsCutOff() {
    assertThat(
            logged(
                settings -> settings.stdout(Output.LOG).logLimit(10),
                1,
                "12345\n",
                "67890\n",
                "more\n"))
        .containsExactly(
            "INFO 12345", "INFO 6789", "INFO (what follows is dropped: wasi.log-limit is reached)");
  }

  @Test
  void aGuestCannotForgeLines() {
    assertThat(
            logged(
                settings -> settings.stdout(Output.LOG),
                1,
                "a\r2026 ERROR fake\u001b[31m\u2028b\u202e\n"))
        .containsExactly("INFO a\uFFFD2026 ERROR fake\uFFFD[31m\uFFFDb\uFFFD");
  }

  @Test
  void aLineWithoutEndIsBroken() {
    assertThat(logged(settings -> settings.stdout(Output.LOG), 1, "x".repeat(10_000))).hasSize(2);
  }
}
