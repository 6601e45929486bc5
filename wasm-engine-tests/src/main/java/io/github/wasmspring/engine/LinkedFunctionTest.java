package io.github.wasmspring.engine;

import static io.github.wasmspring.testing.LinkedGuest.assumeLinks;
import static io.github.wasmspring.testing.LinkedGuest.start;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.GLOBAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmExternalValue;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions of one instance that another one calls. */
class LinkedFunctionTest {

  private static final String GIVES_INT = "60 00 01 7f";

  @BeforeEach
  void needsLinks() {
    assumeLinks(WasmExternalKind.FUNCTION);
  }

  /** Counts its calls. */
  private static ModuleMaker counter() {
    return new ModuleMaker()
        .type(GIVES_INT)
        .function(0, "00 23 00 41 01 6a 24 00 23 00 0b")
        .global("7f 01 41 00 0b")
        .export("count", FUNCTION, 0)
        .export("counted", GLOBAL, 0);
  }

  private static ModuleMaker caller() {
    return new ModuleMaker()
        .type(GIVES_INT)
        .imports("a", "count", "00 00")
        .function(0, "00 10 00 10 00 6a 0b")
        .export("twice", FUNCTION, 1)
        .export("again", FUNCTION, 0);
  }

  @Test
  void runsInTheInstanceThatItIsOf() {
    try (LinkedGuest counter = start(counter());
        LinkedGuest caller = start(caller(), counter.give("count"))) {
      assertThat(caller.call("twice")).containsExactly(3);
      assertThat(counter.instance().global("counted").get()).isEqualTo(2);
      assertThat(counter.call("count")).containsExactly(3);
    }
  }

  @Test
  void canBeExportedAgain() {
    try (LinkedGuest counter = start(counter())) {
      LinkedGuest middle = start(caller(), counter.give("count"));
      WasmLinkedImport again =
          new WasmLinkedImport("a", "count", middle.instance().external("again"));
      assertThat(middle.call("again")).containsExactly(1);
      middle.close();
      try (LinkedGuest caller = start(caller(), again)) {
        assertThat(caller.call("twice")).containsExactly(5);
      }
    }
  }

  @Test
  void allNumbersGetThereAndBack() {
    ModuleMaker swapping =
        new ModuleMaker()
            .type("60 04 7f 7e 7d 7c 04 7c 7d 7e 7f")
            .function(0, "00 20 03 20 02 20 01 20 00 0b")
            .export("swap", FUNCTION, 0);
    ModuleMaker caller =
        new ModuleMaker()
            .type("60 04 7f 7e 7d 7c 04 7c 7d 7e 7f")
            .imports("a", "swap", "00 00")
            .function(0, "00 20 00 20 01 20 02 20 03 10 00 0b")
            .export("f", FUNCTION, 1);
    try (LinkedGuest owner = start(swapping);
        LinkedGuest user = start(caller, owner.give("swap"))) {
      long f32 = Float.floatToRawIntBits(1.5f);
      long f64 = Double.doubleToRawLongBits(-2.5);
      assertThat(user.call("f", 5, Long.MIN_VALUE, f32, f64))
          .containsExactly(f64, f32, Long.MIN_VALUE, 5);
    }
  }

