package io.github.wasmspring.engine;

import static io.github.wasmspring.testing.LinkedGuest.assumeLinks;
import static io.github.wasmspring.testing.LinkedGuest.start;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A memory that two instances have in common. */
class LinkedMemoryTest {

  private static final int PAGE = 1 << 16;
  private static final String LOAD = "00 20 00 28 02 00 0b";
  private static final String STORE = "00 20 00 20 01 36 02 00 0b";
  private static final String GROW = "00 20 00 40 00 0b";

  /** Stores 7 in the second page once another instance has let the memory grow, and reads it. */
  private static final String GROW_ELSEWHERE_AND_USE =
      "00 41 00 28 02 00 1a 20 00 10 00 1a 41 80 80 04 41 07 36 02 00 41 80 80 04 28 02 00 0b";

  @BeforeEach
  void needsLinks() {
    assumeLinks(WasmExternalKind.MEMORY);
    assumeLinks(WasmExternalKind.FUNCTION);
  }

  private static ModuleMaker types() {
    return new ModuleMaker().type("60 01 7f 01 7f").type("60 02 7f 7f 00");
  }

  /** With one page, and three at most. */
  private static ModuleMaker owner() {
    return types()
        .function(0, LOAD)
        .function(1, STORE)
        .function(0, GROW)
        .memory("01 01 03")
        .export("memory", MEMORY, 0)
        .export("load", FUNCTION, 0)
        .export("store", FUNCTION, 1)
        .export("grow", FUNCTION, 2);
  }

  private static ModuleMaker user() {
    return types()
        .imports("a", "grow", "00 00")
        .imports("a", "memory", "02 00 01")
        .function(0, LOAD)
        .function(1, STORE)
        .function(0, GROW)
        .function(0, GROW_ELSEWHERE_AND_USE)
        .export("load", FUNCTION, 1)
        .export("store", FUNCTION, 2)
        .export("grow", FUNCTION, 3)
        .export("use", FUNCTION, 4);
  }

  private static LinkedGuest user(LinkedGuest owner) {
    return start(user(), owner.give("grow"), owner.give("memory"));
  }

  @Test
  void whatOneWritesTheOtherReads() {
    try (LinkedGuest owner = start(owner());
        LinkedGuest user = user(owner)) {
      owner.call("store", 16, 1);
      assertThat(user.call("load", 16)).containsExactly(1);
      user.call("store", 16, 2);
      assertThat(owner.call("load", 16)).containsExactly(2);
      WasmMemory seen = Objects.requireNonNull(user.instance().memory());
      assertThat(seen.readInt(16)).isEqualTo(2);
    }
  }

  @Test
  void bothSeeThatItHasGrown() {
    try (LinkedGuest owner = start(owner());
        LinkedGuest user = user(owner)) {
      assertThat(user.call("grow", 1)).containsExactly(1);
      owner.call("store", PAGE, 3);
      assertThat(owner.call("grow", 1)).containsExactly(2);
      user.call("store", 2 * PAGE, 4);
      assertThat(user.call("load", PAGE)).containsExactly(3);
      assertThat(owner.call("load", 2 * PAGE)).containsExactly(4);
      assertThat((int) user.call("grow", 1)[0]).isEqualTo(-1);
    }
  }

  @Test
  void aFunctionThatIsRunningSeesThatAnotherInstanceLetItGrow() {
    try (LinkedGuest owner = start(owner());
        LinkedGuest user = user(owner)) {
      assertThat(user.call("use", 1)).containsExactly(7);
      assertThat(owner.call("load", PAGE)).containsExactly(7);
    }
  }

  @Test
  void whatIsBehindItsEndIsATrapForBoth() {
    try (LinkedGuest owner = start(owner());
        LinkedGuest user = user(owner)) {
      for (LinkedGuest each : new LinkedGuest[] {owner, user}) {
        assertThatExceptionOfType(WasmExecutionException.class)
            .isThrownBy(() -> each.call("load", PAGE - 3))
            .matches(trap -> trap.category() == WasmErrorCategory.TRAP)
            .withMessageContaining("out of bounds memory access");
      }
    }
  }

