package io.github.wasmspring.autoconfigure.memory;

import java.util.List;

/** For tests in other packages. */
public final class MappedAgentMemorySettings {

  private MappedAgentMemorySettings() {}

  /** What the properties come to. */
  public static List<Object> of(WasmAgentMemoryProperties properties) {
    return List.of(
        properties.isEnabled(),
        properties.getReaders(),
        properties.getCompressionThreshold(),
        properties.getMaxValueSize(),
        properties.getPurgeInterval(),
        properties.getChat().isEnabled(),
        properties.getChat().getNamespace(),
        new AgentMemoryMapper(properties).defaults());
  }
}
