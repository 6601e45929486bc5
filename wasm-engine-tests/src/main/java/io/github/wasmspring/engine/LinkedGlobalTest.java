package io.github.wasmspring.engine;

import static io.github.wasmspring.testing.LinkedGuest.assumeLinks;
import static io.github.wasmspring.testing.LinkedGuest.start;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.GLOBAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A global that two instances have in common. */
class LinkedGlobalTest {

  @BeforeEach
  void needsLinks() {
    assumeLinks(WasmExternalKind.GLOBAL);
  }

  private static ModuleMaker withAccess(ModuleMaker module, String type, int global) {
    String index = "%02x".formatted(global);
    return module
        .type("60 00 01 " + type)
        .type("60 01 %s 00".formatted(type))
        .function(0, "00 23 %s 0b".formatted(index))
        .function(1, "00 20 00 24 %s 0b".formatted(index))
        .export("get", FUNCTION, 0)
        .export("set", FUNCTION, 1)
        .export("global", GLOBAL, global);
  }

  private static ModuleMaker owner(String type, String value) {
    return withAccess(new ModuleMaker(), type, 0).global("%s 01 %s 0b".formatted(type, value));
  }

  private static ModuleMaker user(String type) {
    return withAccess(
        new ModuleMaker().imports("a", "global", "03 %s 01".formatted(type)), type, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "7f, 41 05, 5, -7",
    "7e, 42 05, 5, -9223372036854775808",
    "7d, 43 00 00 c0 3f, 1069547520, 1073741824",
    "7c, 44 00 00 00 00 00 00 f8 3f, 4609434218613702656, -4611686018427387904",
    "6f, d0 6f, -1, 9"
  })
  void whatOneSetsTheOtherGets(String type, String value, long first, long second) {
    try (LinkedGuest owner = start(owner(type, value));
        LinkedGuest user = start(user(type), owner.give("global"))) {
      assertThat(user.call("get")[0]).isEqualTo(owner.call("get")[0]);
      if (!type.equals("6f")) {
        assertThat(user.call("get")).containsExactly(first);
      }
      user.call("set", second);
      assertThat(owner.call("get")).containsExactly(second);
      owner.call("set", first);
      assertThat(user.call("get")).containsExactly(first);
    }
  }

  @Test
  void theHostSeesWhatTheOwnerHas() {
    try (LinkedGuest owner = start(owner("7f", "41 05"));
        LinkedGuest user = start(user("7f"), owner.give("global"))) {
      owner.call("set", 6);
      assertThat(user.instance().global("global").get()).isEqualTo(6);
      user.instance().global("global").set(7);
      assertThat(owner.call("get")).containsExactly(7);
    }
  }

  @Test
  void theOtherGlobalsOfTheModuleAreItsOwn() {
    ModuleMaker user =
        withAccess(
            new ModuleMaker().imports("env", "mine", "03 7f 01").imports("a", "global", "03 7f 01"),
            "7f",
            0);
    WasmGlobalDefinition mine = WasmGlobalDefinition.variable("env", "mine", 1);
    try (LinkedGuest owner = start(owner("7f", "41 05"));
        LinkedGuest one = start(user, mine, owner.give("global"));
        LinkedGuest other = start(user, mine, owner.give("global"))) {
      one.call("set", 2);
      assertThat(one.call("get")).containsExactly(2);
      assertThat(one.instance().global("global").get()).isEqualTo(2);
      assertThat(other.call("get")).containsExactly(1);
      assertThat(owner.call("get")).containsExactly(5);
    }
  }

  @Test
  void aModuleThatIsLinkedOnceIsNotLinkedForEver() {
    try (LinkedGuest owner = start(owner("7f", "41 05"));
        LinkedGuest linked = start(user("7f"), owner.give("global"));
        LinkedGuest alone = start(user("7f"), WasmGlobalDefinition.variable("a", "global", 3))) {
      linked.call("set", 8);
      assertThat(alone.call("get")).containsExactly(3);
      assertThat(alone.instance().reset()).isTrue();
      assertThat(linked.instance().reset()).isFalse();
    }
  }

  @Test
  void oneThatCanNotBeSetIsPartOfConstantExpressions() {
    ModuleMaker owner = new ModuleMaker().global("7f 00 41 09 0b").export("global", GLOBAL, 0);
    ModuleMaker user =
        new ModuleMaker()
            .imports("a", "global", "03 7f 00")
            .global("7f 00 23 00 0b")
            .export("copy", GLOBAL, 1);
    try (LinkedGuest first = start(owner);
        LinkedGuest second = start(user, first.give("global"))) {
      assertThat(second.instance().global("copy").get()).isEqualTo(9);
      assertThat(second.instance().reset()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"03 7f 00, (global i32)", "03 7e 01, (global (mut i64))", "03 7e 00, (global i64)"})
  void anotherTypeIsRefused(String imported, String wanted) {
    ModuleMaker user = new ModuleMaker().imports("a", "global", imported);
    try (LinkedGuest owner = start(owner("7f", "41 05"))) {
      assertThatExceptionOfType(WasmLinkException.class)
          .isThrownBy(() -> start(user, owner.give("global")).close())
          .withMessageContaining("the module imports a.global %s", wanted)
          .withMessageContaining("it is (global (mut i32)): change one of the two");
    }
  }
}
