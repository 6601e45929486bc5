package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.testing.LinkedGuest.start;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one instance throws and another one catches. */
class LinkedExceptionTest {

  /** Gives what the tag 0 carries, -1 if nothing was thrown, and -2 for all other tags. */
  private static final String CATCHING =
      "00 02 40 02 7f 1f 40 02 00 00 00 02 01 20 00 10 00 0b 41 7f 0b 0f 0b 41 7e 0b";

  private final LinkedGuest thrower =
      start(
          types()
              .tag(0)
              .tag(0)
              .function(0, "00 20 00 08 00 0b")
              .function(0, "00 20 00 08 01 0b")
              .export("tag", TAG, 0)
              .export("throws", FUNCTION, 0)
              .export("throwsOther", FUNCTION, 1));

  private static ModuleMaker types() {
    return new ModuleMaker().type("60 01 7f 00").type("60 01 7f 01 7f");
  }

  private static ModuleMaker catcher(String function) {
    return types()
        .imports("a", function, "00 00")
        .imports("a", "tag", "04 00 00")
        .function(1, CATCHING)
        .export("f", FUNCTION, 1);
  }

  @AfterEach
  void close() {
    this.thrower.close();
  }

  @Test
  void isKnownByTheTagThatBothHave() {
    try (LinkedGuest guest =
        start(catcher("throws"), this.thrower.give("throws"), this.thrower.give("tag"))) {
      assertThat(guest.call("f", 17)).containsExactly(17);
    }
  }

  @Test
  void isOfNoTagOfTheOtherOne() {
    try (LinkedGuest guest =
        start(catcher("throwsOther"), this.thrower.give("throwsOther"), this.thrower.give("tag"))) {
      assertThat(guest.call("f", 17)).containsExactly(-2);
    }
  }

  @Test
  void isKnownAgainBehindAnInstanceThatDoesNotKnowIt() {
    ModuleMaker middle =
        types()
            .imports("a", "throws", "00 00")
            .tag(0)
            .function(0, "00 20 00 10 00 0b")
            .export("throws", FUNCTION, 1);
    try (LinkedGuest unknowing = start(middle, this.thrower.give("throws"));
        LinkedGuest guest =
            start(catcher("throws"), unknowing.give("throws"), this.thrower.give("tag"))) {
      assertThat(guest.call("f", 5)).containsExactly(5);
    }
  }

  @Test
  void anotherInstanceOfTheSameModuleHasOtherTags() {
    ModuleMaker module =
        types().tag(0).function(0, "00 20 00 08 00 0b").export("throws", FUNCTION, 0);
    try (LinkedGuest other = start(module);
        LinkedGuest guest =
            start(catcher("throws"), other.give("throws"), this.thrower.give("tag"))) {
      assertThat(guest.call("f", 5)).containsExactly(-2);
    }
  }

  @Test
  void isATrapForTheHostIfNobodyCatchesIt() {
    ModuleMaker middle =
        types()
            .imports("a", "throws", "00 00")
            .function(0, "00 20 00 10 00 0b")
            .export("f", FUNCTION, 1);
    try (LinkedGuest guest = start(middle, this.thrower.give("throws"))) {
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> guest.call("f", 5))
          .matches(failure -> failure.category() == WasmErrorCategory.TRAP)
          .withMessageContaining("tag 0, 1 values");
    }
  }

  @Test
  void aTagOfAnotherTypeIsRefused() {
    ModuleMaker other = new ModuleMaker().type("60 01 7e 00").imports("a", "tag", "04 00 00");
    assertThatExceptionOfType(WasmLinkException.class)
        .isThrownBy(() -> start(other, this.thrower.give("tag")).close())
        .withMessageContaining("a.tag (tag (i64) -> ())")
        .withMessageContaining("it is (tag (i32) -> ()): change one of the two");
  }

  @Test
  void oneTagUnderTwoNamesIsRefused() {
    ModuleMaker two = types().imports("a", "tag", "04 00 00").imports("b", "tag", "04 00 00");
    WasmLinkedImport again =
        new WasmLinkedImport("b", "tag", this.thrower.instance().external("tag"));
    assertThatExceptionOfType(WasmLinkException.class)
        .isThrownBy(() -> start(two, this.thrower.give("tag"), again).close())
        .withMessageContaining("b.tag")
        .withMessageContaining("import it once");
  }
}
