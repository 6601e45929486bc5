package io.github.wasmspring.services;

import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.data.DataSchema;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.services.WasmServicesHealth.Service;
import io.github.wasmspring.services.WasmServicesHealth.State;
import io.github.wasmspring.vector.VectorIndexes;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks each service that was made something small. */
final class ServiceCheck {

  private static final String NUMBER = "n";

  private final ServiceParts parts;

  ServiceCheck(ServiceParts parts) {
    this.parts = parts;
  }

  List<Service> services() {
    return List.of(
        check("data", this.parts.data(), ServiceCheck::sum),
        check("memory", this.parts.memory(), AgentMemory::namespaces),
        check("vectors", this.parts.vectors(), VectorIndexes::names));
  }

  private static <T> Service check(String name, OnDemand<T> service, Consumer<T> question) {
    T made = service.ifMade().orElse(null);
    if (made == null) {
      return new Service(name, State.NOT_USED, null);
    }
    try {
      question.accept(made);
      return new Service(name, State.UP, null);
    } catch (RuntimeException failure) {
      return new Service(name, State.DOWN, String.valueOf(failure.getMessage()));
    }
  }

  private static void sum(DataProcessor data) {
    DataSchema schema = DataSchema.builder().integer(NUMBER).build();
    List<?> rows = data.from(schema, List.of(Map.of(NUMBER, 1L))).filter("n = 1").toMaps();
    if (rows.size() != 1) {
      throw new IllegalStateException("one row went in, and %d came out".formatted(rows.size()));
    }
  }
}
