package io.github.wasmspring.internal.engine.jvm.instance;

import static io.github.wasmspring.testing.LinkedGuest.start;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.GLOBAL;
import static io.github.wasmspring.testing.ModuleMaker.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** References to functions on their way from one instance to another. */
class LinkedReferencesTest {

  private static final int FIRST = 11;
  private static final int OWN = 7;

  private LinkedGuest owner;
  private LinkedGuest user;

  private static ModuleMaker types() {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .type("60 01 7f 01 7f")
        .type("60 01 7f 00")
        .type("60 03 7f 7f 7f 00")
        .type("60 01 70 00")
        .type("60 00 01 70")
        .type("60 00 00");
  }

  /** The first element gives 42. */
  private static ModuleMaker owner() {
    return types()
        .function(1, "00 20 00 11 00 00 0b")
        .function(0, "00 41 2a 0b")
        .function(4, "00 20 00 24 00 0b")
        .function(0, "00 41 03 23 00 26 00 41 03 11 00 00 0b")
        .function(5, "00 23 00 0b")
        .function(0, "00 fc 10 00 0b")
        .table("70 00 04")
        .global("70 01 d0 70 0b")
        .elements("00 41 00 0b 01 01")
        .export("call", FUNCTION, 0)
        .export("keep", FUNCTION, 2)
        .export("kept", FUNCTION, 3)
        .export("take", FUNCTION, 4)
        .export("size", FUNCTION, 5)
        .export("table", TABLE, 0)
        .export("global", GLOBAL, 0);
  }

  /** Its own function gives 7; its own table has three elements. */
  private static ModuleMaker user() {
    return types()
        .imports("a", "keep", "00 04")
        .imports("a", "take", "00 05")
        .imports("a", "table", "01 70 00 04")
        .imports("a", "global", "03 70 01")
        .function(0, "00 41 07 0b")
        .function(2, "00 20 00 d2 02 26 00 0b")
        .function(3, "00 20 00 20 01 20 02 fc 0e 01 00 0b")
        .function(3, "00 20 00 20 01 20 02 fc 0e 00 01 0b")
        .function(3, "00 20 00 d2 02 20 02 fc 11 00 0b")
        .function(1, "00 d2 02 20 00 fc 0f 00 0b")
        .function(3, "00 20 00 20 01 20 02 fc 0c 00 00 0b")
        .function(6, "00 d2 02 10 00 0b")
        .function(6, "00 41 00 10 01 26 01 0b")
        .function(1, "00 20 00 11 00 01 0b")
        .function(6, "00 d2 02 24 00 0b")
        .function(6, "00 41 00 23 00 26 01 0b")
        .function(1, "00 20 00 25 00 d1 0b")
        .table("70 00 03")
        .elements("01 00 02 02 02")
        .export("set", FUNCTION, 3)
        .export("copyToOwn", FUNCTION, 4)
        .export("copyFromOwn", FUNCTION, 5)
        .export("fill", FUNCTION, 6)
        .export("grow", FUNCTION, 7)
        .export("init", FUNCTION, 8)
        .export("give", FUNCTION, 9)
        .export("takeToOwn", FUNCTION, 10)
        .export("callOwn", FUNCTION, 11)
        .export("setGlobal", FUNCTION, 12)
        .export("globalToOwn", FUNCTION, 13)
        .export("isNull", FUNCTION, 14);
  }

  @BeforeEach
  void link() {
    this.owner = start(owner());
    this.user =
        start(
            user(),
            this.owner.give("keep"),
            this.owner.give("take"),
            this.owner.give("table"),
            this.owner.give("global"));
  }

  @AfterEach
  void close() {
    this.user.close();
    this.owner.close();
  }

  @Test
  void areSetInATable() {
    this.user.call("set", 2);
    assertThat(this.owner.call("call", 2)).containsExactly(OWN);
    assertThat(this.user.call("isNull", 2)).containsExactly(0);
    assertThat(this.user.call("isNull", 1)).containsExactly(1);
  }

  @Test
  void areCopiedFromTableToTable() {
    this.user.call("set", 1);
    this.user.call("copyToOwn", 0, 0, 3);
    assertThat(this.user.call("callOwn", 0)).containsExactly(42);
    assertThat(this.user.call("callOwn", 1)).containsExactly(OWN);
    this.user.call("copyFromOwn", 2, 0, 2);
    assertThat(this.owner.call("call", 2)).containsExactly(42);
    assertThat(this.owner.call("call", 3)).containsExactly(OWN);
  }

