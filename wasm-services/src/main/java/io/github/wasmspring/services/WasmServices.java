package io.github.wasmspring.services;

import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.observe.WasmErrorReport;
import io.github.wasmspring.observe.WasmPerformanceReport;
import io.github.wasmspring.vector.VectorIndexes;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * All services, each made when it is first asked for. For many threads; to be closed, which closes
 * what was made here and nothing that was given.
 *
 * <p>All methods but {@link #close()} throw {@link IllegalStateException} after that.
 */
public interface WasmServices extends AutoCloseable {

  /** All services with all defaults, over a runtime of their own. */
  static WasmServices create() {
    return builder().build();
  }

  /** Begins to say what the services are to be like. */
  static WasmServicesBuilder builder() {
    return new WasmServicesBuilder();
  }

  /** The modules that the services run on, and all others that are installed. */
  WasmModuleManager modules();

  /** Matrices, transforms, clusters and statistics. */
  Compute compute();

  /** Documents, found by their vectors. */
  VectorIndexes vectors();

  /** Rows, transformed, grouped, sorted and joined. */
  DataProcessor data();

  /**
   * A file as a database of SQLite, made with the first connection if it is not there. Where
   * modules are off it is that of the native library; both read what the other has written.
   *
   * @param file whose directory is there
   * @throws IllegalStateException if modules are off, and the native driver is not on the class
   *     path
   */
  DataSource database(Path file);

  /**
   * What agents remember.
   *
   * @throws IllegalStateException if nobody has said where it is to be kept
   */
  AgentMemory memory();

  /** Figures over time: those of all calls, and those of the application. */
  PerformanceMonitor monitor();

  /** What there is, and what was done. Makes no service. */
  WasmServicesStats stats();

  /** Whether what is used works, found out by using it. Makes no service. */
  WasmServicesHealth health();

  /** Where the time goes and what to do about it; what has become slower included. */
  WasmPerformanceReport performanceReport();

  /** What fails, how often and in which way. */
  WasmErrorReport errorReport();

  /** Lets go of instances that are idle, of code that nobody runs, and of entries that expired. */
  WasmServicesCleanUp cleanUp();

  @Override
  void close();
}
