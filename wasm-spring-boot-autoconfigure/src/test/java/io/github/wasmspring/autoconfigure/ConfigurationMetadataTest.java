package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.actor.WasmActorsProperties;
import io.github.wasmspring.autoconfigure.ai.MappedToolCallbacks;
import io.github.wasmspring.autoconfigure.ai.WasmAiToolsProperties;
import io.github.wasmspring.autoconfigure.channel.MappedChannelSettings;
import io.github.wasmspring.autoconfigure.channel.WasmChannelProperties;
import io.github.wasmspring.autoconfigure.code.MappedCodeExecutorSettings;
import io.github.wasmspring.autoconfigure.code.MappedCodeFormatSettings;
import io.github.wasmspring.autoconfigure.code.WasmCodeAnalysisProperties;
import io.github.wasmspring.autoconfigure.code.WasmCodeExecutorProperties;
import io.github.wasmspring.autoconfigure.code.WasmCodeFormatProperties;
import io.github.wasmspring.autoconfigure.code.WasmCodeOptimiseProperties;
import io.github.wasmspring.autoconfigure.data.MappedDataSettings;
import io.github.wasmspring.autoconfigure.data.WasmDataProperties;
import io.github.wasmspring.autoconfigure.memory.MappedAgentMemorySettings;
import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryProperties;
import io.github.wasmspring.autoconfigure.monitor.MappedMonitorSettings;
import io.github.wasmspring.autoconfigure.monitor.WasmMonitorProperties;
import io.github.wasmspring.autoconfigure.plugin.MappedPluginSettings;
import io.github.wasmspring.autoconfigure.plugin.WasmPluginProperties;
import io.github.wasmspring.autoconfigure.tenant.MappedTenantSettings;
import io.github.wasmspring.autoconfigure.tenant.WasmTenantProperties;
import io.github.wasmspring.autoconfigure.vector.WasmVectorProperties;
import io.github.wasmspring.autoconfigure.web.WasmWebProperties;
import io.github.wasmspring.module.WasmModuleSettings;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor knows of the properties. */
class ConfigurationMetadataTest {

  /** What is nothing yet, and becomes something in settings of the core. */
  private static final Set<String> MAPPED =
      Set.of("class", "defaults", "engine", "execution", "threads");

  /** What depends on the machine or is nothing at all; the descriptions say which. */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of(
          "wasm.actors.hibernate-directory",
          "wasm.actors.max-memory",
          "wasm.actors.threads",
          "wasm.actors.types",
          "wasm.ai.tools.operations",
          "wasm.ai.tools.timeout",
          "wasm.cache.directory",
          "wasm.channels.routes",
          "wasm.channels.delivery-threads",
          "wasm.defaults.channels.publish",
          "wasm.defaults.imports",
          "wasm.defaults.limits.memory-alerts",
          "wasm.defaults.pool.max",
          "wasm.defaults.pool.prepare",
          "wasm.defaults.rollout.canary.header",
          "wasm.defaults.rollout.canary.principals",
          "wasm.defaults.rollout.canary.share",
          "wasm.defaults.rollout.probe.expected",
          "wasm.defaults.rollout.probe.input",
          "wasm.defaults.rollout.probe.operation",
          "wasm.defaults.quarantine.circuit-breaker",
          "wasm.defaults.retry.categories",
          "wasm.defaults.retry.policy",
          "wasm.defaults.wasi.arguments",
          "wasm.defaults.wasi.directories",
          "wasm.defaults.wasi.environment",
          "wasm.engine.name",
          "wasm.loader.redirect-hosts",
          "wasm.loader.oci.docker-config",
          "wasm.loader.preload-threads",
          "wasm.loader.ssl-bundle",
          "wasm.memory.alerts",
          "wasm.memory.budget",
          "wasm.modules",
          "wasm.observations.enabled",
          "wasm.pipelines",
          "wasm.plugins.defaults",
          "wasm.plugins.directory",
          "wasm.plugins.enabled",
          "wasm.plugins.watch",
          "wasm.services.code.execute.libraries",
          "wasm.services.code.format.dprint",
          "wasm.services.data.spill-directory",
          "wasm.services.memory.data-source",
          "wasm.services.memory.defaults.max-entries",
          "wasm.services.memory.defaults.max-size",
          "wasm.services.memory.defaults.ttl",
          "wasm.services.memory.defaults.vectors.dimensions",
          "wasm.services.memory.location",
          "wasm.services.memory.namespaces",
          "wasm.services.vector.indexes",
          "wasm.services.vector.snapshot-directory",
          "wasm.signatures.sigstore.identities",
          "wasm.signatures.sigstore.trusted-root",
          "wasm.signatures.trusted",
          "wasm.tenants.enabled",
          "wasm.tenants.header",
          "wasm.tenants.limits",
          "wasm.threads.max");

