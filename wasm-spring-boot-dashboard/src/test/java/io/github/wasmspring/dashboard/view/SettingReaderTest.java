package io.github.wasmspring.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class SettingReaderTest {

  private static List<SettingView> read(WasmModuleDescriptor module, Map<String, ?> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new OriginTrackedMapPropertySource("test", properties, true));
    ConfigurationPropertySources.attach(environment);
    return new SettingReader(environment).read(module);
  }

  private static SettingView find(List<SettingView> settings, String name) {
    return settings.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static WasmModuleDescriptor module(String id) {
    return WasmModuleDescriptor.builder(id)
        .version("1.2.0")
        .location("classpath:any.wasm")
        .settings(
            settings ->
                settings.limits(limits -> limits.memory(16 << 20).timeout(Duration.ofMillis(200))))
        .build();
  }

  @Test
  void thePropertyThatSaysSoIsNamedWithWhereItIsWritten() {
    OriginTrackedValue written =
        OriginTrackedValue.of(
            "16MB",
            new TextResourceOrigin(
                new ClassPathResource("application.yaml"),
                new TextResourceOrigin.Location(11, 16)));
    List<SettingView> settings =
        read(
            module("json"),
            Map.of("wasm.modules.json.limits.memory", written, "wasm.defaults.debug", "off"));

    SettingView memory = find(settings, "limits.memory");
    assertThat(memory.value()).isEqualTo("16MB");
    assertThat(memory.source()).isEqualTo("property");
    assertThat(memory.property()).isEqualTo("wasm.modules.json.limits.memory");
    assertThat(memory.origin()).contains("application.yaml").contains("12:17");
    assertThat(memory.isDefault()).isFalse();
    assertThat(memory.group()).isEqualTo("limits");
    assertThat(find(settings, "debug").property()).isEqualTo("wasm.defaults.debug");
  }

  @Test
  void theVersionGoesBeforeTheModuleAndThatBeforeTheDefaults() {
    Map<String, String> properties =
        Map.of(
            "wasm.defaults.limits.memory", "1MB",
            "wasm.modules.json.limits.memory", "2MB",
            "wasm.modules.json.versions[1.2.0].limits.memory", "16MB");

    assertThat(find(read(module("json"), properties), "limits.memory").property())
        .isEqualTo("wasm.modules.json.versions[1.2.0].limits.memory");
  }

  @Test
  void whatNoPropertySaysIsTheModulesOrTheDefault() {
    List<SettingView> settings = read(module("json"), Map.of());

    assertThat(find(settings, "limits.timeout").source()).isEqualTo("module");
    assertThat(find(settings, "limits.timeout").value()).isEqualTo("200ms");
    assertThat(find(settings, "limits.payload").source()).isEqualTo("default");
    assertThat(find(settings, "limits.payload").value()).isEqualTo("64MB");
    assertThat(find(settings, "limits.payload").set())
        .isEqualTo("wasm.modules.json.limits.payload");
  }

  @Test
  void whatHoldsForTheWholeApplicationIsFound() {
    assertThat(
            find(read(module("json"), Map.of("wasm.execution.mode", "auto")), "execution-mode")
                .property())
        .isEqualTo("wasm.execution.mode");
  }

  @Test
  void listsAndIdsWithDotsAreFound() {
    List<SettingView> settings =
        read(module("org.shop.tax"), Map.of("wasm.modules[org.shop.tax].imports[0]", "env.log"));

    assertThat(find(settings, "imports").source()).isEqualTo("property");
  }
}
