package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories that grow in small steps get room to grow, and are none the bigger for the guest. */
class MemoryGrowthTest {

  private static final int PAGE = 1 << 16;

  /** After so many single pages more than half a gigabyte has been copied. */
  private static final int MANY = 200;

  private static final String GROW_ONE_BY_ONE =
      "00 03 40 41 01 40 00 1a 20 00 41 01 6b 22 00 0d 00 0b 3f 00 0b";

  private final Queue<Runnable> work = new ArrayDeque<>();
  private final Charge charge = new Charge();
  private final WasmCode code = code();
  private final WasmInstance instance = instance();

  private static final class Charge implements MemoryCharge {
    private long charged;
    private long committed;

    @Override
    public boolean add(long bytes) {
      this.charged += bytes;
      return true;
    }

    @Override
    public void subtract(long bytes) {
      this.charged -= bytes;
    }

    @Override
    public void committed(long bytes) {
      this.committed = bytes;
    }
  }

  /** Classes are made at once, the other form of the code when a test wants it. */
  private WasmCode code() {
    ModuleMaker module =
        new ModuleMaker()
            .type("60 01 7f 01 7f")
            .type("60 02 7f 7e 00")
            .type("60 01 7f 01 7e")
            .function(0, GROW_ONE_BY_ONE)
            .function(0, "00 20 00 2d 00 00 0b")
            .function(1, "00 20 00 20 01 37 00 03 0b")
            .function(2, "00 20 00 29 00 03 0b")
            .memory("01 01 ff 3f")
            .export("grow", 0, 0)
            .export("byte", 0, 1)
            .export("store", 0, 2)
            .export("load", 0, 3);
    return new JvmEngine(Runnable::run, this.work::add)
        .compile(new WasmBinary(module.bytes(), "digest", "a test"), WasmEngineMode.COMPILED, true);
  }

  private WasmInstance instance() {
    return this.code.instantiate(
        List.of(), Limits.DEFAULTS.with(limits -> limits.memory(64L << 20)), this.charge, false);
  }

  @AfterEach
  void close() {
    this.instance.close();
  }

  private long call(WasmInstance called, String export, long... arguments) {
    long[] results = called.call(this.code.exports().get(export).index(), arguments);
    return results.length == 0 ? 0 : results[0];
  }

