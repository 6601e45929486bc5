package io.github.wasmspring.internal.convention;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.Failures;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WASI commands as operations. */
@Timeout(60)
class CommandConventionTest {

  record Point(int x, int y) {}

  @WasmModule("command")
  interface Command {

    String run(String input);

    @WasmExport("_start")
    String runAs(String input, String mode);

    @WasmExport("run")
    byte[] bytes(byte[] input);

    @WasmExport("run")
    ByteBuffer buffer(ByteBuffer input);

    @WasmExport("main")
    Point point(Point input);

    @WasmExport("run")
    int number(String input);

    @WasmExport("run")
    void nothing(String input);

    @WasmExport("run")
    String arguments(String[] arguments);

    @WasmExport("run")
    String manyArguments(String input, int number, boolean flag, List<String> more);

    @WasmExport("run")
    String optional(Optional<String> input, Optional<String> argument, @Nullable String another);

    @WasmExport("run")
    WasmResult<String> result(String input);

    default String helper() {
      return "an ordinary method";
    }
  }

  interface WithFallback {

    default String run(String input, String mode) {
      return "in Java";
    }
  }

  interface Stranger {
    String convert(String input);
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private Command command(Consumer<WasmModuleSettings.Builder> settings) {
    this.runtime.with(module().settings(settings));
    return this.runtime.manager.bind(Command.class);
  }

  private Command command() {
    return command(settings -> {});
  }

  private static WasmModuleDescriptor.Builder module() {
    return WasmModuleDescriptor.builder("command").location("classpath:wasm/wasi-command.wasm");
  }

  @Test
  void inputAndOutputAreTheStandardStreams() {
    Command command = command();

    assertThat(command.run("Hello, wörld")).isEqualTo("Hello, wörld");
    assertThat(command.run("")).isEmpty();
    assertThat(command.bytes(new byte[] {0, -1, 7})).containsExactly(0, -1, 7);
    assertThat(command.buffer(ByteBuffer.wrap(new byte[] {1, 2})))
        .isEqualByComparingTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(command.point(new Point(3, -4))).isEqualTo(new Point(3, -4));
    assertThat(command.number("42\n")).isEqualTo(42);
    command.nothing("x");
    assertThat(command.helper()).isEqualTo("an ordinary method");
  }

  @Test
  void largeInputGoesThrough() {
    String large = "0123456789".repeat(100_000);

    assertThat(command().run(large)).isEqualTo(large);
  }

  @Test
  void furtherArgumentsAreItsArguments() {
    Command command =
        command(settings -> settings.wasi(wasi -> wasi.arguments(List.of("configured"))));

    assertThat(command.runAs("", "a")).isEqualTo("command\0configured\0a\0");
    assertThat(command.arguments(new String[] {"x y", "", "a"}))
        .isEqualTo("command\0configured\0x y\0\0a\0");
    assertThat(command.manyArguments("input", 7, true, List.of("l", "a")))
        .isEqualTo("command\0configured\0007\0true\0l\0a\0");
  }

  @Test
  void whatIsNotThereIsLeftOut() {
    Command command = command();

    assertThat(command.optional(Optional.empty(), Optional.empty(), null)).isEmpty();
    assertThat(command.optional(Optional.of("x"), Optional.empty(), null)).isEqualTo("x");
    assertThat(command.optional(Optional.empty(), Optional.of("a"), null))
        .isEqualTo("command\0a\0");
    assertThat(command.optional(Optional.empty(), Optional.of("b"), "a"))
        .isEqualTo("command\0b\0a\0");
  }

  @Test
  void itSeesTheVariablesThatItIsGiven() {
    Command command =
        command(settings -> settings.wasi(wasi -> wasi.environment(Map.of("TZ", "UTC"))));

    assertThat(command.runAs("", "v")).isEqualTo("TZ=UTC\0");
  }

  @ParameterizedTest
  @EnumSource(WasmResetPolicy.class)
  void everyRunFindsANewWorld(WasmResetPolicy policy) {
    Command command = command(settings -> settings.pool(pool -> pool.reset(policy).min(0).max(1)));

    for (int i = 0; i < 5; i++) {
      assertThat(command.run("run " + i)).isEqualTo("run " + i);
      assertThat(command.runAs("unread", "0")).isEqualTo("done");
    }
  }

