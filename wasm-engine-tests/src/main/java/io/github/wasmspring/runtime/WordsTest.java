package io.github.wasmspring.runtime;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Messages say what happened, where, and what to look at. */
class WordsTest {

  @WasmModule("numbers")
  interface Spinning {

    @WasmExport("spin_if")
    int spinIf(int yes, WasmCallOptions options);
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmException open(WasmModuleDescriptor.Builder module) {
    String id = module.build().id();
    this.runtime.with(module);
    WasmException failure = failure(() -> this.runtime.manager.open(id).close());
    assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(2048);
    return failure;
  }

  @Test
  void aDeadlineNamesItsLengthAndItsProperty() {
    this.runtime.with(
        guest("numbers").settings(s -> s.limits(limits -> limits.timeout(Duration.ofMillis(70)))));
    Spinning spinning = this.runtime.manager.bind(Spinning.class);

    assertThat(
            failure(WasmErrorCategory.TIMEOUT, () -> spinning.spinIf(1, WasmCallOptions.DEFAULTS)))
        .hasMessageContaining("70 ms (limits.timeout");
    assertThat(
            failure(
                WasmErrorCategory.TIMEOUT,
                () -> spinning.spinIf(1, WasmCallOptions.timeout(Duration.ofMillis(25)))))
        .hasMessageContaining("25 ms");
  }

  @Test
  void theDeadlineOfAStartFunctionNamesItsLengthAndItsProperty() {
    assertThat(
            open(
                guest("start-spins")
                    .settings(s -> s.limits(limits -> limits.timeout(Duration.ofMillis(70))))))
        .hasMessageContaining("start function")
        .hasMessageContaining("70 ms (limits.timeout)");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aStartFunctionThatTrapsIsSaid(WasmEngineMode mode) {
    WasmException failure =
        open(guest("start-traps").settings(settings -> settings.engineMode(mode)));

    assertThat(failure.category()).isEqualTo(WasmErrorCategory.INSTANTIATION);
    assertThat(failure)
        .hasMessageContaining("its start function failed: the guest trapped")
        .hasMessageContaining("(in func[0]%s)", TestEngines.tellsOffsets() ? " at 0x1a" : "");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void aHostFunctionThatFailsInAStartFunctionIsSaid(WasmEngineMode mode) {
    WasmException failure =
        open(
            guest("start-calls")
                .settings(settings -> settings.engineMode(mode))
                .imports(
                    new WasmImportDefinition(
                        "env",
                        "callback",
                        new WasmFunctionType(List.of(), List.of()),
                        (caller, arguments) -> {
                          throw new IllegalStateException("no luck");
                        })));

    assertThat(failure.category()).isEqualTo(WasmErrorCategory.INSTANTIATION);
    assertThat(failure)
        .hasMessageContaining("its start function failed: the host function env.callback")
        .hasMessageContaining("no luck");
    assertThat(failure).hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatFailsBeforeTheStartFunctionIsNotItsFault() {
    assertThat(open(guest("data-outside")).getMessage()).doesNotContain("start function");
  }

  @Test
  void aFileThatIsCutOffIsNotToldHowAModuleBegins() {
    byte[] whole = Guests.bytes("buffer");
    int end = whole.length - 1;
    for (int length : new int[] {1, 2, 3, 4, 5, 6, 7, 9, 20, 100, end / 2, end}) {
      String name = "cut" + length;
      String location = this.runtime.bytes.put(name, Arrays.copyOf(whole, length));

      WasmException failure = open(WasmModuleDescriptor.builder(name).location(location));

      assertThat(failure.getMessage())
          .as("%d bytes", length)
          .doesNotContain("does not begin", "asm", "magic");
      assertThat(failure).hasMessageContaining("cut off");
    }
  }

  @Test
  void whatIsNoModuleIsStillTold() {
    String location = this.runtime.bytes.put("other", new byte[] {0, 'a', 'b'});

    assertThat(open(WasmModuleDescriptor.builder("other").location(location)))
        .hasMessageContaining("does not begin with the magic bytes");
  }

  @Test
  void aServerThatIsNotThereIsExplained() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(
            open(WasmModuleDescriptor.builder("remote")
                    .location("http://127.0.0.1:" + port + "/a.wasm"))
                .getMessage())
        .contains("127.0.0.1:" + port + " accepts no connection")
        .doesNotContain("ConnectException");
  }

  @Test
  void aWrongCompiledClassNamesItsProperty() {
    assertThat(open(WasmModuleDescriptor.builder("a").compiledClass("com.example.None")))
        .hasMessageContaining("there is no class com.example.None")
        .hasMessageContaining("compiled-class");
    assertThat(open(WasmModuleDescriptor.builder("b").compiledClass("java.lang.String")))
        .hasMessageContaining("class java.lang.String")
        .hasMessageContaining("compiled-class");
  }

  @Test
  void theWarmUpDoesNotShowInTheLog() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.github.wasmspring");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Level before = logger.getLevel();
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
    try (WasmRuntime runtime = TestEngines.runtime().build()) {
      WarmUp.call(runtime);
      runtime.register(guest("numbers").build());
      runtime.manager().warmUp("numbers");
    } finally {
      logger.setLevel(before);
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.contains("warm-up"))
        .anyMatch(message -> message.contains("module numbers") && message.contains("is ready"));
  }
}
