package io.github.wasmspring.internal.engine.jvm.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.engine.jvm.classes.CodeAssembly;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Instances that have a memory in common agree on whether its array may be longer than it is. */
class LinkedFormsTest {

  private static final int PAGE = 1 << 16;

  /** After so many single pages more than half a gigabyte has been copied. */
  private static final int MANY = 200;

  private static final String GROW_ONE_BY_ONE =
      "00 03 40 41 01 40 00 1a 20 00 41 01 6b 22 00 0d 00 0b 3f 00 0b";

  private final Queue<Runnable> work = new ArrayDeque<>();
  private final CodeAssembly assembly =
      new CodeAssembly(Runnable::run, this.work::add, null, VectorUse.HALVES);
  private final WasmCode owning =
      open(
          withFunctions(new ModuleMaker())
              .memory("01 01 ff 3f")
              .global("7f 01 41 05 0b")
              .export("memory", ModuleMaker.MEMORY, 0)
              .export("global", ModuleMaker.GLOBAL, 0));

  private static ModuleMaker withFunctions(ModuleMaker module) {
    return module
        .type("60 01 7f 01 7f")
        .type("60 02 7f 7f 00")
        .function(0, GROW_ONE_BY_ONE)
        .function(0, "00 20 00 2d 00 00 0b")
        .function(1, "00 20 00 20 01 3a 00 00 0b")
        .export("grow", ModuleMaker.FUNCTION, 0)
        .export("load", ModuleMaker.FUNCTION, 1)
        .export("store", ModuleMaker.FUNCTION, 2);
  }

  private WasmCode open(ModuleMaker module) {
    return this.assembly.compile(
        new WasmBinary(module.bytes(), "digest", "a test"), true, Set.of());
  }

  private static LinkedGuest start(WasmCode code, WasmProvidedImport... imports) {
    return new LinkedGuest(
        code,
        code.instantiate(
            List.of(imports),
            Limits.DEFAULTS.with(limits -> limits.memory(64L << 20)),
            MemoryCharge.NONE,
            false));
  }

  private static void endsAt(int size, LinkedGuest guest) {
    guest.call("store", size - 1, 9);
    assertThat(guest.call("load", size - 1)).containsExactly(9);
    for (int address : new int[] {size, size + 1, -1}) {
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> guest.call("load", address))
          .matches(trap -> trap.category() == WasmErrorCategory.TRAP);
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> guest.call("store", address, 1))
          .matches(trap -> trap.category() == WasmErrorCategory.TRAP);
    }
  }

  @Test
  void whatIsSharedKeepsItsForm() {
    WasmCode using = open(withFunctions(new ModuleMaker().imports("a", "memory", "02 00 01")));
    try (LinkedGuest owner = start(this.owning);
        LinkedGuest user = start(using, owner.give("memory"))) {
      user.call("grow", MANY);
      owner.call("grow", MANY);
      user.call("load", 0);
      assertThat(this.work).isEmpty();
      endsAt((2 * MANY + 1) * PAGE, owner);
      endsAt((2 * MANY + 1) * PAGE, user);
    }
  }

  @Test
  void aMemoryWithRoomIsUsedByCodeThatChecksItsSize() {
    ModuleMaker module = withFunctions(new ModuleMaker().imports("a", "memory", "02 00 01"));
    try (LinkedGuest owner = roomyOwner();
        LinkedGuest user = start(open(module), owner.give("memory"))) {
      user.call("grow", 1);
      endsAt((MANY + 2) * PAGE, user);
      endsAt((MANY + 2) * PAGE, owner);
    }
  }

  @Test
  void soItIsWhereGlobalsAreSharedToo() {
    ModuleMaker module =
        withFunctions(
                new ModuleMaker()
                    .imports("a", "memory", "02 00 01")
                    .imports("a", "global", "03 7f 01"))
            .type("60 00 01 7f")
            .function(2, "00 23 00 41 01 6a 24 00 23 00 0b")
            .export("count", ModuleMaker.FUNCTION, 3);
    try (LinkedGuest owner = roomyOwner();
        LinkedGuest user = start(open(module), owner.give("memory"), owner.give("global"))) {
      user.call("grow", 1);
      endsAt((MANY + 2) * PAGE, user);
      assertThat(user.call("count")).containsExactly(6);
      assertThat(owner.instance().global("global").get()).isEqualTo(6);
    }
  }

  private LinkedGuest roomyOwner() {
    LinkedGuest owner = start(this.owning);
    owner.call("grow", MANY);
    owner.call("load", 0);
    this.work.remove().run();
    owner.call("load", 0);
    assertThat(((JvmInstance) owner.instance()).context().memories[0].isRoomy()).isTrue();
    return owner;
  }

  @Test
  void failuresAreFoundInTheCodeThatAsksOtherInstancesForGlobals() {
    ModuleMaker module =
        new ModuleMaker()
            .type("60 00 00")
            .imports("a", "global", "03 7f 01")
            .function(0, "00 23 00 1a 00 0b")
            .export("fail", ModuleMaker.FUNCTION, 0);
    WasmCode code = open(module);
    try (LinkedGuest owner = start(this.owning);
        LinkedGuest user = start(code, owner.give("global"))) {
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> user.call("fail"))
          .satisfies(
              trap ->
                  assertThat(code.framesOf(trap.getCause(), 3))
                      .singleElement()
                      .matches(frame -> frame.function() == 0 && frame.offset() > 0));
    }
  }
}
