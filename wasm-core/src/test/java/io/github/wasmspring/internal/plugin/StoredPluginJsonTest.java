package io.github.wasmspring.internal.plugin;

import static io.github.wasmspring.internal.plugin.StoredPlugins.NOW;
import static io.github.wasmspring.internal.plugin.StoredPlugins.plugin;
import static io.github.wasmspring.internal.plugin.StoredPlugins.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a plug-in is read as it was written, and nothing else is. */
class StoredPluginJsonTest {

  private static StoredPlugin full() {
    StoredPlugin plugin = plugin("prices", 1).activate(revision(2, 2), NOW);
    plugin = plugin.with(revision(3, 3).with(WasmPluginOutcome.REFUSED, "a trap: \"x\"\n\u0000ü"));
    return plugin.with(
        new StoredRevision(
            4,
            "2.0.0-beta.1",
            null,
            0,
            "https://example.org/x",
            null,
            null,
            "",
            Map.of(),
            NOW,
            null,
            WasmPluginOutcome.REFUSED,
            "404"));
  }

  private static String text() throws DamagedPluginException {
    return new String(StoredPluginJson.write(full()), StandardCharsets.UTF_8);
  }

  private static StoredPlugin read(String text) throws DamagedPluginException {
    return StoredPluginJson.read("prices", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isReadAsItWasWritten() throws DamagedPluginException {
    assertThat(read(text())).isEqualTo(full());
    assertThat(read(text()).withoutFile().fileGone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{\"format\":1}",
        "{\"format\":1,\"format\":1}",
        "{\"format\":99999999999999999999999999999}",
        "{\"format\":1e308}",
        "\u0000\u0000\u0000"
      })
  void whatIsSomethingElseIsDamaged(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(DamagedPluginException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "format" : 1 | "format" : 2
          "id" : "prices" | "id" : "../prices"
          "id" : "prices" | "id" : "other"
          "enabled" : true | "enabled" : "yes"
          "active" : 2 | "active" : 9
          "active" : 2 | "active" : 3
          "active" : 2 | "active" : -2147483649
          "active" : 2 | "active" : 2.5
          "last" : 4 | "last" : 3
          "last" : 4 | "last" : 99999999999999999999
          "before" : [ 1 ] | "before" : [ 1, 1 ]
          "before" : [ 1 ] | "before" : [ 2 ]
          "before" : [ 1 ] | "before" : [ 3 ]
          "before" : [ 1 ] | "before" : [ 7 ]
          "before" : [ 1 ] | "before" : { }
          "before" : [ 1 ] | "before" : [ "1" ]
          "number" : 2 | "number" : 1
          "number" : 1 | "number" : 0
          "size" : | "size" : -
          "size" : | "size" : 99999999999
          "digest" : "sha256: | "digest" : "sha256:../../
          "digest" : "sha256: | "digest" : "md5:
          "version" : "1.0.1" | "version" : "one"
          "mathlib" : "^1.2" | "mathlib" : "whatever it takes"
          "mathlib" : "^1.2" | "mathlib" : 7
          "outcome" : "ACTIVE" | "outcome" : "SUPERB"
          "outcome" : "REPLACED" | "outcome" : "ACTIVE"
          "installedAt" : "2026-11-30T02:00:00.123Z" | "installedAt" : "yesterday"
          "source" : "upload" | "source" : null
          """)
  void whatNobodyCanHaveWrittenIsDamaged(String written, String changed)
      throws DamagedPluginException {
    String text = text();
    assertThat(text).contains(written.strip());
    assertThatThrownBy(() -> read(text.replace(written.strip(), changed.strip())))
        .isInstanceOf(DamagedPluginException.class);
  }

  @Test
  void halfOfItIsDamaged() throws DamagedPluginException {
    String text = text();
    for (int length = 0; length < text.stripTrailing().length(); length += 7) {
      String half = text.substring(0, length);
      assertThatThrownBy(() -> read(half)).isInstanceOf(DamagedPluginException.class);
    }
    assertThatThrownBy(() -> read(text + "{}")).isInstanceOf(DamagedPluginException.class);
  }

  /** Never another exception, whatever a disk makes of it. */
  @Test
  void anyBytesAreReadOrDamaged() throws DamagedPluginException {
    byte[] written = StoredPluginJson.write(full());
    Random random = new Random(14);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = written.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(StoredPluginJson.read("prices", bytes).id()).isEqualTo("prices");
      } catch (DamagedPluginException damaged) {
        assertThat(damaged.getMessage()).isNotBlank().hasSizeLessThan(400).doesNotContain("\n");
      }
    }
  }

  @Test
  void whatIsNestedDeeplyIsDamaged() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(DamagedPluginException.class);
  }
}