  @Test
  void itsTrapGoesThroughTheCaller() {
    ModuleMaker trapping =
        new ModuleMaker()
            .type(GIVES_INT)
            .function(0, "00 41 01 41 00 6d 0b")
            .export("count", FUNCTION, 0);
    try (LinkedGuest owner = start(trapping);
        LinkedGuest user = start(caller(), owner.give("count"))) {
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> user.call("twice"))
          .matches(trap -> trap.category() == WasmErrorCategory.TRAP)
          .withMessageContaining("integer divide by zero");
    }
  }

  @Test
  void itsFailingHostFunctionIsNamed() {
    ModuleMaker asking =
        new ModuleMaker()
            .type(GIVES_INT)
            .imports("env", "ask", "00 00")
            .export("count", FUNCTION, 0);
    WasmImportDefinition host =
        new WasmImportDefinition(
            "env",
            "ask",
            new WasmFunctionType(List.of(), List.of(WasmValueType.I32)),
            (instance, arguments) -> {
              throw new IllegalStateException("not now");
            });
    try (LinkedGuest owner = start(asking, host);
        LinkedGuest user = start(caller(), owner.give("count"))) {
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> user.call("twice"))
          .matches(failure -> failure.category() == WasmErrorCategory.HOST_FUNCTION)
          .withMessageContaining("env.ask")
          .withMessageContaining("not now");
    }
  }

  @Test
  void isATrapWhenItsInstanceIsClosed() {
    LinkedGuest counter = start(counter());
    try (LinkedGuest caller = start(caller(), counter.give("count"))) {
      counter.close();
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> caller.call("twice"))
          .matches(trap -> trap.category() == WasmErrorCategory.TRAP)
          .withMessageContaining("whose instance was closed");
    }
  }

  @Test
  void ofAClosedInstanceIsNotLinked() {
    LinkedGuest counter = start(counter());
    WasmLinkedImport count = counter.give("count");
    counter.close();
    assertThatExceptionOfType(WasmLinkException.class)
        .isThrownBy(() -> start(caller(), count).close())
        .withMessageContaining("a.count")
        .withMessageContaining("closed");
  }

  @Test
  void whoOnlyCallsCanBeReset() {
    try (LinkedGuest counter = start(counter());
        LinkedGuest caller = start(caller(), counter.give("count"))) {
      caller.call("twice");
      assertThat(caller.instance().reset()).isTrue();
      assertThat(counter.instance().global("counted").get()).isEqualTo(2);
      assertThat(caller.call("twice")).containsExactly(7);
    }
  }

  @Test
  void endlessRecursionOverInstancesFillsTheStack() {
    ModuleMaker first =
        new ModuleMaker()
            .type("60 00 00")
            .table("70 00 01")
            .function(0, "00 41 00 11 00 00 0b")
            .export("go", FUNCTION, 0)
            .export("table", ModuleMaker.TABLE, 0);
    ModuleMaker second =
        new ModuleMaker()
            .type("60 00 00")
            .imports("a", "go", "00 00")
            .imports("a", "table", "01 70 00 01")
            .function(0, "00 10 00 0b")
            .elements("00 41 00 0b 01 01");
    assumeLinks(WasmExternalKind.TABLE);
    try (LinkedGuest owner = start(first);
        LinkedGuest user = start(second, owner.give("go"), owner.give("table"))) {
      assertThat(user.code().imports()).hasSize(2);
      for (int again = 0; again < 2; again++) {
        assertThatExceptionOfType(WasmExecutionException.class)
            .isThrownBy(() -> owner.call("go"))
            .matches(full -> full.category() == WasmErrorCategory.STACK_OVERFLOW);
      }
    }
  }

  @Test
  void anotherTypeIsRefused() {
    ModuleMaker other = new ModuleMaker().type("60 01 7f 01 7f").imports("a", "count", "00 00");
    try (LinkedGuest counter = start(counter())) {
      assertThatExceptionOfType(WasmLinkException.class)
          .isThrownBy(() -> start(other, counter.give("count")).close())
          .withMessageContaining("the module imports a.count (i32) -> i32")
          .withMessageContaining("it is () -> i32: change one of the two");
    }
  }

  @Test
  void whatIsNotExportedIsNotGiven() {
    try (LinkedGuest counter = start(counter())) {
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> counter.give("nothing"))
          .withMessageContaining("nothing");
    }
  }

  @Test
  void whatSomebodyElseMadeIsRefused() {
    WasmExternalValue strange =
        new WasmExternalValue() {
          @Override
          public WasmExternalKind kind() {
            return WasmExternalKind.FUNCTION;
          }

          @Override
          public String describe() {
            return "() -> i32";
          }
        };
    assertThatExceptionOfType(WasmLinkException.class)
        .isThrownBy(() -> start(caller(), new WasmLinkedImport("a", "count", strange)).close())
        .withMessageContaining("was not made by the engine");
  }
}
