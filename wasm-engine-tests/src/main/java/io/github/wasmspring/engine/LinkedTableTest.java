package io.github.wasmspring.engine;

import static io.github.wasmspring.testing.LinkedGuest.assumeLinks;
import static io.github.wasmspring.testing.LinkedGuest.start;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.GLOBAL;
import static io.github.wasmspring.testing.ModuleMaker.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that has functions of several instances. */
@Timeout(120)
class LinkedTableTest {

  private static final String CALL = "00 20 00 11 00 00 0b";

  @BeforeEach
  void needsLinks() {
    assumeLinks(WasmExternalKind.TABLE);
    assumeLinks(WasmExternalKind.FUNCTION);
  }

  private static ModuleMaker types() {
    return new ModuleMaker().type("60 00 01 7f").type("60 01 7f 01 7f").type("60 00 00");
  }

  /** With four elements, the first of which gives 42. */
  private static ModuleMaker owner() {
    return types()
        .imports("env", "begun", "00 02")
        .function(1, CALL)
        .function(0, "00 41 2a 0b")
        .function(2, "00 00 0b")
        .function(2, "00 10 00 03 40 0c 00 0b 0b")
        .table("70 00 04")
        .elements("00 41 00 0b 01 02")
        .export("call", FUNCTION, 1)
        .export("fail", FUNCTION, 3)
        .export("loop", FUNCTION, 4)
        .export("table", TABLE, 0);
  }

  private static LinkedGuest startOwner() {
    return startOwner(new CountDownLatch(1));
  }

  private static LinkedGuest startOwner(CountDownLatch begun) {
    return start(
        owner(),
        new WasmImportDefinition(
            "env",
            "begun",
            new WasmFunctionType(List.of(), List.of()),
            (caller, arguments) -> {
              begun.countDown();
              return new long[0];
            }));
  }

  /** Puts a function that counts its calls into the second element, and two that call others. */
  private static ModuleMaker user() {
    return types()
        .imports("a", "fail", "00 02")
        .imports("a", "loop", "00 02")
        .imports("a", "table", "01 70 00 04")
        .function(0, "00 23 00 41 01 6a 24 00 23 00 0b")
        .function(0, "00 10 00 41 01 0b")
        .function(0, "00 10 01 41 01 0b")
        .function(1, CALL)
        .global("7f 01 41 00 0b")
        .elements("00 41 01 0b 03 02 03 04")
        .export("call", FUNCTION, 5)
        .export("counted", GLOBAL, 0);
  }

  private static LinkedGuest startUser(LinkedGuest owner) {
    return start(user(), owner.give("fail"), owner.give("loop"), owner.give("table"));
  }

  @Test
  void eachCallsFunctionsOfTheOther() {
    try (LinkedGuest owner = startOwner();
        LinkedGuest user = startUser(owner)) {
      assertThat(owner.call("call", 1)).containsExactly(1);
      assertThat(user.call("call", 1)).containsExactly(2);
      assertThat(owner.call("call", 1)).containsExactly(3);
      assertThat(user.instance().global("counted").get()).isEqualTo(3);
      assertThat(user.call("call", 0)).containsExactly(42);
    }
  }

  @Test
  void theHostCallsThemToo() {
    try (LinkedGuest owner = startOwner();
        LinkedGuest user = startUser(owner)) {
      WasmTable table = owner.instance().table("table");
      assertThat(table.functionType(1)).hasToString("() -> i32");
      assertThat(table.call(1)).containsExactly(1);
      assertThat(user.instance().global("counted").get()).isEqualTo(1);
    }
  }