  @Test
  void whoHasItPaysForIt() {
    AtomicLong paidByOwner = new AtomicLong();
    AtomicLong paidByUser = new AtomicLong();
    try (LinkedGuest owner = start(owner(), Limits.DEFAULTS, counting(paidByOwner));
        LinkedGuest user =
            start(
                user(),
                Limits.DEFAULTS.with(limits -> limits.memory(1)),
                counting(paidByUser),
                owner.give("grow"),
                owner.give("memory"))) {
      user.call("grow", 1);
      assertThat(paidByOwner).hasValue(PAGE);
      assertThat(paidByUser).hasValue(0);
      assertThat(owner.instance().memorySize()).isEqualTo(2 * PAGE);
      assertThat(user.instance().memorySize()).isZero();
    }
  }

  private static MemoryCharge counting(AtomicLong paid) {
    return new MemoryCharge() {
      @Override
      public boolean add(long bytes) {
        paid.addAndGet(bytes);
        return true;
      }

      @Override
      public void subtract(long bytes) {
        paid.addAndGet(-bytes);
      }
    };
  }

  @Test
  void itGrowsWithinTheLimitsOfWhoHasIt() {
    Limits onePage = Limits.DEFAULTS.with(limits -> limits.memory(PAGE));
    try (LinkedGuest owner = start(owner(), onePage, MemoryCharge.NONE);
        LinkedGuest user = user(owner)) {
      assertThat((int) user.call("grow", 1)[0]).isEqualTo(-1);
    }
  }

  @Test
  void itStaysButGrowsNoMoreWhenWhoHasItIsClosed() {
    LinkedGuest owner = start(owner());
    try (LinkedGuest user = user(owner)) {
      user.call("store", 8, 5);
      owner.close();
      assertThat(user.call("load", 8)).containsExactly(5);
      assertThat((int) user.call("grow", 1)[0]).isEqualTo(-1);
    }
  }

  @Test
  void noneOfThoseThatHaveItIsReset() {
    try (LinkedGuest owner = start(owner())) {
      assertThat(owner.instance().reset()).isTrue();
      try (LinkedGuest user = user(owner)) {
        owner.call("store", 8, 5);
        assertThat(owner.instance().reset()).isFalse();
        assertThat(user.instance().reset()).isFalse();
        assertThat(user.call("load", 8)).containsExactly(5);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "02 00 02, (memory 2), (memory 1 3)",
    "02 01 01 02, (memory 1 2), (memory 1 3)",
    "02 03 01 03, (memory 1 3 shared), (memory 1 3)",
    "02 05 01 03, (memory i64 1 3), (memory 1 3)",
  })
  void aMemoryOfAnotherTypeIsRefused(String imported, String wanted, String given) {
    try (LinkedGuest owner = start(owner())) {
      ModuleMaker user = types().imports("a", "memory", imported);
      TestEngines.assumeRuns(user.bytes());
      assertThatExceptionOfType(WasmLinkException.class)
          .isThrownBy(() -> start(user, owner.give("memory")).close())
          .withMessageContaining("imports a.memory %s", wanted)
          .withMessageContaining("it is %s: change one", given)
          .matches(refused -> refused.unmet().size() == 1);
    }
  }

  @Test
  void aMemoryThatHasGrownIsAsBigAsItIsNow() {
    try (LinkedGuest owner = start(owner())) {
      ModuleMaker two = types().imports("a", "memory", "02 00 02");
      owner.call("grow", 1);
      try (LinkedGuest user = start(two, owner.give("memory"))) {
        assertThat(Objects.requireNonNull(user.instance().memory()).size()).isEqualTo(2 * PAGE);
      }
    }
  }

  @Test
  void anotherKindIsRefused() {
    try (LinkedGuest owner = start(owner())) {
      ModuleMaker user = types().imports("a", "memory", "00 00");
      assertThatExceptionOfType(WasmLinkException.class)
          .isThrownBy(() -> start(user, owner.give("memory")).close())
          .withMessageContaining("a.memory (i32) -> i32")
          .withMessageContaining("a.memory (memory 1 3)");
    }
  }
}
