package io.github.wasmspring.internal.wasi;

import static io.github.wasmspring.internal.wasi.WasiGuest.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.testing.Failures;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest gets of the world, which is nothing unless it is given something. */
@Timeout(60)
class WasiClosedTest {

  private static final int FAR = 0xfffffff0;

  private WasiGuest guest = new WasiGuest(settings -> {});

  @AfterEach
  void close() {
    this.guest.close();
  }

  private void with(Consumer<WasiSettings.Builder> settings) {
    this.guest.close();
    this.guest = new WasiGuest(settings);
  }

  @Test
  void thereAreNoDirectoriesAndNoDescriptorsBesideTheStreams() {
    for (long number = 3; number < 100; number++) {
      assertThat(this.guest.call("fd_prestat_get", number, 16)).isEqualTo(Errno.BADF.number());
      assertThat(this.guest.call("fd_fdstat_get", number, 16)).isEqualTo(Errno.BADF.number());
    }
    assertThat(this.guest.open("etc/passwd", "r")).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.open(0, "etc/passwd", "r")).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.call("fd_close", -1)).isEqualTo(Errno.BADF.number());
  }

  @Test
  void thereAreNoVariables() {
    assertThat(this.guest.call("environ_sizes_get", 16, 20)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readLong(16)).isZero();
    assertThat(this.guest.call("environ_get", 16, 20)).isEqualTo(SUCCESS);
  }

  @Test
  void theOnlyArgumentIsTheNameOfTheModule() {
    assertThat(this.guest.call("args_sizes_get", 16, 20)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readInt(16)).isEqualTo(1);
    assertThat(this.guest.memory().readInt(20)).isEqualTo(5);
    assertThat(this.guest.call("args_get", 16, 100)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readString(100, 5)).isEqualTo("wasi\0");
  }

  @Test
  void variablesAndArgumentsAreThoseThatAreGiven() {
    with(
        settings -> settings.arguments(List.of("-v", "größe")).environment(Map.of("LANG", "de=x")));

    assertThat(this.guest.call("args_sizes_get", 16, 20)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readInt(16)).isEqualTo(3);
    assertThat(this.guest.memory().readInt(20)).isEqualTo(16);
    this.guest.call("args_get", 16, 100);
    assertThat(this.guest.memory().readString(100, 16)).isEqualTo("wasi\0-v\0größe\0");
    this.guest.call("environ_get", 16, 100);
    assertThat(this.guest.memory().readString(100, 10)).isEqualTo("LANG=de=x\0");
  }

  @Test
  void standardInputHasEndedBeforeItBegins() {
    assertThat(this.guest.read(0, 100)).isEmpty();
    assertThat(this.guest.write(0, "x")).isEqualTo(Errno.BADF.number());
  }

  @Test
  void thereIsNoNetwork() {
    assertThat(this.guest.call("sock_accept", 0, 0, 16)).isEqualTo(Errno.NOTSOCK.number());
    assertThat(this.guest.call("sock_recv", 0, 32, 1, 0, 16, 20)).isEqualTo(Errno.NOTSOCK.number());
    assertThat(this.guest.call("sock_send", 1, 32, 1, 0, 16)).isEqualTo(Errno.NOTSOCK.number());
    assertThat(this.guest.call("sock_shutdown", 9, 0)).isEqualTo(Errno.BADF.number());
  }

  @Test
  void whatIsNotThereAnswersSo() {
    assertThat(this.guest.call("proc_raise", 9)).isEqualTo(Errno.NOSYS.number());
    assertThat(this.guest.call("fd_allocate", 1, 0, 10)).isEqualTo(Errno.SPIPE.number());
    assertThat(this.guest.call("sched_yield")).isEqualTo(SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000, 50_000_000, 1_000_000_000})
  void clocksAdvanceInSteps(long step) {
    with(settings -> settings.clockResolution(Duration.ofNanos(step)));

    for (int clock = 0; clock <= 1; clock++) {
      assertThat(this.guest.call("clock_res_get", clock, 16)).isEqualTo(SUCCESS);
      assertThat(this.guest.memory().readLong(16)).isEqualTo(step);
      for (int i = 0; i < 100; i++) {
        assertThat(this.guest.call("clock_time_get", clock, 1, 16)).isEqualTo(SUCCESS);
        assertThat(this.guest.memory().readLong(16) % step).isZero();
      }
    }
  }

  @Test
  void theClockOfTheGuestTellsNothingAboutTheHost() {
    assertThat(this.guest.call("clock_time_get", 1, 1, 16)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readLong(16)).isBetween(0L, 30_000_000_000L);
    assertThat(this.guest.call("clock_time_get", 2, 1, 16)).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.call("clock_time_get", 4, 1, 16)).isEqualTo(Errno.INVAL.number());
  }

  @Test
  void randomNumbersAreThereUnlessSwitchedOff() {
    assertThat(this.guest.call("random_get", 0, 262144)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().read(200_000, 64)).isNotEqualTo(new byte[64]);

    with(settings -> settings.random(false));

    assertThat(this.guest.call("random_get", 0, 16)).isEqualTo(Errno.NOSYS.number());
  }

  @Test
  void whatIsNotInsideTheMemoryIsAFault() {
    int fault = Errno.FAULT.number();
    assertThat(this.guest.call("random_get", 0, 0xffffffffL)).isEqualTo(fault);
    assertThat(this.guest.call("random_get", 262144, 1)).isEqualTo(fault);
    assertThat(this.guest.call("random_get", FAR, 100)).isEqualTo(fault);
    assertThat(this.guest.call("clock_time_get", 0, 1, 262140)).isEqualTo(fault);
    assertThat(this.guest.call("args_get", FAR, FAR)).isEqualTo(fault);
    assertThat(this.guest.call("args_get", 16, 262142)).isEqualTo(fault);
    assertThat(this.guest.call("environ_sizes_get", FAR, 16)).isEqualTo(fault);
    assertThat(this.guest.call("fd_fdstat_get", 1, 262130)).isEqualTo(fault);
    assertThat(this.guest.call("poll_oneoff", 0, FAR, 1, 16)).isEqualTo(fault);
    assertThat(this.guest.call("poll_oneoff", 262140, 0, 1, 16)).isEqualTo(fault);
    assertThat(this.guest.call("fd_write", 1, FAR, 1, 16)).isEqualTo(fault);
    assertThat(this.guest.call("fd_write", 1, 32, 0, FAR)).isEqualTo(fault);
  }

  @Test
  void buffersThatLieAreAFaultBeforeAnythingIsWritten() {
    this.guest.memory().writeInt(32, 0);
    this.guest.memory().writeInt(36, 0xffffffff);
    assertThat(this.guest.call("fd_write", 1, 32, 1, 16)).isEqualTo(Errno.FAULT.number());
    assertThat(this.guest.call("fd_read", 0, 32, 1, 16)).isEqualTo(Errno.FAULT.number());

    this.guest.memory().writeInt(32, 0xfffffffe);
    this.guest.memory().writeInt(36, 2);
    assertThat(this.guest.call("fd_write", 1, 32, 1, 16)).isEqualTo(Errno.FAULT.number());
    assertThat(this.guest.call("fd_write", 1, 32, 0xffffffffL, 16)).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.call("fd_write", 1, 262136, 2, 16)).isEqualTo(Errno.FAULT.number());
  }

  @Test
  void waitingForNothingAndForTooMuchIsRefused() {
    assertThat(this.guest.call("poll_oneoff", 0, 1024, 0, 16)).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.call("poll_oneoff", 0, 1024, 0xffffffffL, 16))
        .isEqualTo(Errno.INVAL.number());
  }

  @Test
  void aStreamNeverKeepsAGuestWaiting() {
    this.guest.memory().writeLong(512, 77);
    this.guest.memory().writeByte(520, (byte) 1);
    this.guest.memory().writeLong(560, 78);
    this.guest.memory().writeLong(560 + 24, 3_600_000_000_000L);

    assertThat(this.guest.call("poll_oneoff", 512, 1024, 2, 16)).isEqualTo(SUCCESS);

    assertThat(this.guest.result()).isEqualTo(1);
    assertThat(this.guest.memory().readLong(1024)).isEqualTo(77);
  }

  @Test
  void aGuestThatEndsItselfInsteadOfAnsweringHasTrapped() {
    WasmException failure =
        Failures.failure(WasmErrorCategory.TRAP, () -> this.guest.call("proc_exit", 0));

    assertThat(failure).hasMessageContaining("exit code 0 instead of giving an answer");
    this.guest.borrowAgain();
    assertThat(this.guest.call("sched_yield")).isEqualTo(SUCCESS);
  }

  @Test
  void aModuleForWhichItIsSwitchedOffIsToldSo() {
    WasmLinkException failure =
        Failures.failure(WasmLinkException.class, () -> with(settings -> settings.enabled(false)));

    assertThat(failure)
        .hasMessageContaining("wasi_snapshot_preview1.args_get (i32, i32) -> i32")
        .hasMessageContaining("set wasm.modules.wasi.wasi.enabled to true");
    assertThat(failure.missing())
        .extracting(WasmImportedItem::describe)
        .hasSize(46)
        .contains("wasi_snapshot_preview1.fd_write (i32, i32, i32, i32) -> i32");
  }

  @Test
  void theApplicationsOwnFunctionWins() {
    this.guest.close();
    try (TestRuntime runtime = new TestRuntime()) {
      runtime.with(
          TestRuntime.guest("wasi")
              .imports(
                  new io.github.wasmspring.module.WasmImportDefinition(
                      WasiFunctions.MODULE,
                      "sched_yield",
                      new io.github.wasmspring.WasmFunctionType(
                          List.of(), List.of(io.github.wasmspring.WasmValueType.I32)),
                      (caller, arguments) -> new long[] {42})));

      assertThat(
              runtime.manager.module("wasi").operation("sched_yield").retrieve(int.class).value())
          .isEqualTo(42);
    }
  }
}
