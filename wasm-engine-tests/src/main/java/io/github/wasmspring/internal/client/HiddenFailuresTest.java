package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The operator learns of failures that callers do not notice, once and not a thousand times. */
class HiddenFailuresTest {

  private static final WasmCallId CALL = new WasmCallId("trouble", "1.0.0", "divide");

  private final Logger logger = (Logger) LoggerFactory.getLogger(HiddenFailures.class);
  private final Level before = this.logger.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final HiddenFailures hidden = new HiddenFailures(this.now::get);
  private final TestRuntime runtime = new TestRuntime();

  @BeforeEach
  void listen() {
    this.log.start();
    this.logger.setLevel(Level.WARN);
    this.logger.addAppender(this.log);
  }

  @AfterEach
  void close() {
    this.logger.detachAppender(this.log);
    this.logger.setLevel(this.before);
    this.runtime.close();
  }

  private List<String> messages() {
    return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void fail(WasmCallId call, WasmErrorCategory category, int times) {
    for (int i = 0; i < times; i++) {
      this.hidden.count(call, new WasmExecutionException(category, "number " + i, null));
    }
  }

  private void pass(Duration time) {
    this.now.addAndGet(time.toNanos());
  }

  @Test
  void theFirstIsToldAtOnceWithWhatToLookAt() {
    fail(CALL, WasmErrorCategory.TRAP, 1000);

    assertThat(messages())
        .singleElement()
        .asString()
        .startsWith("Java answers 'divide', as module 'trouble' failed (TRAP): number 0.")
        .contains("/actuator/wasm/trouble", "wasm.errors")
        .contains("wasm.modules.trouble.execution-mode=wasm")
        .contains("DEBUG of io.github.wasmspring.internal.client.CallExecutor");
    assertThat(this.log.list.get(0).getLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void furtherOnesAreCountedAndToldOnceAMinute() {
    fail(CALL, WasmErrorCategory.TRAP, 1000);
    pass(Duration.ofSeconds(59));
    fail(CALL, WasmErrorCategory.TRAP, 1);
    assertThat(messages()).hasSize(1);

    pass(Duration.ofSeconds(1));
    fail(CALL, WasmErrorCategory.TRAP, 500);
    assertThat(messages()).hasSize(2);
    assertThat(messages().get(1))
        .isEqualTo(
            "Java answered 'divide' 1001 more times, as module 'trouble' failed (TRAP); the last time: number 0");

    pass(Duration.ofMinutes(1));
    fail(CALL, WasmErrorCategory.TRAP, 1);
    assertThat(messages()).hasSize(3);
    assertThat(messages().get(2)).contains("'divide' 500 more times");
  }

  @Test
  void eachOperationAndCategoryIsToldByItself() {
    fail(CALL, WasmErrorCategory.TRAP, 10);
    fail(CALL, WasmErrorCategory.TIMEOUT, 10);
    fail(new WasmCallId("trouble", "1.0.0", "other"), WasmErrorCategory.TRAP, 10);
    assertThat(messages())
        .hasSize(3)
        .anyMatch(message -> message.contains("(TIMEOUT)"))
        .anyMatch(message -> message.contains("'other'"));
  }

  @WasmModule("trouble")
  interface Hiding {

    default int divide(int one, int two) {
      return -1;
    }
  }

  @Test
  void aFallbackOfAnInterfaceIsNotSilent() {
    this.runtime.with(guest("trouble"));
    Hiding hiding = this.runtime.manager.bind(Hiding.class);
    for (int i = 0; i < 300; i++) {
      assertThat(hiding.divide(6, 2)).isEqualTo(3);
    }
    assertThat(messages()).isEmpty();
    for (int i = 0; i < 50; i++) {
      assertThat(hiding.divide(1, 0)).isEqualTo(-1);
    }
    assertThat(messages()).singleElement().asString().contains("'divide'", "(TRAP)");
  }

  @Test
  void norIsAModuleThatCanNotBeLoaded() {
    this.runtime.with(
        guest("trouble")
            .location("classpath:wasm/nowhere.wasm")
            .fallback("divide", arguments -> -1));
    for (int i = 0; i < 50; i++) {
      assertThat(
              this.runtime
                  .manager
                  .module("trouble")
                  .operation("divide")
                  .arguments(6, 2)
                  .retrieve(int.class)
                  .value())
          .isEqualTo(-1);
    }
    assertThat(messages()).singleElement().asString().contains("(LOAD)", "nowhere.wasm");
  }
}
