package io.github.wasmspring.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.sandbox.MemoryStats;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the allocators of the modules tell, against what was asked of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllocatorFiguresTest {

  private static final int BLOCKS = 100;
  private static final int LENGTH = 4000;

  /** The allocator of the modules in C puts a header of eight bytes before each block. */
  private static final int HEADER = 8;

  private WasmRuntime runtime;

  @BeforeAll
  void start() {
    this.runtime = WasmRuntime.withInstalledModules();
  }

  @AfterAll
  void stop() {
    this.runtime.close();
  }

  Stream<String> modules() {
    return new BundledModules().modules().stream().map(WasmModuleDescriptor::id);
  }

  private MemoryStats memory(String module) {
    return this.runtime.manager().status(module).get(0).pool().memory();
  }

  /** A call after somebody has asked brings the figures up to date. */
  private MemoryStats memory(String module, WasmSession session) {
    memory(module);
    session.call("wasm_free", session.call("wasm_alloc", 0)[0], 0);
    return memory(module);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void fragmentationComesAndGoesWithTheBlocks(String module) {
    int[] blocks = new int[BLOCKS];
    try (WasmSession session = this.runtime.manager().open(module)) {
      for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = (int) session.call("wasm_alloc", LENGTH)[0];
      }
      MemoryStats full = memory(module, session);
      assertThat(full.fragmentation()).isZero();
      assertThat(full.used() + full.free()).isEqualTo(full.committed());

      for (int i = 0; i < BLOCKS; i += 2) {
        session.call("wasm_free", blocks[i], LENGTH);
      }
      MemoryStats fragmented = memory(module, session);
      long freed = BLOCKS / 2L * LENGTH;
      assertThat(fragmented.free() - full.free()).isBetween(freed, freed + BLOCKS / 2L * HEADER);
      assertThat(fragmented.committed()).isEqualTo(full.committed());
      assertThat(fragmented.fragmentation())
          .isCloseTo(1 - (double) fragmented.largestFree() / fragmented.free(), Offset.offset(1e-9))
          .isGreaterThan(0.5);

      for (int i = 1; i < BLOCKS; i += 2) {
        session.call("wasm_free", blocks[i], LENGTH);
      }
      MemoryStats empty = memory(module, session);
      assertThat(empty.fragmentation()).isZero();
      assertThat(empty.free()).isEqualTo(empty.largestFree());
      assertThat(empty.used()).isLessThan(full.used() - BLOCKS * LENGTH + 1);
    }
  }
}
