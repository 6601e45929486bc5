package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor knows of the properties. */
class ConfigurationMetadataTests {

  private static List<JsonNode> properties() throws IOException {
    for (URL url :
        Collections.list(
            ConfigurationMetadataTests.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream stream = url.openStream()) {
        JsonNode properties = JsonMapper.builder().build().readTree(stream).get("properties");
        List<JsonNode> all = StreamSupport.stream(properties.spliterator(), false).toList();
        if (all.stream().anyMatch(each -> each.get("name").asString().equals("wasm.enabled"))) {
          return all;
        }
      }
    }
    throw new AssertionError("There is no metadata");
  }

  @Test
  void everyPropertyHasADescription() throws IOException {
    assertThat(properties())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            property ->
                assertThat(property.path("description").asString())
                    .as(property.get("name").asString())
                    .isNotBlank()
                    .endsWith("."));
  }

  @Test
  void everyTopicIsThere() throws IOException {
    assertThat(properties())
        .extracting(property -> property.get("name").asString())
        .contains(
            "wasm.enabled",
            "wasm.execution.mode",
            "wasm.engine.mode",
            "wasm.engine.compile-threads",
            "wasm.engine.auto.small-code",
            "wasm.loader.max-module-size",
            "wasm.loader.http-timeout",
            "wasm.loader.redirect-hosts",
            "wasm.cache.max-weight",
            "wasm.memory.budget",
            "wasm.threads.max",
            "wasm.threads.queue-policy",
            "wasm.defaults.threads.priority",
            "wasm.providers.enabled",
            "wasm.events.enabled",
            "wasm.modules",
            "wasm.defaults.limits.memory",
            "wasm.defaults.pool.borrow-timeout",
            "wasm.defaults.retry.max-attempts",
            "wasm.defaults.fallback.enabled",
            "management.health.wasm.enabled",
            "management.endpoint.wasm.access");
  }
}
