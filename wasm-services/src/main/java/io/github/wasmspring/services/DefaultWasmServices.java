package io.github.wasmspring.services;

import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.observe.WasmErrorReport;
import io.github.wasmspring.observe.WasmPerformanceReport;
import io.github.wasmspring.services.WasmServicesHealth.Service;
import io.github.wasmspring.sqlite.SqliteFile;
import io.github.wasmspring.vector.VectorIndexStats;
import io.github.wasmspring.vector.VectorIndexes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Services that were put together by a builder. */
final class DefaultWasmServices implements WasmServices {

  private final ServiceParts parts;
  private final ServiceCheck check;

  DefaultWasmServices(ServiceParts parts) {
    this.parts = parts;
    this.check = new ServiceCheck(parts);
  }

  @Override
  public WasmModuleManager modules() {
    return this.parts.platform().get().manager();
  }

  @Override
  public Compute compute() {
    return this.parts.compute().get();
  }

  @Override
  public VectorIndexes vectors() {
    return this.parts.vectors().get();
  }

  @Override
  public DataProcessor data() {
    return this.parts.data().get();
  }

  @Override
  public DataSource database(Path file) {
    return SqliteFile.open(file, this.parts.platform().get().enabled());
  }

  @Override
  public AgentMemory memory() {
    return this.parts.memory().get();
  }

  @Override
  public PerformanceMonitor monitor() {
    return this.parts.platform().get().monitor();
  }

  @Override
  public WasmServicesStats stats() {
    ServicePlatform platform = this.parts.platform().get();
    return new WasmServicesStats(
        platform.enabled(),
        platform.manager().statistics(),
        vectorStats(),
        this.parts
            .data()
            .ifMade()
            .map(data -> new WasmServicesStats.Data(data.wasmStages(), data.javaStages()))
            .orElse(null),
        this.parts.memory().ifMade().map(AgentMemory::stats).orElse(null),
        platform.monitor().status().size());
  }

  private Map<String, VectorIndexStats> vectorStats() {
    Map<String, VectorIndexStats> stats = new TreeMap<>();
    this.parts
        .vectors()
        .ifMade()
        .ifPresent(
            indexes ->
                indexes
                    .names()
                    .forEach(
                        name ->
                            indexes.find(name).ifPresent(index -> stats.put(name, index.stats()))));
    return stats;
  }

  @Override
  public WasmServicesHealth health() {
    List<Service> services = this.check.services();
    return new WasmServicesHealth(modules().check(), services);
  }

  @Override
  public WasmPerformanceReport performanceReport() {
    return this.parts.platform().get().performance().report();
  }

  @Override
  public WasmErrorReport errorReport() {
    return this.parts.platform().get().errors().report(null);
  }

  @Override
  public WasmServicesCleanUp cleanUp() {
    int expired = this.parts.memory().ifMade().map(AgentMemory::purge).orElse(0);
    return new WasmServicesCleanUp(modules().cleanUp(), expired);
  }

  @Override
  public void close() {
    this.parts.close();
  }
}