  private static List<JsonNode> properties() throws IOException {
    return metadata("properties");
  }

  private static List<JsonNode> metadata(String part) throws IOException {
    for (URL url :
        Collections.list(
            ConfigurationMetadataTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream stream = url.openStream()) {
        JsonNode metadata = JsonMapper.builder().build().readTree(stream);
        if (all(metadata.get("properties")).stream()
            .anyMatch(each -> name(each).equals("wasm.enabled"))) {
          return all(metadata.get(part));
        }
      }
    }
    throw new AssertionError("There is no metadata");
  }

  private static List<JsonNode> all(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static String name(JsonNode item) {
    return item.get("name").asString();
  }

  private static List<JsonNode> ours() throws IOException {
    return properties().stream().filter(each -> name(each).startsWith("wasm.")).toList();
  }

  @Test
  void everyPropertyHasItsDefault() throws IOException {
    assertThat(ours().stream().filter(each -> !each.has("defaultValue")))
        .extracting(ConfigurationMetadataTest::name)
        .containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
  }

  /** Setting a property to what is said to be its default changes nothing. */
  @Test
  void everyDefaultIsTheRealOne() throws IOException {
    Map<String, Object> unset = effective(Map.of());
    List<JsonNode> defaults = ours().stream().filter(each -> each.has("defaultValue")).toList();
    assertThat(defaults).hasSizeGreaterThan(50);
    assertThat(defaults)
        .allSatisfy(
            each ->
                assertThat(effective(Map.of(name(each), each.get("defaultValue").asString())))
                    .as(name(each))
                    .isEqualTo(unset));
  }

  @Test
  void anotherValueWouldHaveBeenNoticed() {
    Map<String, Object> unset = effective(Map.of());
    assertThat(effective(Map.of("wasm.defaults.limits.timeout", "6s"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.engine.by-use.calls", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.defaults.rollout.min-calls", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.threads.queue-capacity", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.loader.http-timeout", "6s"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.channels.max-hops", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.monitor.max-series", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.monitor.min-effect", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.plugins.history", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.ai.tools.max-output", "66"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.services.code.format.line-width", "66"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.services.data.chunk-rows", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.services.vector.store.index", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.services.memory.readers", "6"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.services.memory.defaults.versions", "6")))
        .isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.actors.ask-timeout", "6s"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.plugins.max-size", "6MB"))).isNotEqualTo(unset);
    assertThat(effective(Map.of("wasm.tenants.defaults.calls", "6"))).isNotEqualTo(unset);
  }

  /** Every setting as it is in the end, by its name. */
  private static Map<String, Object> effective(Map<String, String> properties) {
    Binder binder = new Binder(new MapConfigurationPropertySource(properties));
    WasmProperties bound = binder.bindOrCreate("wasm", WasmProperties.class);
    WasmChannelProperties channels =
        binder.bindOrCreate("wasm.channels", WasmChannelProperties.class);
    Map<String, Object> effective = new TreeMap<>();
    effective.put(
        "settings",
        WasmModuleSettings.DEFAULTS.with(
            settings -> ModuleSettingsMapper.map("any", bound, null, "1.0.0", settings)));
    effective.put("tiers", TierSettingsMapper.of(bound.getEngine()));
    effective.put("tasks", CallTaskExecutors.settings(bound.getThreads()));
    effective.put("channels", MappedChannelSettings.of(channels));
    effective.put("channels enabled", channels.isEnabled());
    effective.put(
        "plugins",
        MappedPluginSettings.of(binder.bindOrCreate("wasm.plugins", WasmPluginProperties.class)));
    WasmMonitorProperties monitor =
        binder.bindOrCreate("wasm.monitor", WasmMonitorProperties.class);
    effective.put("monitor", MappedMonitorSettings.of(monitor));
    effective.put("monitor enabled", List.of(monitor.isEnabled(), monitor.isCalls()));
    WasmTenantProperties tenants = binder.bindOrCreate("wasm.tenants", WasmTenantProperties.class);
    effective.put("tenants", MappedTenantSettings.of(tenants));
    effective.put("tenants by principal", tenants.isPrincipal());
    WasmAiToolsProperties tools = binder.bindOrCreate("wasm.ai.tools", WasmAiToolsProperties.class);
    effective.put(
        "tools",
        List.of(
            tools.isEnabled(),
            tools.isFormatCode(),
            tools.isExecuteCode(),
            MappedToolCallbacks.limits(tools)));
    effective.put(
        "code analysis",
        List.of(
            binder
                .bindOrCreate("wasm.services.code.analysis", WasmCodeAnalysisProperties.class)
                .isEnabled(),
            binder
                .bindOrCreate("wasm.services.code.optimise", WasmCodeOptimiseProperties.class)
                .isEnabled()));
    WasmCodeFormatProperties format =
        binder.bindOrCreate("wasm.services.code.format", WasmCodeFormatProperties.class);
    effective.put("code format", List.of(format.isEnabled(), MappedCodeFormatSettings.of(format)));
    WasmDataProperties data = binder.bindOrCreate("wasm.services.data", WasmDataProperties.class);
    effective.put("data", List.of(data.isEnabled(), MappedDataSettings.of(data)));
    WasmActorsProperties actors = binder.bindOrCreate("wasm.actors", WasmActorsProperties.class);
    effective.put(
        "actors",
        List.of(
            actors.isEnabled(),
            actors.getMaxActors(),
            actors.getMaxLive(),
            actors.getHibernateAfter(),
            actors.getAskTimeout(),
            actors.getStopTimeout(),
            actors.getDeadLetters()));
    WasmCodeExecutorProperties code =
        binder.bindOrCreate("wasm.services.code.execute", WasmCodeExecutorProperties.class);
    effective.put(
        "code",
        List.of(code.isEnabled(), MappedCodeExecutorSettings.of(code), code.getLibraries()));
    WasmVectorProperties vector =
        binder.bindOrCreate("wasm.services.vector", WasmVectorProperties.class);
    effective.put(
        "vector",
        List.of(vector.isEnabled(), vector.getStore().isEnabled(), vector.getStore().getIndex()));
    WasmAgentMemoryProperties memory =
        binder.bindOrCreate("wasm.services.memory", WasmAgentMemoryProperties.class);
    effective.put("agent memory", MappedAgentMemorySettings.of(memory));
    WasmWebProperties web = binder.bindOrCreate("wasm.web", WasmWebProperties.class);
    effective.put(
        "web",
        List.of(web.getProblemDetails().isEnabled(), web.getProblemDetails().getRetryAfter()));
    read("", new BeanWrapperImpl(bound), effective);
    return effective;
  }

  private static void read(String prefix, BeanWrapper bean, Map<String, Object> effective) {
    for (PropertyDescriptor property : bean.getPropertyDescriptors()) {
      String name = prefix + property.getName();
      Object value =
          MAPPED.contains(property.getName()) ? null : bean.getPropertyValue(property.getName());
      if (value == null) {
        continue;
      }
      if (value.getClass().getEnclosingClass() == WasmProperties.class) {
        read(name + ".", new BeanWrapperImpl(value), effective);
      } else if (!(value instanceof Collection)) {
        effective.put(name, value);
      }
    }
  }

  @Test
  void everyValueOfEveryEnumIsThere() throws Exception {
    Map<String, List<String>> hints = new TreeMap<>();
    for (JsonNode hint : metadata("hints")) {
      if (hint.has("values")) {
        assertThat(all(hint.get("values")))
            .allSatisfy(value -> assertThat(value.path("description").asString()).endsWith("."));
        hints.put(
            name(hint),
            all(hint.get("values")).stream().map(value -> value.get("value").asString()).toList());
      }
    }
    int enums = 0;
    for (JsonNode property : ours()) {
      String type = property.get("type").asString().replaceAll("<.*", "");
      Class<?> raw = ClassUtils.forName(type, null);
      if (raw.isEnum()) {
        enums++;
        List<String> values =
            Stream.of(raw.getEnumConstants())
                .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        assertThat(hints.get(name(property)))
            .as(name(property))
            .containsExactlyInAnyOrderElementsOf(values);
      }
    }
    assertThat(enums).isGreaterThan(9);
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
            "wasm.engine.by-use.small-code",
            "wasm.loader.max-module-size",
            "wasm.loader.http-timeout",
            "wasm.engine.name",
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
