package io.github.wasmspring.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a user hears of functions that are too big. */
class BigFunctionReportTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.wasmspring");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
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
    this.logger.setLevel(null);
    this.runtime.close();
  }

  /** Functions may be compiled when they are called. */
  private List<String> call(Consumer<WasmModuleSettings.Builder> settings) {
    RandomModule module = new RandomModule(38, 1_500);
    this.runtime.bytes.put("big", module.bytes());
    this.runtime.with(
        WasmModuleDescriptor.builder("big")
            .location("bytes:big")
            .imports(
                new WasmImportDefinition(
                    "env",
                    "note",
                    new WasmFunctionType(List.of(WasmValueType.I32), List.of()),
                    (caller, arguments) -> new long[0]))
            .settings(settings));
    try (WasmSession session = this.runtime.manager.open("big")) {
      session.call("main", new long[module.parameters().size()]);
    }
    return this.runtime.manager.status("big").get(0).bigFunctions();
  }

  private List<String> warnings() {
    return this.log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .filter(event -> event.getLoggerName().contains("BigFunction"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void aFunctionIsSplitUnlessToldOtherwise() {
    assertThat(call(settings -> {}))
        .singleElement()
        .asString()
        .matches("main loop \\(function 3, \\d+ bytes, \\d+ before splitting\\)");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aFunctionThatStaysTooBigIsWarnedOfWithWhatHelps() {
    assertThat(call(settings -> settings.splitBigFunctions(false)))
        .singleElement()
        .asString()
        .matches("main loop \\(function 3, \\d+ bytes\\)");
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("big", "main loop", "split-big-functions", "-XX:-DontCompileHugeMethods");
  }

  @Test
  void theInterpreterHasNothingToSplit() {
    TestEngines.assumeInterpreter();
    assertThat(call(settings -> settings.engineMode(WasmEngineMode.INTERPRETER))).isEmpty();
    assertThat(warnings()).isEmpty();
  }
}
