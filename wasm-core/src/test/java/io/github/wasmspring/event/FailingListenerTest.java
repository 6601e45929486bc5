package io.github.wasmspring.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A listener that throws with every call fills no log. */
class FailingListenerTest {

  private static final WasmCallId CALL = new WasmCallId("calc", "1.0.0", "add");

  private final Logger logger = (Logger) LoggerFactory.getLogger(WasmEventPublisher.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final WasmEventPublisher events = new WasmEventPublisher();

  @BeforeEach
  void listen() {
    this.logger.setLevel(Level.WARN);
    this.log.start();
    this.logger.addAppender(this.log);
  }

  @AfterEach
  void forget() {
    this.logger.detachAppender(this.log);
    this.logger.setLevel(null);
  }

  @Test
  void isNamedOnceWithItsStackTraceAndHarmsNobody() {
    List<WasmCallId> told = new ArrayList<>();
    this.events.addCallListener(
        (call, engine, source, failure, nanos) -> {
          throw new IllegalStateException("broken");
        });
    this.events.addCallListener((call, engine, source, failure, nanos) -> told.add(call));
    for (int i = 0; i < 1000; i++) {
      this.events.called(CALL, "jvm", WasmSource.WASM, null, 1);
    }
    assertThat(told).hasSize(1000);
    assertThat(this.log.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getFormattedMessage())
                  .contains(FailingListenerTest.class.getName(), "add");
              assertThat(line.getThrowableProxy().getMessage()).isEqualTo("broken");
            });
  }

  /** As all methods with {@code @EventListener} are. */
  @Test
  void eachOfThoseBehindOneListenerIsNamed() {
    this.events.addListener(
        event -> {
          if (event instanceof WasmEvent.ModuleLoading loading) {
            mail(loading.module().length() > 4 ? null : "mail");
          } else {
            mail("mail");
          }
        });
    for (int i = 0; i < 100; i++) {
      this.events.publish(new WasmEvent.ModuleLoading("calc", "1.0.0"));
      this.events.publish(new WasmEvent.ModuleLoading("prices", "1.0.0"));
      this.events.publish(new WasmEvent.ModuleRegistered("calc", "1.0.0"));
    }
    assertThat(this.log.list).hasSize(3);
  }

  private static void mail(@Nullable String to) {
    Objects.requireNonNull(to);
    throw new IllegalStateException("no mail to " + to);
  }
}
