package io.github.wasmspring.autoconfigure.vector;

import io.github.wasmspring.autoconfigure.SettingsMapper;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorMetric;
import io.github.wasmspring.vector.VectorStorage;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the properties say of an index. */
final class VectorSettingsMapper {

  private VectorSettingsMapper() {}

  /**
   * @throws InvalidConfigurationPropertyValueException if a value can never be
   */
  static VectorIndexSettings of(String name, WasmVectorProperties.Index index) {
    String prefix = "wasm.services.vector.indexes." + name;
    Integer dimensions = index.getDimensions();
    if (dimensions == null) {
      throw new InvalidConfigurationPropertyValueException(
          prefix + ".dimensions", null, "An index must have dimensions, as many as its vectors");
    }
    VectorIndexSettings.Builder settings = VectorIndexSettings.dimensions(dimensions);
    SettingsMapper mapper = new SettingsMapper(prefix, settings::build);
    mapper.map("dimensions", dimensions, given -> settings.build());
    mapper.map(
        "metric",
        index.getMetric(),
        metric -> settings.metric(VectorMetric.valueOf(metric.name())));
    mapper.map(
        "storage",
        index.getStorage(),
        storage -> settings.storage(VectorStorage.valueOf(storage.name())));
    mapper.map("copies", index.getCopies(), settings::copies);
    mapper.map("capacity", index.getCapacity(), settings::capacity);
    mapper.mapSize("memory-limit", index.getMemoryLimit(), settings::memoryLimit);
    mapper.map("oversampling", index.getOversampling(), settings::oversampling);
    if (index.getGraph().isEnabled()) {
      mapper.map("graph", index.getGraph(), graph -> settings.graph(graph(graph)));
    }
    return settings.build();
  }

  private static VectorIndexSettings.Graph graph(WasmVectorProperties.Graph graph) {
    VectorIndexSettings.Graph defaults = VectorIndexSettings.Graph.DEFAULTS;
    Integer m = graph.getM();
    Integer construction = graph.getConstruction();
    Integer search = graph.getSearch();
    return new VectorIndexSettings.Graph(
        m == null ? defaults.m() : m,
        construction == null ? defaults.construction() : construction,
        search == null ? defaults.search() : search,
        defaults.seed());
  }
}