  @Test
  void fillATable() {
    this.user.call("fill", 0, 0, 4);
    for (int i = 0; i < 4; i++) {
      assertThat(this.owner.call("call", i)).containsExactly(OWN);
    }
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.user.call("fill", 1, 0, 4))
        .withMessageContaining("out of bounds table access");
  }

  @Test
  void areInElementsThatATableGrowsBy() {
    assertThat(this.user.call("grow", 2)).containsExactly(4);
    assertThat(this.owner.call("size")).containsExactly(6);
    assertThat(this.owner.call("call", 5)).containsExactly(OWN);
  }

  @Test
  void areInSegments() {
    this.user.call("init", 1, 0, 2);
    assertThat(this.owner.call("call", 1)).containsExactly(OWN);
    assertThat(this.owner.call("call", 2)).containsExactly(OWN);
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.user.call("init", 3, 0, 2))
        .withMessageContaining("out of bounds table access");
  }

  @Test
  void areArgumentsAndResults() {
    this.user.call("give");
    assertThat(this.owner.call("kept")).containsExactly(OWN);
    this.user.call("takeToOwn");
    assertThat(this.user.call("callOwn", 0)).containsExactly(OWN);
  }

  @Test
  void areInGlobals() {
    this.user.call("setGlobal");
    assertThat(this.owner.call("kept")).containsExactly(OWN);
    this.user.call("globalToOwn");
    assertThat(this.user.call("callOwn", 0)).containsExactly(OWN);
  }

  @Test
  void toNothingStayThat() {
    this.user.call("takeToOwn");
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.user.call("callOwn", 0))
        .withMessageContaining("uninitialized element");
  }

  @Test
  void getToAThirdInstance() {
    ModuleMaker third =
        types()
            .imports("a", "table", "01 70 00 04")
            .function(1, "00 20 00 11 00 00 0b")
            .function(0, "00 41 0b 0b")
            .elements("00 41 01 0b 01 01")
            .export("call", FUNCTION, 0);
    this.user.call("set", 2);
    try (LinkedGuest guest = start(third, this.owner.give("table"))) {
      assertThat(guest.call("call", 0)).containsExactly(42);
      assertThat(guest.call("call", 2)).containsExactly(OWN);
      this.user.call("copyToOwn", 0, 1, 1);
      assertThat(this.user.call("callOwn", 0)).containsExactly(FIRST);
    }
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.user.call("callOwn", 0))
        .withMessageContaining("whose instance was closed");
  }

  @Test
  void whatTheHostMadeUpIsNoFunction() {
    ModuleMaker forged =
        types()
            .imports("a", "keep", "00 04")
            .function(4, "00 20 00 10 00 0b")
            .export("pass", FUNCTION, 1);
    try (LinkedGuest guest = start(forged, this.owner.give("keep"))) {
      for (long number : new long[] {1000, Integer.MAX_VALUE, -2, Integer.MIN_VALUE}) {
        guest.call("pass", number);
        assertThatExceptionOfType(WasmExecutionException.class)
            .isThrownBy(() -> this.owner.call("kept"));
      }
      guest.call("pass", -1);
      assertThatExceptionOfType(WasmExecutionException.class)
          .isThrownBy(() -> this.owner.call("kept"))
          .withMessageContaining("uninitialized element");
    }
  }

  @Test
  void manyInstancesThatWereClosedAreForgotten() {
    ModuleMaker passing =
        types()
            .imports("a", "keep", "00 04")
            .function(0, "00 41 0b 0b")
            .function(6, "00 d2 01 10 00 0b")
            .elements("03 00 01 01")
            .export("give", FUNCTION, 2);
    JvmInstance instance = (JvmInstance) this.owner.instance();
    int first = instance.module().facts.functionCount();
    for (int i = 0; i < 100; i++) {
      try (LinkedGuest guest = start(passing, this.owner.give("keep"))) {
        guest.call("give");
        assertThat(instance.numbers().foreign(first + i)).isNotNull();
      }
      assertThat(instance.numbers().foreign(first + i)).isNull();
    }
  }

  @Test
  void toExceptionsAreNotLinked() {
    ModuleMaker owning =
        new ModuleMaker()
            .type("60 01 69 00")
            .function(0, "00 0b")
            .global("69 01 d0 69 0b")
            .export("f", FUNCTION, 0)
            .export("g", GLOBAL, 0);
    try (LinkedGuest exporter = start(owning)) {
      ModuleMaker function = new ModuleMaker().type("60 01 69 00").imports("a", "f", "00 00");
      ModuleMaker global = new ModuleMaker().imports("a", "g", "03 69 01");
      for (ModuleMaker importer : new ModuleMaker[] {function, global}) {
        assertThatExceptionOfType(WasmLinkException.class)
            .isThrownBy(() -> start(importer, exporter.give("f"), exporter.give("g")).close())
            .withMessageContaining("references to exceptions can't get from one instance");
      }
    }
  }

  @Test
  void toFunctionsOfTypesThatAreWrittenDifferentlyAreTheSame() {
    ModuleMaker exporting =
        new ModuleMaker()
            .type("60 00 01 7f")
            .type("60 01 63 00 01 7f")
            .function(1, "00 20 00 14 00 0b")
            .export("call", FUNCTION, 0);
    ModuleMaker importing =
        new ModuleMaker()
            .type("60 01 7d 00")
            .type("60 00 01 7f")
            .type("60 01 63 01 01 7f")
            .imports("a", "call", "00 02")
            .function(1, "00 41 09 0b")
            .function(1, "00 d2 01 10 00 0b")
            .elements("03 00 01 01")
            .export("f", FUNCTION, 2);
    ModuleMaker other =
        new ModuleMaker()
            .type("60 00 01 7e")
            .type("60 01 63 00 01 7f")
            .imports("a", "call", "00 01");
    try (LinkedGuest exporter = start(exporting);
        LinkedGuest importer = start(importing, exporter.give("call"))) {
      assertThat(importer.call("f")).containsExactly(9);
      assertThatExceptionOfType(WasmLinkException.class)
          .isThrownBy(() -> start(other, exporter.give("call")).close());
    }
  }

  @Test
  void anImportedFunctionIsReferredToWhereItIs() {
    ModuleMaker forwarding =
        types()
            .imports("b", "call", "00 01")
            .imports("a", "table", "01 70 00 04")
            .elements("00 41 01 0b 01 00")
            .export("again", FUNCTION, 0);
    WasmLinkedImport call =
        new WasmLinkedImport("b", "call", this.user.instance().external("callOwn"));
    LinkedGuest guest = start(forwarding, call, this.owner.give("table"));
    JvmInstance instance = (JvmInstance) guest.instance();
    assertThat(instance.addressOf(0).instance()).isSameAs(this.user.instance());
    guest.close();
    this.user.call("copyToOwn", 1, 1, 1);
    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> this.user.call("callOwn", 1))
        .withMessageContaining("indirect call type mismatch");
  }
}
