package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmTableType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of callbacks that a module exports, seen by sessions and host functions. */
@Timeout(60)
class ExportedTableTest {

  private static final String TABLE = "__indirect_function_table";

  private static final int NULL = 0;
  private static final int SQUARE = 1;
  private static final int SPIN = 2;
  private static final int TRAP = 3;
  private static final int DIVIDE = 4;
  private static final int HALF = 5;
  private static final int NOTHING = 6;
  private static final int DOUBLED = 7;
  private static final int COUNT = 8;
  private static final int VISIT = 9;

  private static final WasmFunctionType CALLBACK =
      new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32));

  private final TestRuntime runtime = new TestRuntime();
  private final AtomicReference<WasmTable> kept = new AtomicReference<>();
  private WasmHostFunction forEach = this::forEach;

  @AfterEach
  void close() {
    this.runtime.close();
    assertThat(Thread.interrupted()).isFalse();
  }

  private long[] forEach(WasmCaller caller, long... arguments) {
    WasmTable callbacks = caller.table(TABLE);
    this.kept.set(callbacks);
    long sum = 0;
    for (int i = 1; i <= arguments[0]; i++) {
      sum += callbacks.call((int) arguments[1], i)[0];
    }
    return new long[] {sum};
  }

  private WasmModuleDescriptor.Builder callbacks() {
    return guest("callbacks")
        .imports(
            new WasmImportDefinition(
                "env",
                "for_each",
                new WasmFunctionType(
                    List.of(WasmValueType.I32, WasmValueType.I32), List.of(WasmValueType.I32)),
                (caller, arguments) -> this.forEach.call(caller, arguments)),
            new WasmImportDefinition(
                "env", "doubled", CALLBACK, (caller, arguments) -> new long[] {2 * arguments[0]}));
  }

  private WasmSession open(WasmEngineMode mode, Consumer<WasmModuleSettings.Builder> change) {
    this.runtime.with(callbacks().settings(settings -> change.accept(settings.engineMode(mode))));
    return this.runtime.manager.open("callbacks");
  }

  private WasmSession open(WasmEngineMode mode) {
    return open(mode, settings -> {});
  }

  private WasmSession open() {
    return open(WasmEngineMode.INTERPRETER);
  }

  private static WasmModuleSettings.Builder shortly(WasmModuleSettings.Builder settings) {
    return settings.limits(limits -> limits.timeout(Duration.ofMillis(100)));
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void aSessionCallsWhatIsInATable(WasmEngineMode mode) {
    try (WasmSession session = open(mode)) {
      WasmTable table = session.table(TABLE);

      assertThat(table.call(SQUARE, 7)).containsExactly(49);
      assertThat(table.call(SQUARE, -3)).containsExactly(9);
      assertThat(table.call(HALF, Double.doubleToRawLongBits(3)))
          .containsExactly(Double.doubleToRawLongBits(1.5), -2);
      assertThat(table.call(NOTHING)).isEmpty();
      // An imported function: of the host, in a table of the guest.
      assertThat(table.call(DOUBLED, 21)).containsExactly(42);
      assertThat(table.call(VISIT, 4)).containsExactly(1 + 4 + 9 + 16);
      assertThat(table.call(COUNT, 5)).containsExactly(5);
      assertThat(session.global("seen").get()).isEqualTo(5);
    }
    try (WasmSession next = this.runtime.manager.open("callbacks")) {
      assertThat(next.table(TABLE).call(COUNT, 2)).containsExactly(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void aHostFunctionCallsBackWhatItIsGivenTheIndexOf(WasmEngineMode mode) {
    try (WasmSession session = open(mode)) {
      assertThat(session.call("sum", 3, SQUARE)).containsExactly(14);
      assertThat(session.call("sum", 3, COUNT)).containsExactly(1 + 3 + 6);
      assertThat(session.call("sum", 2, DOUBLED)).containsExactly(2 + 4);
      assertThat(session.call("sum", 3, VISIT)).containsExactly(1 + 5 + 14);
      assertThatIllegalStateException()
          .isThrownBy(() -> this.kept.get().size())
          .withMessageContaining("has returned");
      assertThatIllegalStateException().isThrownBy(() -> this.kept.get().call(SQUARE, 1));
    }
    assertThat(
            this.runtime
                .manager
                .module("callbacks")
                .operation("sum")
                .arguments(3, SQUARE)
                .retrieve(int.class)
                .value())
        .isEqualTo(14);
  }

  @Test
  void aTableTellsWhatIsInIt() {
    try (WasmSession session = open()) {
      WasmTable table = session.table(TABLE);
      assertThat(table.type()).isEqualTo(new WasmTableType(WasmValueType.FUNCREF, 16));
      assertThat(table.type()).hasToString("funcref, at most 16");
      assertThat(table.size()).isEqualTo(10);
      assertThat(table.isNull(NULL)).isTrue();
      assertThat(table.functionType(NULL)).isNull();
      assertThat(table.isNull(SQUARE)).isFalse();
      assertThat(table.functionType(SQUARE)).isEqualTo(CALLBACK);
      assertThat(table.functionType(HALF)).hasToString("(f64) -> (f64, i64)");

      WasmTable handles = session.table("handles");
      assertThat(handles.type().element()).isEqualTo(WasmValueType.EXTERNREF);
      assertThat(handles.size()).isEqualTo(2);
      assertThat(handles.isNull(1)).isTrue();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handles.call(0))
          .withMessageContaining("'handles' holds externref and no functions");
    }
  }

  @Test
  void whatTheGuestPutsIntoItIsSeenAndGoneForTheNextOne() {
    try (WasmSession session = open()) {
      WasmTable table = session.table(TABLE);
      session.call("put", NULL, SQUARE);
      assertThat(table.call(NULL, 4)).containsExactly(16);
      assertThat(session.call("more", 2)).containsExactly(10);
      assertThat(table.size()).isEqualTo(12);
      assertThat(table.isNull(11)).isTrue();
    }
    try (WasmSession next = this.runtime.manager.open("callbacks")) {
      assertThat(next.table(TABLE).size()).isEqualTo(10);
      assertThat(next.table(TABLE).isNull(NULL)).isTrue();
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndHarmsNothing() {
    try (WasmSession session = open()) {
      WasmTable table = session.table(TABLE);
      for (int index : new int[] {10, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> table.call(index, 1))
            .withMessageContaining(
                "table '%s' of module 'callbacks' has 10 elements and no element %d: pass an index",
                TABLE, index);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> table.isNull(index));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
            .isThrownBy(() -> table.functionType(index));
      }
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> table.call(NULL, 1))
          .withMessageContaining(
              "Element 0 of the table '%s' of module 'callbacks' is null and can't be called: ask isNull",
              TABLE);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> table.call(SQUARE))
          .withMessageContaining(
              "The function (i32) -> i32 in element 1 of the table '%s' of module 'callbacks' takes 1 arguments, not 0",
              TABLE);
      assertThatIllegalArgumentException().isThrownBy(() -> table.call(NOTHING, 1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> table.call(SQUARE, 1L << 32))
          .withMessageContaining("takes 32 bits as argument 1 (i32), and 4294967296 has more");
      assertThat(table.call(SQUARE, 0xffffffffL)).containsExactly(1);
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> session.table("sum"))
          .withMessageContaining("Module 'callbacks'")
          .withMessageContaining("no table 'sum'; there is __indirect_function_table, handles");
      assertThat(table.call(SQUARE, 5)).containsExactly(25);
    }
  }

  @Test
  void aModuleWithoutTablesSaysHowToGetThem() {
    this.runtime.with(guest("scalar"));
    try (WasmSession session = this.runtime.manager.open("scalar")) {
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> session.table(TABLE))
          .withMessageContaining("link it with --export-table");
    }
  }

  @Test
  void aHostFunctionThatAsksForWhatIsNotThereFailsWithItsReason() {
    try (WasmSession session = open()) {
      assertThat(failure(WasmErrorCategory.HOST_FUNCTION, () -> session.call("sum", 1, 99)))
          .hasMessageContaining("module 'callbacks'")
          .hasMessageContaining("env.for_each")
          .hasMessageContaining("of the calling module has 10 elements and no element 99");
    }
    this.forEach = (caller, arguments) -> caller.call("sum", 1);
    try (WasmSession session = this.runtime.manager.open("callbacks")) {
      assertThat(failure(WasmErrorCategory.HOST_FUNCTION, () -> session.call("sum", 1, SQUARE)))
          .hasMessageContaining("sum (i32, i32) -> i32 takes 2 arguments, not 1");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void aTrapEndsTheSession(WasmEngineMode mode) {
    try (WasmSession session = open(mode)) {
      WasmTable table = session.table(TABLE);
      WasmException trap = failure(WasmErrorCategory.TRAP, () -> table.call(TRAP, 1));
      assertThat(trap.operation()).isEqualTo(TABLE + "[3]");
      assertThat(trap).hasMessageContaining("module 'callbacks'").hasMessageContaining("func");
      assertThatIllegalStateException()
          .isThrownBy(() -> table.call(SQUARE, 1))
          .withMessageContaining("broke down in an earlier call");
      assertThatIllegalStateException().isThrownBy(table::size);
      assertThatIllegalStateException().isThrownBy(() -> session.call("sum", 0, SQUARE));
    }
    try (WasmSession next = this.runtime.manager.open("callbacks")) {
      assertThat(next.table(TABLE).call(SQUARE, 3)).containsExactly(9);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INTERPRETER, 3",
    "COMPILED, 3",
    "INTERPRETER, 4",
    "COMPILED, 4",
  })
  void aTrapInACallbackIsATrapOfTheCall(WasmEngineMode mode, int callback) {
    this.forEach =
        (caller, arguments) -> caller.table(TABLE).call((int) arguments[1], arguments[0]);
    try (WasmSession session = open(mode)) {
      failure(WasmErrorCategory.TRAP, () -> session.call("sum", 0, callback));
      assertThatIllegalStateException().isThrownBy(() -> session.call("sum", 0, SQUARE));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void theDeadlineOfTheSessionStopsAnEndlessElement(WasmEngineMode mode) {
    try (WasmSession session = open(mode, ExportedTableTest::shortly)) {
      WasmTable table = session.table(TABLE);
      assertThat(failure(WasmErrorCategory.TIMEOUT, () -> table.call(SPIN, 1)))
          .hasMessageContaining(TABLE + "[2]")
          .hasMessageContaining("it may take 100 ms (limits.timeout");
      assertThatIllegalStateException().isThrownBy(() -> table.call(SQUARE, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void theDeadlineOfACallStopsAnEndlessCallback(WasmEngineMode mode) {
    try (WasmSession session = open(mode, ExportedTableTest::shortly)) {
      failure(WasmErrorCategory.TIMEOUT, () -> session.call("sum", 1, SPIN));
    }
    assertThat(
            failure(
                WasmErrorCategory.TIMEOUT,
                () ->
                    this.runtime
                        .manager
                        .module("callbacks")
                        .operation("sum")
                        .arguments(1, SPIN)
                        .timeout(Duration.ofMillis(50))
                        .retrieve(int.class)))
        .hasMessageContaining("50 ms");
  }

  @Test
  void nothingWorksAfterTheSession() {
    WasmTable table;
    try (WasmSession session = open()) {
      table = session.table(TABLE);
      table.call(SQUARE, 1);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> table.call(SQUARE, 1))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(table::size);
    assertThatIllegalStateException().isThrownBy(() -> table.isNull(SQUARE));
    assertThatIllegalStateException().isThrownBy(() -> table.functionType(SQUARE));
  }

  @Test
  void aSessionIsForOneThreadInCallsOfElementsToo() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    this.forEach =
        (caller, arguments) -> {
          inside.countDown();
          leave.await(30, TimeUnit.SECONDS);
          return new long[1];
        };
    try (WasmSession session =
        open(
            WasmEngineMode.INTERPRETER,
            settings -> settings.limits(l -> l.timeout(Duration.ofSeconds(40))))) {
      WasmTable table = session.table(TABLE);
      Thread other = new Thread(() -> table.call(VISIT, 1));
      other.start();
      try {
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        assertThatIllegalStateException()
            .isThrownBy(() -> table.call(SQUARE, 1))
            .withMessageContaining("used by two threads at once");
      } finally {
        leave.countDown();
        other.join();
      }
      assertThat(table.call(SQUARE, 2)).containsExactly(4);
    }
  }

  @Test
  void elementsRunOnTheStackThatTheModuleAsksFor() {
    AtomicReference<String> thread = new AtomicReference<>();
    this.forEach =
        (caller, arguments) -> {
          thread.set(Thread.currentThread().getName());
          return new long[1];
        };
    try (WasmSession session =
        open(
            WasmEngineMode.INTERPRETER,
            settings -> settings.limits(limits -> limits.stack(4 << 20)))) {
      session.table(TABLE).call(VISIT, 1);
      assertThat(thread.get()).isEqualTo("wasm-stack-callbacks");
    }
  }

  @Test
  void callsThroughATableAreCountedByTheNameOfTheTable() {
    List<WasmCallId> called = new ArrayList<>();
    this.runtime.events.addCallListener((call, engine, source, failure, nanos) -> called.add(call));
    try (WasmSession session = open()) {
      session.table(TABLE).call(SQUARE, 1);
      session.table(TABLE).call(COUNT, 1);
      failure(WasmErrorCategory.TRAP, () -> session.table(TABLE).call(TRAP, 1));
    }
    assertThat(called).hasSize(3).extracting(WasmCallId::operation).containsOnly(TABLE);
    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.operation()).isEqualTo(TABLE);
              assertThat(failed.message()).contains(TABLE + "[3]");
            });
  }
}
