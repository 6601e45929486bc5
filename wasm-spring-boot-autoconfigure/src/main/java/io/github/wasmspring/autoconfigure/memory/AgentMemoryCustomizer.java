package io.github.wasmspring.autoconfigure.memory;

import io.github.wasmspring.memory.AgentMemoryBuilder;

/** Changes the agent memory of the application before it is opened, e.g. its clock. */
@FunctionalInterface
public interface AgentMemoryCustomizer {

  /**
   * @param memory as the properties have it
   */
  void customize(AgentMemoryBuilder memory);
}
