package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostFunctionTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
    Thread.interrupted();
  }

  static WasmModuleDescriptor.Builder imports(WasmHostFunction answer) {
    return guest("imports")
        .imports(
            answer(WasmValueType.I32, answer),
            new WasmImportDefinition(
                "env",
                "mix",
                new WasmFunctionType(
                    List.of(WasmValueType.I64, WasmValueType.F32, WasmValueType.F64),
                    List.of(WasmValueType.F64)),
                (caller, arguments) ->
                    new long[] {
                      Double.doubleToRawLongBits(
                          (double) arguments[0]
                              + Float.intBitsToFloat((int) arguments[1])
                              + Double.longBitsToDouble(arguments[2]))
                    }));
  }

  private static WasmImportDefinition answer(WasmValueType type, WasmHostFunction function) {
    return new WasmImportDefinition(
        "env", "answer", new WasmFunctionType(List.of(type), List.of(type)), function);
  }

  private int ask(int value) {
    return this.runtime
        .manager
        .module("imports")
        .operation("ask")
        .input(value)
        .retrieve(int.class)
        .value();
  }

  @Test
  void answersTheGuest() {
    this.runtime.with(imports((caller, arguments) -> new long[] {arguments[0] + 1}));

    assertThat(ask(41)).isEqualTo(42);
  }

  @Test
  void takesNumbersOfEveryType() {
    this.runtime.with(imports((caller, arguments) -> arguments));

    double sum =
        this.runtime
            .manager
            .module("imports")
            .operation("mix")
            .arguments(1L << 40, 0.5f, 0.25)
            .retrieve(double.class)
            .value();

    assertThat(sum).isEqualTo((1L << 40) + 0.75);
  }

  @Test
  void mayCallBackIntoTheGuest() {
    this.runtime.with(imports((caller, arguments) -> caller.call("twice", arguments[0])));

    assertThat(ask(21)).isEqualTo(42);
  }

  @Test
  void seesTheMemoryOfTheGuest() {
    this.runtime.with(
        imports(
            (caller, arguments) -> {
              caller.memory().writeInt(100, 7);
              return new long[] {caller.memory().readInt(100)};
            }));

    assertThat(ask(1)).isEqualTo(7);
  }

  @Test
  void anExceptionOfItIsTheCause() {
    IOException cause = new IOException("disk full");
    this.runtime.with(
        imports(
            (caller, arguments) -> {
              throw cause;
            }));

    WasmException failure = failure(WasmErrorCategory.HOST_FUNCTION, () -> ask(1));

    assertThat(failure)
        .hasCause(cause)
        .hasMessageContaining("env.answer (i32) -> i32")
        .hasMessageContaining("disk full");
  }

  @Test
  void aTrapOfTheGuestThatItCalledIsATrap() {
    this.runtime.with(imports((caller, arguments) -> caller.call("fail")));

    failure(WasmErrorCategory.TRAP, () -> ask(1));
  }

  @Test
  void anAccessOutsideTheMemoryIsItsOwnFault() {
    this.runtime.with(imports((caller, arguments) -> new long[] {caller.memory().readInt(65536)}));

    failure(WasmErrorCategory.HOST_FUNCTION, () -> ask(1));
  }

  @Test
  void callingAnExportThatDoesNotExistIsItsOwnFault() {
    this.runtime.with(imports((caller, arguments) -> caller.call("nothing")));

    assertThat(failure(WasmErrorCategory.HOST_FUNCTION, () -> ask(1)))
        .hasMessageContaining("'nothing'");
  }

  @Test
  void missingImportsAreNamedWithWhatExists() {
    this.runtime.with(guest("imports").imports(answer(WasmValueType.I32, (c, a) -> a)));

    WasmLinkException failure = failure(WasmLinkException.class, () -> ask(1));

    assertThat(failure.missing())
        .extracting(WasmImportedItem::describe)
        .containsExactly("env.mix (i64, f32, f64) -> f64");
    assertThat(failure.available()).containsExactly("env.answer (i32) -> i32");
    assertThat(failure)
        .hasMessageContaining("module 'imports'")
        .hasMessageContaining("env.mix (i64, f32, f64) -> f64")
        .hasMessageContaining("it has been given env.answer (i32) -> i32");
  }

  @Test
  void withoutAnyHostFunctionTheMessageSaysSo() {
    this.runtime.with(guest("imports"));

    assertThat(failure(WasmErrorCategory.LINK, () -> ask(1)))
        .hasMessageContaining("given no host functions");
  }

  @Test
  void anImportOfAnotherTypeNamesBothTypes() {
    WasmModuleDescriptor right = imports((caller, arguments) -> arguments).build();
    this.runtime.with(
        guest("imports").imports(answer(WasmValueType.I64, (c, a) -> a), right.imports().get(1)));

    assertThat(failure(WasmErrorCategory.LINK, () -> ask(1)))
        .hasMessageContaining("imports env.answer (i32) -> i32")
        .hasMessageContaining("env.answer (i64) -> i64");
  }

  @Test
  void anImportedGlobalIsNamed() {
    this.runtime.with(guest("global-import"));

    assertThat(failure(WasmErrorCategory.LINK, () -> this.runtime.manager.open("global-import")))
        .hasMessageContaining("env.base (global i32)");
  }

  @Test
  void anInterruptWhileItWaitsInterruptsTheCall() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    this.runtime.with(
        imports(
            (caller, arguments) -> {
              waiting.countDown();
              new CountDownLatch(1).await();
              return arguments;
            }));

    assertInterrupted(() -> ask(1), waiting);
  }

  @Test
  void anInterruptWhileTheGuestRunsInterruptsTheCall() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    this.runtime.with(
        imports(
            (caller, arguments) -> {
              running.countDown();
              return arguments;
            }));

    assertInterrupted(
        () -> this.runtime.manager.module("imports").operation("ask_for_ever").retrieve(void.class),
        running);
  }

  private static void assertInterrupted(Runnable call, CountDownLatch running) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try {
                call.run();
              } catch (WasmException failure) {
                thrown.set(failure);
              }
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    running.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(WasmException.class);
    assertThat(((WasmException) thrown.get()).category()).isEqualTo(WasmErrorCategory.INTERRUPTED);
    assertThat(flag).isTrue();
  }
}
