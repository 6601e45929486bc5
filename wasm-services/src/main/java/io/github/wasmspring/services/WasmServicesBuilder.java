package io.github.wasmspring.services;

import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.data.DataSettings;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryBuilder;
import io.github.wasmspring.monitor.MonitorSettings;
import io.github.wasmspring.monitor.PerformanceMonitor;
import io.github.wasmspring.observe.WasmErrorReporter;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.vector.VectorIndexes;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what services are to be like. All has a default but the place of the agent memory. */
public final class WasmServicesBuilder {

  private boolean enabled = true;
  private @Nullable WasmRuntime runtime;
  private @Nullable Path vectorDirectory;
  private DataSettings data = DataSettings.DEFAULTS;
  private MonitorSettings monitor = MonitorSettings.DEFAULTS;
  private @Nullable Path memoryLocation;
  private Consumer<AgentMemoryBuilder> memory = builder -> {};
  private @Nullable Supplier<ServicePlatform> platform;
  private @Nullable Supplier<Compute> givenCompute;
  private @Nullable Supplier<VectorIndexes> givenVectors;
  private @Nullable Supplier<DataProcessor> givenData;
  private @Nullable Supplier<AgentMemory> givenMemory;

  WasmServicesBuilder() {}

  /**
   * Whether modules run; if not, Java answers, with the same results. For services over a {@link
   * #runtime}, that says it.
   */
  public WasmServicesBuilder enabled(boolean enabled) {
    this.enabled = enabled;
    return this;
  }

  /** Whose modules the services run on; it is not closed with them, and needs those installed. */
  public WasmServicesBuilder runtime(WasmRuntime runtime) {
    this.runtime = runtime;
    return this;
  }

  /**
   * Where indexes of vectors are restored from when somebody first asks for them, and where they
   * are kept when the services are closed.
   */
  public WasmServicesBuilder vectorSnapshots(Path directory) {
    this.vectorDirectory = directory;
    return this;
  }

  /** How rows are processed. */
  public WasmServicesBuilder data(DataSettings settings) {
    this.data = settings;
    return this;
  }

  /** How figures are watched. */
  public WasmServicesBuilder monitor(MonitorSettings settings) {
    this.monitor = settings;
    return this;
  }

  /** The file of SQLite that has what agents remember. Its directory must be there. */
  public WasmServicesBuilder memory(Path file) {
    this.memoryLocation = file;
    return this;
  }

  /** The same, with more to say of it. */
  public WasmServicesBuilder memory(Path file, Consumer<AgentMemoryBuilder> settings) {
    this.memory = settings;
    return memory(file);
  }

  /**
   * What an application has already, in place of a runtime. None of it is closed with the services.
   *
   * @param enabled whether modules run
   * @param monitor whose figures are shown
   * @param performance says where the time goes
   * @param errors has been told of all failures
   */
  public WasmServicesBuilder over(
      WasmModuleManager manager,
      boolean enabled,
      PerformanceMonitor monitor,
      WasmPerformanceReporter performance,
      WasmErrorReporter errors) {
    this.platform =
        () -> new ServicePlatform(manager, enabled, monitor, performance, errors, () -> {});
    return this;
  }

  /** Numerical work that somebody else has bound, asked for at its first use. */
  public WasmServicesBuilder compute(Supplier<Compute> given) {
    this.givenCompute = given;
    return this;
  }

  /** Indexes that somebody else makes and closes, asked for at their first use. */
  public WasmServicesBuilder vectors(Supplier<VectorIndexes> given) {
    this.givenVectors = given;
    return this;
  }

  /** A processor that somebody else makes, asked for at its first use. */
  public WasmServicesBuilder data(Supplier<DataProcessor> given) {
    this.givenData = given;
    return this;
  }

  /** A memory that somebody else makes and closes, asked for at its first use. */
  public WasmServicesBuilder memory(Supplier<AgentMemory> given) {
    this.givenMemory = given;
    return this;
  }

  /**
   * Makes the services, and a runtime if there is none.
   *
   * @throws io.github.wasmspring.engine.WasmEngineNotFoundException if there is no engine
   */
  public WasmServices build() {
    ServicePlatform platform = this.platform != null ? this.platform.get() : ownPlatform();
    OnDemand<ServicePlatform> base = OnDemand.of(() -> platform, each -> each.end().run());
    base.get();
    WasmModuleManager manager = platform.manager();
    return new DefaultWasmServices(
        new ServiceParts(
            base,
            OnDemand.given(
                this.givenCompute != null ? this.givenCompute : () -> manager.bind(Compute.class)),
            this.givenVectors != null ? OnDemand.given(this.givenVectors) : vectors(manager),
            OnDemand.given(
                this.givenData != null
                    ? this.givenData
                    : () -> DataProcessor.of(manager, this.data)),
            this.givenMemory != null
                ? OnDemand.given(this.givenMemory)
                : memory(manager, platform.enabled())));
  }

  private ServicePlatform ownPlatform() {
    WasmRuntime given = this.runtime;
    PerformanceMonitor figures = PerformanceMonitor.builder().settings(this.monitor).build();
    return given != null
        ? ServicePlatform.of(given, false, figures)
        : ServicePlatform.of(
            WasmRuntime.builder().installedModules().enabled(this.enabled).build(), true, figures);
  }

  private OnDemand<VectorIndexes> vectors(WasmModuleManager manager) {
    Path directory = this.vectorDirectory;
    return OnDemand.of(
        () -> restored(VectorIndexes.of(manager), directory),
        indexes -> {
          try (indexes) {
            if (directory != null) {
              indexes.snapshot(directory);
            }
          }
        });
  }

  private static VectorIndexes restored(VectorIndexes indexes, @Nullable Path directory) {
    if (directory == null) {
      return indexes;
    }
    try {
      indexes.restore(directory);
      return indexes;
    } catch (RuntimeException | Error failure) {
      indexes.close();
      throw failure;
    }
  }

  private OnDemand<AgentMemory> memory(WasmModuleManager manager, boolean wasm) {
    Path location = this.memoryLocation;
    Consumer<AgentMemoryBuilder> settings = this.memory;
    return OnDemand.of(
        () -> {
          if (location == null) {
            throw new IllegalStateException(
                "Nobody has said where the agent memory is kept: give WasmServices.builder() a file by memory(Path)");
          }
          AgentMemoryBuilder builder = AgentMemory.builder(manager);
          settings.accept(wasm ? builder.location(location) : builder.nativeLocation(location));
          return builder.open();
        },
        AgentMemory::close);
  }
}
