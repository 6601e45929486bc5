package io.github.wasmspring.internal.client;

import static io.github.wasmspring.internal.client.HostFunctionTest.imports;
import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What host functions see of a guest, and what a guest sees of host functions. */
@Timeout(60)
class HostFunctionViewTest {

  private static final int SIZE = 65536;

  /**
   * Both functions catch everything: {@code ask} around a host function, {@code own} around an
   * exception of its own. Both answer -1 then.
   */
  private static final String CATCHES_ALL =
      "0061736d 01000000"
          // types: (i32) -> i32, () -> ()
          + "01 09 02 60 01 7f 01 7f 60 00 00"
          // import env.answer
          + "02 0e 01 03 656e76 06 616e73776572 00 00"
          // two functions, one tag
          + "03 03 02 00 00"
          + "0d 03 01 00 01"
          // exports ask and own
          + "07 0d 02 03 61736b 00 01 03 6f776e 00 02"
          // block try_table (catch_all 0) … end unreachable end i32.const -1
          + "0a 26 02"
          + "13 00 02 40 1f 40 01 02 00 20 00 10 00 0f 0b 00 0b 41 7f 0b"
          + "10 00 02 40 1f 40 01 02 00 08 00 0b 00 0b 41 7f 0b";

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
    Thread.interrupted();
  }

  private int call(String module, String operation, int value) {
    return this.runtime
        .manager
        .module(module)
        .operation(operation)
        .input(value)
        .retrieve(int.class)
        .value();
  }

  /** Runs {@code use} in a host function of a guest with one page. */
  private void inHostFunction(Consumer<WasmMemory> use) {
    this.runtime.with(
        imports(
            (caller, arguments) -> {
              use.accept(caller.memory());
              return arguments;
            }));
    call("imports", "ask", 1);
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 1",
    "65535, 2",
    "65532, 5",
    "65533, 4",
    "65529, 8",
    "0, 65537",
    "1, 65536",
    "0, -1",
    "-1, 1",
    "-1, 2",
    "-1, 0",
    "-4, 8",
    "-2147483648, 1",
    "2147483647, 1",
    "2147483647, 2147483647",
    "1, 2147483647",
    "65537, 0"
  })
  void noAccessLeadsOutOfTheMemory(int address, int length) {
    inHostFunction(
        memory -> {
          byte[] all = memory.read(0, SIZE);
          List<Runnable> accesses = new ArrayList<>();
          accesses.add(() -> memory.read(address, length));
          accesses.add(() -> memory.readString(address, length));
          accesses.add(() -> memory.window(address, length));
          accesses.add(() -> memory.read(address, new byte[8], 0, length));
          accesses.add(() -> memory.write(address, new byte[8], 0, length));
          if (length >= 0 && length <= SIZE + 1) {
            accesses.add(() -> memory.write(address, new byte[length]));
          }
          if (length == 1) {
            accesses.add(() -> memory.readByte(address));
            accesses.add(() -> memory.writeByte(address, (byte) 1));
          }
          if (length <= 4 && address < 0 || address > SIZE - 4) {
            accesses.add(() -> memory.readInt(address));
            accesses.add(() -> memory.writeInt(address, -1));
          }
          if (length <= 8 && address < 0 || address > SIZE - 8) {
            accesses.add(() -> memory.readLong(address));
            accesses.add(() -> memory.writeLong(address, -1));
          }
          for (Runnable access : accesses) {
            assertThatThrownBy(access::run).isInstanceOf(IndexOutOfBoundsException.class);
          }
          assertThat(memory.read(0, SIZE)).isEqualTo(all);
        });
  }

  @ParameterizedTest
  @CsvSource({"0, 9", "1, 8", "-1, 1", "9, 0", "0, -1", "2147483647, 1"})
  void anArrayOfTheHostIsNotOverrunEither(int offset, int length) {
    inHostFunction(
        memory -> {
          assertThatThrownBy(() -> memory.read(0, new byte[8], offset, length))
              .isInstanceOf(IndexOutOfBoundsException.class);
          assertThatThrownBy(() -> memory.write(0, new byte[8], offset, length))
              .isInstanceOf(IndexOutOfBoundsException.class);
        });
  }

  @Test
  void theWholeMemoryIsThere() {
    inHostFunction(
        memory -> {
          memory.writeByte(SIZE - 1, (byte) 7);
          memory.writeInt(SIZE - 5, -2);
          memory.writeLong(0, Long.MIN_VALUE);
          assertThat(memory.readByte(SIZE - 1)).isEqualTo((byte) 7);
          assertThat(memory.readInt(SIZE - 5)).isEqualTo(-2);
          assertThat(memory.readLong(0)).isEqualTo(Long.MIN_VALUE);
          assertThat(memory.read(0, SIZE)).hasSize(SIZE);
          assertThat(memory.read(SIZE, 0)).isEmpty();
          assertThat(memory.window(SIZE, 0).remaining()).isZero();
          assertThat(memory.window(8, 4).capacity()).isEqualTo(4);
          memory.write(8, new byte[] {1, 2, 3}, 1, 2);
          assertThat(memory.read(8, 3)).containsExactly(2, 3, 0);
        });
  }

  @ParameterizedTest
  @EnumSource(WasmResetPolicy.class)
  void whatAHostFunctionKeepsIsUselessOnceItHasReturned(WasmResetPolicy reset) {
    AtomicReference<WasmCaller> kept = new AtomicReference<>();
    AtomicReference<WasmMemory> keptMemory = new AtomicReference<>();
    List<Throwable> thrown = new ArrayList<>();
    this.runtime.with(
        imports(
                (caller, arguments) -> {
                  if (kept.compareAndSet(null, caller)) {
                    keptMemory.set(caller.memory());
                  } else {
                    // The same instance works for another borrower now.
                    caller.memory().writeInt(100, 4711);
                    thrown.add(catchThrowable(() -> keptMemory.get().readInt(100)));
                    thrown.add(catchThrowable(() -> kept.get().memory()));
                  }
                  return arguments;
                })
            .settings(settings -> settings.pool(pool -> pool.min(1).max(1).reset(reset))));
    call("imports", "ask", 1);
    call("imports", "ask", 2);

    thrown.add(catchThrowable(() -> keptMemory.get().size()));
    thrown.add(catchThrowable(() -> keptMemory.get().writeInt(0, 1)));
    thrown.add(catchThrowable(() -> keptMemory.get().window(0, 1)));
    thrown.add(catchThrowable(() -> keptMemory.get().readString(0, 1)));
    thrown.add(catchThrowable(() -> kept.get().call("twice", 1)));
    thrown.add(catchThrowable(() -> kept.get().attribute(String.class, () -> "")));

    assertThat(thrown)
        .hasSize(8)
        .allSatisfy(
            each ->
                assertThat(each)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has returned"));
  }

  @Test
  void aCallBackDoesNotEndTheViewOfTheOneThatCalledBack() {
    this.runtime.with(
        imports(
            (caller, arguments) -> {
              if (arguments[0] == 0) {
                return new long[] {caller.memory().readInt(100)};
              }
              caller.memory().writeInt(100, 41);
              long[] answer = caller.call("ask", 0);
              return new long[] {answer[0] + 1 + caller.memory().readInt(100)};
            }));

    assertThat(call("imports", "ask", 1)).isEqualTo(83);
  }

  private void throwing(Throwable thrown) {
    this.runtime.with(
        imports(
            (caller, arguments) -> {
              if (arguments[0] == 1) {
                HostFunctionViewTest.<Error>sneak(thrown);
              }
              return arguments;
            }));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private void assertThatTheNextCallWorks() {
    assertThat(call("imports", "ask", 2)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.Exception",
    "java.io.IOException",
    "java.lang.IllegalStateException",
    "java.lang.IndexOutOfBoundsException",
    "java.lang.NoClassDefFoundError",
    "java.lang.AssertionError",
    "java.lang.Throwable"
  })
  void whateverItThrowsIsTheCauseAndItsOwnFault(Class<? extends Throwable> type) throws Exception {
    Throwable thrown = type.getDeclaredConstructor().newInstance();
    throwing(thrown);

    assertThat(failure(WasmErrorCategory.HOST_FUNCTION, () -> call("imports", "ask", 1)))
        .hasCause(thrown)
        .hasMessageContaining("env.answer");
    assertThatTheNextCallWorks();
  }

  @Test
  void itsFailuresOfOtherModulesAreItsOwn() {
    throwing(failure(() -> this.runtime.manager.module("nowhere")));

    assertThat(failure(WasmErrorCategory.HOST_FUNCTION, () -> call("imports", "ask", 1)).module())
        .isEqualTo("imports");
    assertThatTheNextCallWorks();
  }

  @Test
  void aStackThatEndsInItIsAStackThatEnds() {
    throwing(new StackOverflowError());

    failure(WasmErrorCategory.STACK_OVERFLOW, () -> call("imports", "ask", 1));
    assertThatTheNextCallWorks();
  }

  @Test
  void aHeapThatEndsInItIsAHeapThatEnds() {
    throwing(new OutOfMemoryError("test"));

    failure(WasmErrorCategory.MEMORY_LIMIT, () -> call("imports", "ask", 1));
    assertThatTheNextCallWorks();
  }

  @Test
  void aResultThatIsNotThereIsItsOwnFault() {
    this.runtime.with(
        imports((caller, arguments) -> arguments[0] == 1 ? new long[0] : new long[3]));

    assertThat(failure(WasmErrorCategory.HOST_FUNCTION, () -> call("imports", "ask", 1)))
        .hasMessageContaining("it returned 0 results, and its type has 1");
    assertThat(failure(WasmErrorCategory.HOST_FUNCTION, () -> call("imports", "ask", 2)))
        .hasMessageContaining("it returned 3 results, and its type has 1");
  }

  private void withCatchingGuest(WasmEngineMode mode, WasmHostFunction answer) {
    byte[] bytes = HexFormat.of().parseHex(CATCHES_ALL.replace(" ", ""));
    TestEngines.assumeRuns(bytes);
    this.runtime.with(
        WasmModuleDescriptor.builder("catching")
            .location(this.runtime.bytes.put("catching", bytes))
            .settings(settings -> settings.engineMode(mode))
            .imports(
                new WasmImportDefinition(
                    "env",
                    "answer",
                    new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                    answer)));
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aGuestThatCatchesEverythingDoesNotCatchWhatTheHostThrows(WasmEngineMode mode) {
    withCatchingGuest(
        mode,
        (caller, arguments) -> {
          HostFunctionViewTest.<Error>sneak(
              List.of(
                      new IllegalStateException("jdbc:secret"),
                      new InterruptedException(),
                      new AssertionError(),
                      new StackOverflowError())
                  .get((int) arguments[0] - 1));
          return arguments;
        });

    assertThat(call("catching", "own", 0)).isEqualTo(-1);
    assertThat(category(1)).isEqualTo(WasmErrorCategory.HOST_FUNCTION);
    assertThat(category(2)).isEqualTo(WasmErrorCategory.INTERRUPTED);
    Thread.interrupted();
    assertThat(category(3)).isEqualTo(WasmErrorCategory.HOST_FUNCTION);
    assertThat(category(4)).isEqualTo(WasmErrorCategory.STACK_OVERFLOW);
  }

  private WasmErrorCategory category(int value) {
    WasmException failure = failure(() -> call("catching", "ask", value));
    return failure.category();
  }
}
