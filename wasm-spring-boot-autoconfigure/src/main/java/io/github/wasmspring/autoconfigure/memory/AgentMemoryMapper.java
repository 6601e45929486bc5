package io.github.wasmspring.autoconfigure.memory;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.memory.AgentMemoryBuilder;
import io.github.wasmspring.memory.MemoryNamespaceSettings;
import io.github.wasmspring.vector.VectorIndexSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/** What the properties say of the memory. */
final class AgentMemoryMapper {

  private static final String PREFIX = "wasm.services.memory";

  private final WasmAgentMemoryProperties properties;

  AgentMemoryMapper(WasmAgentMemoryProperties properties) {
    this.properties = properties;
  }

  /**
   * All but the place.
   *
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  void map(AgentMemoryBuilder memory) {
    WasmAgentMemoryProperties from = this.properties;
    SettingsMapper mapper = new SettingsMapper(PREFIX, () -> memory);
    mapper.map("readers", from.getReaders(), memory::readers);
    mapper.map(
        "compression-threshold",
        from.getCompressionThreshold(),
        size -> memory.compressionThreshold(bytes(size)));
    mapper.map("max-value-size", from.getMaxValueSize(), size -> memory.maxValueSize(bytes(size)));
    mapper.map("purge-interval", from.getPurgeInterval(), memory::purgeInterval);
    memory.defaults(defaults());
    from.getNamespaces()
        .forEach(
            (name, namespace) ->
                mapper.map(
                    "namespaces." + name,
                    namespace,
                    given -> memory.namespace(name, settings(name, given))));
  }

  /** The settings of namespaces that have none of their own. */
  MemoryNamespaceSettings defaults() {
    MemoryNamespaceSettings.Builder defaults = MemoryNamespaceSettings.builder();
    map(PREFIX + ".defaults", this.properties.getDefaults(), defaults);
    return defaults.build();
  }

  private static int bytes(DataSize size) {
    if (size.toBytes() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("That is more than there can be");
    }
    return (int) size.toBytes();
  }

  private MemoryNamespaceSettings settings(
      String name, WasmAgentMemoryProperties.Namespace namespace) {
    MemoryNamespaceSettings.Builder settings = MemoryNamespaceSettings.builder();
    map(PREFIX + ".defaults", this.properties.getDefaults(), settings);
    map(PREFIX + ".namespaces." + name, namespace, settings);
    return settings.build();
  }

  private static void map(
      String prefix,
      WasmAgentMemoryProperties.Namespace from,
      MemoryNamespaceSettings.Builder settings) {
    SettingsMapper mapper = new SettingsMapper(prefix, settings::build);
    mapper.map("max-entries", from.getMaxEntries(), settings::maxEntries);
    mapper.mapSize("max-size", from.getMaxSize(), settings::maxBytes);
    mapper.map("ttl", from.getTtl(), settings::ttl);
    mapper.map("versions", from.getVersions(), settings::versions);
    mapper.map("embedded", from.getEmbedded(), settings::embedded);
    mapper.map(
        "vectors.dimensions",
        from.getVectors().getDimensions(),
        dimensions -> settings.vectors(vectors(dimensions, from.getVectors().getGraph())));
    mapper.map(
        "vectors.graph",
        from.getVectors().getGraph(),
        graph -> {
          if (graph && from.getVectors().getDimensions() == null) {
            throw new IllegalArgumentException("A graph needs to know vectors.dimensions");
          }
        });
  }

  private static VectorIndexSettings vectors(int dimensions, @Nullable Boolean graph) {
    VectorIndexSettings.Builder vectors = VectorIndexSettings.dimensions(dimensions);
    return Boolean.TRUE.equals(graph) ? vectors.graph().build() : vectors.build();
  }
}