  private void traps(WasmInstance called, String export, long... arguments) {
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> call(called, export, arguments))
        .satisfies(trap -> assertThat(trap.category()).isEqualTo(WasmErrorCategory.TRAP))
        .withMessageContaining("out of bounds memory access");
  }

  /** Offset 3 is part of the instructions. */
  private void endsWhereItEnds(WasmInstance called) {
    int size = Math.toIntExact(called.memorySize());
    assertThat(call(called, "byte", size - 1)).isZero();
    traps(called, "byte", size);
    traps(called, "byte", -1);
    traps(called, "byte", Integer.MIN_VALUE);
    call(called, "store", size - 11, 0x0102030405060708L);
    assertThat(call(called, "load", size - 11)).isEqualTo(0x0102030405060708L);
    traps(called, "store", size - 10, 0xffL);
    traps(called, "load", size - 10);
    traps(called, "load", size - 3);
    traps(called, "load", -1);
    traps(called, "load", -3);
    traps(called, "load", Integer.MAX_VALUE);
    assertThat(call(called, "byte", size - 1)).isEqualTo(1);
    call(called, "store", size - 11, 0);
  }

  private void makeRoom() {
    call(this.instance, "grow", MANY);
    call(this.instance, "byte", 0);
    assertThat(this.work).hasSize(1);
    this.work.remove().run();
  }

  @Test
  void fewStepsKeepTheFastForm() {
    assertThat(call(this.instance, "grow", MANY / 4)).isEqualTo(1 + MANY / 4);
    endsWhereItEnds(this.instance);
    assertThat(this.work).isEmpty();
    assertThat(this.charge.charged).isEqualTo((long) MANY / 4 * PAGE);
  }

  /** As a module does whose calls each allocate anew what the reset took away. */
  @Test
  void whatOneBorrowerAfterTheOtherCopiesDoesNotAddUp() {
    try (WasmInstance resettable =
        this.code.instantiate(List.of(), Limits.DEFAULTS, this.charge, true)) {
      for (int borrower = 0; borrower < MANY; borrower++) {
        call(resettable, "grow", MANY / 16);
        assertThat(resettable.reset()).isTrue();
      }
      call(resettable, "byte", 0);
      assertThat(this.work).isEmpty();
      call(resettable, "grow", MANY);
      call(resettable, "byte", 0);
      assertThat(this.work).hasSize(1);
    }
  }

  @Test
  void instanceThatHasCopiedMuchGetsRoomAndKeepsWhatItHas() {
    call(this.instance, "store", 16, 42);
    makeRoom();
    endsWhereItEnds(this.instance);
    long charged = this.charge.charged;
    assertThat(charged).isEqualTo((long) MANY * PAGE);

    assertThat(call(this.instance, "grow", 1)).isEqualTo(2 + MANY);
    assertThat(this.charge.charged).isGreaterThan(charged + (long) MANY / 2 * PAGE);
    long room = this.charge.charged;
    endsWhereItEnds(this.instance);
    assertThat(call(this.instance, "grow", MANY / 2)).isEqualTo(2 + MANY + MANY / 2);
    endsWhereItEnds(this.instance);
    assertThat(this.charge.charged).isEqualTo(room);
    assertThat(this.charge.committed).isEqualTo(this.instance.memorySize());
    assertThat(call(this.instance, "load", 16)).isEqualTo(42);
  }

  @Test
  void callsWithoutArraysRunTheOtherFormToo() {
    WasmDirectFunction load = this.code.direct(this.code.exports().get("load").index());
    call(this.instance, "store", 16, 42);
    assertThat(load.call(this.instance, 16)).isEqualTo(42);
    makeRoom();
    call(this.instance, "grow", 1);
    int size = Math.toIntExact(this.instance.memorySize());
    assertThat(load.call(this.instance, 16)).isEqualTo(42);
    assertThat(load.call(this.instance, size - 11)).isZero();
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> load.call(this.instance, size - 10))
        .withMessageContaining("out of bounds memory access");
  }

  @Test
  void bytesThatGrowthBringsAreZero() {
    makeRoom();
    call(this.instance, "grow", 1);
    int size = Math.toIntExact(this.instance.memorySize());
    call(this.instance, "store", size - 11, -1);
    call(this.instance, "grow", 1);
    assertThat(call(this.instance, "load", size - 3)).isZero();
    endsWhereItEnds(this.instance);
  }

  @Test
  void newInstancesHaveRoomFromTheBeginning() {
    makeRoom();
    this.charge.charged = 0;
    try (WasmInstance second = instance()) {
      endsWhereItEnds(second);
      assertThat(second.memorySize()).isEqualTo(PAGE);
      call(second, "grow", 65);
      endsWhereItEnds(second);
      assertThat(this.charge.charged).isEqualTo(127L * PAGE);
    }
    assertThat(this.work).isEmpty();
  }

  @Test
  void neverMoreThanTheLimit() {
    makeRoom();
    assertThat(call(this.instance, "grow", 2_000)).isEqualTo(1_024);
    assertThat(this.instance.memorySize()).isEqualTo(64L << 20);
    endsWhereItEnds(this.instance);
  }

  @Test
  void hostSeesTheMemoryAndNotItsRoom() {
    makeRoom();
    call(this.instance, "grow", 1);
    int size = this.instance.memory().size();
    assertThat(size).isEqualTo(this.instance.memorySize());
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> this.instance.memory().readByte(size));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> this.instance.memory().writeLong(size - 7, 1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> this.instance.memory().read(size - 1, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> this.instance.memory().window(size, 1));
  }

  /** A store whose value fails, to a place that is not there: by growth, and with small pages. */
  @ParameterizedTest
  @ValueSource(strings = {"01 01 ff 3f", "08 40 00"})
  void whatAStoreIsGivenFailsFirst(String memory) {
    WasmCode storing =
        new JvmEngine(Runnable::run, Runnable::run)
            .compile(
                new WasmBinary(
                    new ModuleMaker()
                        .type("60 01 7f 01 7f")
                        .function(0, GROW_ONE_BY_ONE)
                        .function(0, "00 41 7f 41 01 20 00 6d 36 02 00 41 00 0b")
                        .function(0, "00 41 7f 20 00 36 02 00 41 00 0b")
                        .memory(memory)
                        .export("grow", 0, 0)
                        .export("store", 0, 1)
                        .export("plain", 0, 2)
                        .bytes(),
                    "digest",
                    "a test"),
                WasmEngineMode.COMPILED,
                true);
    try (WasmInstance instance =
        storing.instantiate(List.of(), Limits.DEFAULTS, this.charge, false)) {
      instance.call(0, MANY);
      instance.call(0, 1);
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> instance.call(1, 0))
          .withMessageContaining("divide by zero");
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> instance.call(2, 0))
          .withMessageContaining("out of bounds memory access");
    }
  }

  /** What it called back would have room, and its caller takes the room for the memory. */
  @Test
  void nothingChangesWhileAHostFunctionRuns() {
    WasmCode calling = codeThatCallsTheHost();
    WasmInstance[] called = new WasmInstance[1];
    WasmHostFunction growFurther =
        (caller, arguments) -> {
          this.work.remove().run();
          return called[0].call(calling.exports().get("grow").index(), 1);
        };
    try (WasmInstance itself =
        calling.instantiate(
            List.of(
                new WasmImportDefinition(
                    "host", "call", calling.exports().get("grow").type(), growFurther)),
            Limits.DEFAULTS.with(limits -> limits.memory(64L << 20)),
            this.charge,
            false)) {
      called[0] = itself;
      itself.call(calling.exports().get("grow").index(), MANY);
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> itself.call(calling.exports().get("through").index(), 0))
          .withMessageContaining("out of bounds memory access");
    }
  }

  /** And then reads the byte behind its memory. */
  private WasmCode codeThatCallsTheHost() {
    ModuleMaker module =
        new ModuleMaker()
            .type("60 01 7f 01 7f")
            .imports("host", "call", "00 00")
            .function(0, GROW_ONE_BY_ONE)
            .function(0, "00 41 01 10 01 10 00 1a 3f 00 41 10 74 2d 00 00 0b")
            .memory("01 01 ff 3f")
            .export("grow", 0, 1)
            .export("through", 0, 2);
    return new JvmEngine(Runnable::run, this.work::add)
        .compile(new WasmBinary(module.bytes(), "digest", "a test"), WasmEngineMode.COMPILED, true);
  }
}