  @Test
  void aTrapInTheMidstOfARingEndsTheCallAndNothingElse() {
    try (LinkedGuest owner = startOwner();
        LinkedGuest user = startUser(owner)) {
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> owner.call("call", 2))
          .matches(trap -> trap.category() == WasmErrorCategory.TRAP)
          .withMessageContaining("unreachable");
      assertThat(owner.call("call", 1)).containsExactly(1);
      assertThat(user.call("call", 0)).containsExactly(42);
    }
  }

  @Test
  void aRingIsStopped() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    try (LinkedGuest owner = startOwner(begun);
        LinkedGuest user = startUser(owner)) {
      AtomicReference<WasmException> failure = new AtomicReference<>();
      Thread caller =
          new Thread(
              () ->
                  failure.set(
                      catchThrowableOfType(WasmException.class, () -> owner.call("call", 3))));
      caller.setDaemon(true);
      caller.start();
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      caller.join(20_000);
      assertThat(failure.get()).isNotNull();
      assertThat(failure.get().category()).isEqualTo(WasmErrorCategory.INTERRUPTED);
      assertThat(user.call("call", 1)).containsExactly(1);
    }
  }

  @Test
  void anElementOfAClosedInstanceIsATrap() {
    try (LinkedGuest owner = startOwner()) {
      startUser(owner).close();
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> owner.call("call", 1))
          .matches(trap -> trap.category() == WasmErrorCategory.TRAP)
          .withMessageContaining("whose instance was closed");
      assertThat(owner.call("call", 0)).containsExactly(42);
    }
  }

  @Test
  void aFunctionOfAnotherTypeIsATrap() {
    ModuleMaker user =
        types()
            .imports("a", "table", "01 70 00 04")
            .function(1, "00 20 00 0b")
            .function(1, CALL)
            .elements("00 41 01 0b 01 00")
            .export("call", FUNCTION, 1);
    try (LinkedGuest owner = startOwner();
        LinkedGuest other = start(user, owner.give("table"))) {
      for (LinkedGuest each : new LinkedGuest[] {owner, other}) {
        assertThatExceptionOfType(WasmExecutionException.class)
            .isThrownBy(() -> each.call("call", 1))
            .withMessageContaining("indirect call type mismatch");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3, uninitialized element", "4, undefined element", "-1, undefined element"})
  void anElementThatIsNotThereIsATrapForBoth(int element, String message) {
    ModuleMaker user =
        types().imports("a", "table", "01 70 00 04").function(1, CALL).export("call", FUNCTION, 0);
    try (LinkedGuest owner = startOwner();
        LinkedGuest other = start(user, owner.give("table"))) {
      for (LinkedGuest each : new LinkedGuest[] {owner, other}) {
        assertThatExceptionOfType(WasmExecutionException.class)
            .isThrownBy(() -> each.call("call", element))
            .matches(trap -> trap.category() == WasmErrorCategory.TRAP)
            .withMessageContaining(message);
      }
    }
  }

  @Test
  void whatAFailedStartHasPutThereStays() {
    ModuleMaker failing =
        types()
            .imports("a", "table", "01 70 00 04")
            .function(0, "00 41 07 0b")
            .elements("00 41 01 0b 01 00")
            .elements("00 41 04 0b 01 00");
    try (LinkedGuest owner = startOwner()) {
      assertThatExceptionOfType(WasmLoadException.class)
          .isThrownBy(() -> start(failing, owner.give("table")).close())
          .withMessageContaining("out of bounds table access");
      assertThat(owner.call("call", 1)).containsExactly(7);
    }
  }

  @Test
  void anElementThatDoesNotFitIsRefused() {
    ModuleMaker behind =
        types()
            .imports("a", "table", "01 70 00 04")
            .function(0, "00 41 07 0b")
            .elements("00 41 7f 0b 01 00");
    try (LinkedGuest owner = startOwner()) {
      assertThatExceptionOfType(WasmLoadException.class)
          .isThrownBy(() -> start(behind, owner.give("table")).close())
          .withMessageContaining("out of bounds table access");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01 70 00 05, (table 5 funcref)",
    "01 70 01 04 08, (table 4 8 funcref)",
    "01 6f 00 04, (table 4 externref)"
  })
  void aTableOfAnotherTypeIsRefused(String imported, String wanted) {
    ModuleMaker user = types().imports("a", "table", imported);
    try (LinkedGuest owner = startOwner()) {
      assertThatExceptionOfType(WasmLinkException.class)
          .isThrownBy(() -> start(user, owner.give("table")).close())
          .withMessageContaining("the module imports a.table %s", wanted)
          .withMessageContaining("it is (table 4 funcref): change one of the two");
    }
  }

  @Test
  void noneOfThoseThatHaveItIsReset() {
    try (LinkedGuest owner = startOwner();
        LinkedGuest user = startUser(owner)) {
      assertThat(owner.instance().reset()).isFalse();
      assertThat(user.instance().reset()).isFalse();
    }
  }
}
