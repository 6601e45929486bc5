package io.github.wasmspring.dashboard.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor knows of the properties, and what the documentation says of them. */
class DashboardMetadataTest {

  private static final Set<String> WITHOUT_DEFAULT =
      Set.of(
          "wasm.dashboard.role",
          "wasm.dashboard.action-role",
          "wasm.dashboard.read-only",
          "wasm.dashboard.hosts");

  private static JsonNode properties() throws IOException {
    for (URL url :
        Collections.list(
            DashboardMetadataTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream stream = url.openStream()) {
        JsonNode metadata = JsonMapper.shared().readTree(stream);
        if (metadata.toString().contains(WasmDashboardProperties.class.getName())) {
          return metadata.get("properties");
        }
      }
    }
    throw new AssertionError("There is no metadata");
  }

  @Test
  void everyPropertyIsDescribedAndHasItsRealDefault() throws IOException {
    WasmDashboardProperties unset = new WasmDashboardProperties();
    Set<String> without = new TreeSet<>();
    for (JsonNode property : properties()) {
      String name = property.get("name").stringValue();
      assertThat(property.path("description").asString("")).as(name).endsWith(".");
      if (!property.has("defaultValue")) {
        without.add(name);
        continue;
      }
      WasmDashboardProperties set =
          new Binder(
                  new MapConfigurationPropertySource(
                      Map.of(name, property.get("defaultValue").asString())))
              .bindOrCreate("wasm.dashboard", WasmDashboardProperties.class);
      assertThat(set).as(name).usingRecursiveComparison().isEqualTo(unset);
    }
    assertThat(without).isEqualTo(new TreeSet<>(WITHOUT_DEFAULT));
  }

  @Test
  void everyPropertyIsInTheReference() throws IOException {
    String reference = Files.readString(Path.of("../docs/reference.md"));

    assertThat(properties()).hasSize(8);
    for (JsonNode property : properties()) {
      assertThat(reference).contains("| `" + property.get("name").stringValue() + "` |");
    }
  }
}
