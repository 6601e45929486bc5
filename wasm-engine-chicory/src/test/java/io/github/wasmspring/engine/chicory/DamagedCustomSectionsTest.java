package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.binary.CustomSections;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.internal.split.DebugNames;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestRuntime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What custom sections say is for debuggers and linkers: a module runs whatever they look like. */
class DamagedCustomSectionsTest {

  private static final byte[] MODULE = Guests.bytes("scalar");
  private static final int HEADER = 8;

  /** The module is called "m", its functions 0 and 1 "add" and "more". */
  private static final byte[] NAMES = {
    0, 2, 1, 'm', 1, 12, 2, 0, 3, 'a', 'd', 'd', 1, 4, 'm', 'o', 'r', 'e'
  };

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private static byte[] section(byte[] content) {
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    section.write(0);
    section.write(content.length);
    section.writeBytes(content);
    return section.toByteArray();
  }

  private static byte[] section(String name, byte... content) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.write(utf8.length);
    named.writeBytes(utf8);
    named.writeBytes(content);
    return section(named.toByteArray());
  }

  private static byte[] bytes(int... bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = (byte) bytes[i];
    }
    return result;
  }

  private static Map<String, byte[]> damaged() {
    Map<String, byte[]> sections = new LinkedHashMap<>();
    sections.put("sound names", section("name", NAMES));
    sections.put("bad UTF-8 in a name", section("name", bytes(1, 4, 1, 0, 1, 0xff)));
    sections.put("bad UTF-8 in the module's name", section("name", bytes(0, 3, 2, 0xc3, 0x28)));
    sections.put(
        "names of functions that are not there", section("name", bytes(1, 4, 1, 99, 1, 'x')));
    sections.put("the same name twice", section("name", bytes(1, 7, 2, 0, 1, 'x', 0, 1, 'x')));
    sections.put("too many names", section("name", bytes(1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f)));
    sections.put("a subsection that is too long", section("name", bytes(1, 99, 1, 0, 1, 'x')));
    sections.put("an unknown subsection", section("name", bytes(77, 1, 0)));
    sections.put("half a subsection", section("name", bytes(1)));
    sections.put("no names", section("name"));
    sections.put("bad UTF-8 in its own name", section(bytes(2, 0xff, 0xfe, 1)));
    sections.put("a name that is too long", section(bytes(99, 'x')));
    sections.put(
        "a number without an end", section(bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)));
    sections.put("no content", section(new byte[0]));
    sections.put("producers", section("producers", bytes(0xff)));
    sections.put("dylink", section("dylink.0", bytes(0xff, 0xff, 0xff)));
    sections.put("target_features", section("target_features", bytes(9)));
    sections.put("linking", section("linking", bytes(2, 8)));
    sections.put("sourceMappingURL", section("sourceMappingURL", bytes(0xff)));
    return sections;
  }

  private static byte[] with(byte[] section, boolean first, boolean twice) {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.write(MODULE, 0, HEADER);
    if (first || twice) {
      module.writeBytes(section);
    }
    module.write(MODULE, HEADER, MODULE.length - HEADER);
    if (!first || twice) {
      module.writeBytes(section);
    }
    return module.toByteArray();
  }

  private void runs(String what, byte[] module, WasmEngineMode mode) {
    String location = this.runtime.bytes.put("damaged", module);
    WasmModuleDescriptor descriptor =
        WasmModuleDescriptor.builder("damaged")
            .location(location)
            .settings(settings -> settings.engineMode(mode))
            .build();
    this.runtime.registry.register(descriptor);
    try (var session = this.runtime.manager.open("damaged")) {
      assertThat(session.call("add", 40, 2)).as(what).containsExactly(42);
    }
    assertThat(this.runtime.manager.status("damaged")).hasSize(1);
    assertThat(DebugNames.read(module, ModuleFacts.of(module))).as(what).isNotNull();
    this.runtime.registry.unregister("damaged", descriptor.version());
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void theModuleRunsWithout(WasmEngineMode mode) {
    damaged()
        .forEach(
            (what, section) -> {
              runs(what + " at the end", with(section, false, false), mode);
              runs(what + " at the beginning", with(section, true, false), mode);
              runs(what + " twice", with(section, false, true), mode);
            });
  }

  @Test
  void aSectionThatGoesOnBehindTheEndIsTheRest() {
    for (byte[] rest :
        new byte[][] {
          bytes(0),
          bytes(0, 0xff),
          bytes(0, 99, 4, 'n', 'a', 'm', 'e'),
          bytes(0, 0xff, 0xff, 0xff, 0xff, 0xff, 1)
        }) {
      ByteArrayOutputStream module = new ByteArrayOutputStream();
      module.writeBytes(MODULE);
      module.writeBytes(rest);

      runs("cut", module.toByteArray(), WasmEngineMode.INTERPRETER);
    }
  }

  @Test
  void soItIsAfterAnyDamage() {
    Random random = new Random(19);
    for (int i = 0; i < 400; i++) {
      byte[] section = section("name", NAMES);
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        section[2 + random.nextInt(section.length - 2)] = (byte) random.nextInt(256);
      }
      runs("damage " + i, with(section, false, false), WasmEngineMode.INTERPRETER);
      assertThat(CustomSections.remove(with(section, true, false))).isEqualTo(MODULE);
    }
  }

  @Test
  void soundNamesAreKeptForPeople() {
    byte[] module = with(section("name", NAMES), false, false);

    assertThat(CustomSections.remove(module)).isEqualTo(MODULE);
    assertThat(CustomSections.remove(MODULE)).isSameAs(MODULE);
    assertThat(DebugNames.read(module, ModuleFacts.of(module)))
        .containsEntry(0, "add")
        .containsEntry(1, "more");
  }
}
