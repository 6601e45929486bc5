package io.github.wasmspring.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.binary.ModuleFeatures;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.jvm.JvmEngine;
import io.github.wasmspring.internal.load.ClasspathLocationResolver;
import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.runtime.WasmRuntime;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every module that comes with the starter. */
class BundledModulesTest {

  static Stream<WasmModuleDescriptor> modules() {
    return new BundledModules().modules().stream();
  }

  @Test
  void areOfferedAsTheyAre() {
    WasmModuleProvider derived = new BundledModules()::modules;

    assertThat(new BundledModules().offers())
        .containsExactlyInAnyOrderElementsOf(derived.offers())
        .hasSize(9);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theBytesHaveThePinnedDigest(WasmModuleDescriptor module) {
    assertThat(load(module).digest()).isEqualTo(module.digest());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theBytesAndTheBuildTimeCompiledClassesExportTheSame(WasmModuleDescriptor module) {
    JvmEngine engine = new JvmEngine();
    assertThat(engine.precompiled(module.compiledClass(), module.classLoader()).exports())
        .isEqualTo(engine.compile(load(module), WasmEngineMode.COMPILED).exports());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void importsNothingButThreads(WasmModuleDescriptor module) {
    List<String> imports =
        new JvmEngine()
            .compile(load(module), WasmEngineMode.COMPILED).imports().stream()
                .map(WasmImportedItem::describe)
                .toList();
    assertThat(imports)
        .isEqualTo(
            module.id().equals("compute-parallel")
                ? List.of("env.memory (memory)", "wasi.thread-spawn (i32) -> i32")
                : List.of());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theFeaturesOfBuildTimeCompiledModulesAreToldFromTheirBytes(WasmModuleDescriptor module) {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      assertThat(runtime.manager().status(module.id()).get(0).features()).isNull();
      runtime.manager().warmUp(module.id());
      assertThat(runtime.manager().status(module.id()).get(0).features())
          .isEqualTo(ModuleFeatures.of(load(module).bytes()).all());
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void takesLessThanTwoMegabytesBeforeItIsAskedToWork(WasmModuleDescriptor module) {
    long before = outsideOfTheHeap();
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules();
        WasmSession session = runtime.manager().open(module.id())) {
      assertThat(session.memory().size()).isPositive();
      assertThat(runtime.usedMemory()).isBetween(1L, 2L << 20);
      assertThat(outsideOfTheHeap() - before).isLessThan(2 << 20);
    }
  }

  private static long outsideOfTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getTotalCapacity)
        .sum();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void isDescribedAndTagged(WasmModuleDescriptor module) {
    assertThat(module.description()).isNotBlank();
    assertThat(module.tags()).isNotEmpty();
    assertThat(WasmOperations.of(module)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyOperationHasAFallback(WasmModuleDescriptor module) {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      runtime.manager().warmUp(module.id());
      WasmModuleStatus status = runtime.manager().status(module.id()).get(0);
      Set<String> operations =
          Set.copyOf(
              WasmOperations.of(module).stream().map(operation -> operation.name()).toList());
      assertThat(status.state()).isEqualTo(WasmModuleState.READY);
      assertThat(status.engine()).isEqualTo("jvm-build-time");
      assertThat(status.fallbacks()).isEqualTo(operations);
    }
  }

  @Test
  void anotherEngineCompilesThemItself() {
    try (WasmRuntime runtime = WasmRuntime.builder().engine("chicory").installedModules().build()) {
      runtime.manager().warmUp("json");
      WasmModuleStatus status = runtime.manager().status("json").get(0);
      assertThat(status.state()).isEqualTo(WasmModuleState.READY);
      assertThat(status.engine()).isEqualTo("chicory-compiled");
    }
  }

  private static WasmBinary load(WasmModuleDescriptor module) {
    return new DefaultWasmModuleLoader(List.of(new ClasspathLocationResolver()), 1 << 20)
        .load(module);
  }
}
