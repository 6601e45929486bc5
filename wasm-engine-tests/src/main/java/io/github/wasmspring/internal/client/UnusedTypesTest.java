package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.UnusedTypes;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Linkers and optimisers leave types behind that nothing refers to. */
class UnusedTypesTest {

  private static final String KINDS =
      """
      vector, 60 01 7b 00, 1
      struct, 5f 02 7f 01 78 00, 1
      array, 5e 7f 00, 1
      group of two, 4e 02 5f 00 5f 01 63 01 00, 2
      final subtype, 4f 00 60 00 00, 1
      caught exception, 60 01 69 00, 1
      continuation, 5d 00, 1
      reference to the first, 60 01 63 00 00, 1
      empty group, 4e 00, 0
      """;

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  /**
   * A module of the types {@code (func)}, the one in question, and {@code (func (param i32) (result
   * i32))}, of which only the last is used, by {@code add}, which adds one.
   */
  private static byte[] module(String type, int types, String code) {
    String section = "03 600000" + type + "60017f017f";
    String body = "00" + code + "2000 4101 6a 0b";
    return HexFormat.of()
        .parseHex(
            ("0061736d01000000"
                    + sized("01", section)
                    + sized("03", "01 0" + (types + 1))
                    + sized("07", "01 03 616464 00 00")
                    + sized("0a", "01" + sized("", body)))
                .replace(" ", ""));
  }

  private static String sized(String id, String contents) {
    return "%s%02x%s".formatted(id, contents.replace(" ", "").length() / 2, contents);
  }

  private WasmModuleDescriptor.Builder descriptor(byte[] module, WasmEngineMode mode) {
    return WasmModuleDescriptor.builder("types")
        .location(this.runtime.bytes.put("types", module))
        .settings(settings -> settings.engineMode(mode));
  }

  @ParameterizedTest
  @CsvSource(textBlock = KINDS)
  void needNoFeature(String what, String type, int types) {
    byte[] module = module(type, types, "");

    assertThat(ModuleFacts.of(module).features().all()).as(what).isEmpty();
    for (WasmEngineMode mode :
        new WasmEngineMode[] {WasmEngineMode.INTERPRETER, WasmEngineMode.COMPILED}) {
      this.runtime.with(descriptor(module, mode));
      try (var session = this.runtime.manager.open("types")) {
        assertThat(session.call("add", 41)).as(what).containsExactly(42);
      }
      this.runtime.registry.unregister(
          "types", this.runtime.manager.status("types").get(0).version());
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = KINDS)
  void keepTheirPlaces(String what, String type, int types) {
    byte[] module = module(type, types, "");
    ModuleFacts facts = ModuleFacts.of(module);

    byte[] replaced = UnusedTypes.replace(module, facts, Set.of());

    ModuleFacts after = ModuleFacts.of(replaced);
    assertThat(after.typeCount()).as(what).isEqualTo(facts.typeCount());
    assertThat(after.functionTypeIndex(0)).isEqualTo(facts.functionTypeIndex(0));
    assertThat(after.type(types + 1)).isEqualTo(facts.type(types + 1));
    assertThat(UnusedTypes.replace(replaced, after, Set.of())).isSameAs(replaced);
  }

  @ParameterizedTest
  @CsvSource({
    "of a block, 0041 00 04 01 0b, 60 00 01 6d, GC",
    "of a reference, d0 01 1a, 5f 00, GC",
    "of an indirect call, 00 4100 11 01 00, 60 01 6d 00, GC",
    "of a call by reference, 00 14 01, 60 01 6d 00, GC"
  })
  void areRefusedOnceTheyAreUsed(String what, String code, String type, String feature) {
    byte[] module = module(type, 1, code);
    this.runtime.with(descriptor(module, WasmEngineMode.INTERPRETER));

    assertThat(ModuleFacts.of(module).features().all())
        .as(what)
        .extracting(Enum::name)
        .contains(feature);
    assertThat(failure(WasmErrorCategory.INVALID, () -> this.runtime.manager.warmUp("types")))
        .as(what)
        .hasMessageContaining("needs");
  }
}
