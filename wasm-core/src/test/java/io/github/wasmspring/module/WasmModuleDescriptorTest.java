package io.github.wasmspring.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.WasmExecutionMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WasmModuleDescriptorTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-a", "a/b", "ä"})
  void refusesAnIdThatIsNoName(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleDescriptor.builder(id))
        .withMessageContaining("'" + id + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one", "1", "1.2", "1.2.3.4"})
  void refusesAVersionThatIsNotSemantic(String version) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleDescriptor.builder("json").version(version))
        .withMessageContaining("json")
        .withMessageContaining("'" + version + "'");
  }

  @Test
  void refusesADigestOfAnotherForm() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleDescriptor.builder("json").digest("md5:abc"))
        .withMessageContaining("sha256:");
  }

  @Test
  void writesADigestInOneForm() {
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder("json").location("file:x").digest("AB".repeat(32)).build();

    assertThat(module.digest()).isEqualTo("sha256:" + "ab".repeat(32));
  }

  @Test
  void needsALocationOrACompiledClass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleDescriptor.builder("json").build())
        .withMessageContaining("json");
  }

  @Test
  void refusesADependencyRangeThatCannotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleDescriptor.builder("json").dependency("strings", "no range"));
  }

  @Test
  void aBuilderOfADescriptorSaysTheSame() {
    WasmModuleDescriptor module =
        WasmModuleDescriptor.builder("json")
            .version("1.2.3")
            .description("Formats")
            .tags("text")
            .location("file:x")
            .compiledClass("a.B")
            .digest("ab".repeat(32))
            .convention("buffer")
            .type(Runnable.class)
            .fallback("run", arguments -> null)
            .dependency("strings", "^1")
            .executionMode(WasmExecutionMode.JAVA)
            .classLoader(ClassLoader.getPlatformClassLoader())
            .build();

    assertThat(module.toBuilder().build()).usingRecursiveComparison().isEqualTo(module);
  }

  @ParameterizedTest
  @CsvSource({"format, format", "formatAll, format_all", "sha256Of, sha256_of", "toJSON, to_json"})
  void namesOfMethodsBecomeSnakeCase(String method, String export) {
    assertThat(WasmOperations.snakeCase(method)).isEqualTo(export);
  }

  @Test
  void aLimitMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> WasmModuleSettings.Limits.DEFAULTS.with(limits -> limits.memory(5L << 30)))
        .withMessageContaining("at most 2 GB");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WasmModuleSettings.Limits.DEFAULTS.with(
                    limits -> limits.timeout(Duration.ofDays(200_000))))
        .withMessageContaining("36500 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleSettings.Limits.DEFAULTS.with(limits -> limits.memory(0)))
        .withMessageContaining("memory limit");
  }

  @Test
  void aTimeoutMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> WasmModuleSettings.Limits.DEFAULTS.with(limits -> limits.timeout(Duration.ZERO)))
        .withMessageContaining("timeout");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 1", "3, 2"})
  void aPoolSizeMustMakeSense(int min, int max) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleSettings.Pool.DEFAULTS.with(pool -> pool.min(min).max(max)));
  }

  @Test
  void aProviderOffersItsModules() {
    WasmModuleDescriptor.Builder module =
        WasmModuleDescriptor.builder("json").version("1.2.0").location("file:json.wasm");
    WasmModuleProvider provider =
        () ->
            List.of(
                module.type(Runnable.class).build(),
                module.settings(settings -> settings.loadPolicy(WasmLoadPolicy.EAGER)).build());

    assertThat(provider.offers())
        .containsExactly(
            new WasmModuleOffer("json", "1.2.0", Set.of(Runnable.class), true),
            new WasmModuleOffer("json", "1.2.0", Set.of(Runnable.class), false));
  }
}