  @Test
  void anExitCodeIsTheErrorOfTheOperation() {
    Command command = command();

    WasmOperationException failure =
        Failures.failure(WasmOperationException.class, () -> command.runAs("", "e"));

    assertThat(failure.code()).isEqualTo("exit.3");
    assertThat(failure.detail()).isEqualTo("something is wrong");
    assertThat(failure).hasMessageContaining("module 'command'").hasMessageContaining("'runAs'");
    assertThat(command.run("goes on")).isEqualTo("goes on");
  }

  @Test
  void aTrapIsATrapAndSaysWhatWasSaidBefore() {
    Command command = command();

    assertThat(Failures.failure(WasmErrorCategory.TRAP, () -> command.runAs("", "t")))
        .hasMessageContaining("something is wrong");
  }

  @Test
  void aFloodIsStoppedAtTheLimit() {
    Command command = command(settings -> settings.limits(limits -> limits.output(1 << 20)));

    assertThat(Failures.failure(WasmErrorCategory.MEMORY_LIMIT, () -> command.runAs("", "f")))
        .hasMessageContaining("limits.output");
    assertThat(command.run("goes on")).isEqualTo("goes on");
  }

  @Test
  void inputAboveTheLimitDoesNotRun() {
    Command command = command(settings -> settings.limits(limits -> limits.payload(100)));

    assertThat(
            Failures.failure(WasmErrorCategory.INVALID_INPUT, () -> command.run("x".repeat(101))))
        .hasMessageContaining("limits.payload");
    Failures.failure(WasmErrorCategory.INVALID_INPUT, () -> command.runAs("", "a\0b"));
    Failures.failure(WasmErrorCategory.INVALID_INPUT, () -> command.run(null));
  }

  @Test
  void spinningAndSleepingEndAtTheDeadline() {
    Command command =
        command(settings -> settings.limits(limits -> limits.timeout(Duration.ofMillis(200))));

    Failures.failure(WasmErrorCategory.TIMEOUT, () -> command.runAs("", "s"));
    Failures.failure(WasmErrorCategory.TIMEOUT, () -> command.runAs("", "z"));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void javaAnswersWhenItTrapsButNotWhenItRefuses() {
    this.runtime.with(module());
    WithFallback command = this.runtime.manager.bind(WithFallback.class, "command", "*");

    assertThat(command.run("in", "c")).isEqualTo("in");
    assertThat(command.run("in", "t")).isEqualTo("in Java");
    Failures.failure(WasmErrorCategory.OPERATION, () -> command.run("in", "e"));
  }

  @Test
  void aResultSaysWhoAnswered() {
    WasmResult<String> result = command().result("x");

    assertThat(result.value()).isEqualTo("x");
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
  }

  @Test
  void itIsCalledByName() {
    this.runtime.with(module());

    assertThat(
            this.runtime
                .manager
                .module("command")
                .operation("run")
                .input("by name")
                .retrieve(String.class)
                .value())
        .isEqualTo("by name");
    assertThat(this.runtime.manager.execute("command", "main", "x", Map.of("mode", "a")).value())
        .isEqualTo("command\0a\0");
    Failures.failure(
        WasmErrorCategory.NOT_FOUND,
        () -> this.runtime.manager.execute("command", "fly", "x", Map.of()));
  }

  @Test
  void aMethodOfAnotherNameIsRefused() {
    this.runtime.with(module());

    assertThat(
            Failures.failure(
                WasmErrorCategory.SIGNATURE,
                () -> this.runtime.manager.bind(Stranger.class, "command", "*")))
        .hasMessageContaining("String convert(String input)")
        .hasMessageContaining("call it run or main");
  }

  @Test
  void aSessionRunsItOnce() {
    this.runtime.with(module());
    try (WasmSession session = this.runtime.manager.open("command")) {
      Command command = session.bind(Command.class);
      assertThat(command.run("once")).isEqualTo("once");

      assertThat(Failures.failure(WasmErrorCategory.REJECTED, () -> command.run("twice")))
          .hasMessageContaining("open another session");
    }
  }

  @Test
  void theConventionCanBeNamed() {
    this.runtime.with(module().convention("wasi-command"));

    assertThat(this.runtime.manager.bind(Command.class).run("x")).isEqualTo("x");
  }
}
