package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of modules whose libraries change. */
class RelinkingTest {

  private static final long PAGE = 1 << 16;

  private final TestRuntime runtime = new TestRuntime(new MemoryBudget(5 * PAGE));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private int ask() {
    return this.runtime.manager.module("asking").operation("ask").<Integer>retrieve(int.class).value();
  }

  private static byte[] numbers(int number) {
    return numbers(number, "get");
  }

  private static byte[] numbers(int number, String export) {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .function(0, "00 41 %02x 0b".formatted(number))
        .export(export, ModuleMaker.FUNCTION, 0)
        .bytes();
  }

  private void put(byte[] numbers) {
    this.runtime.bytes.put("numbers", numbers);
  }

  private WasmModuleDescriptor.Builder library() {
    put(numbers(1));
    return WasmModuleDescriptor.builder("numbers").location("bytes:numbers");
  }

  private WasmModuleDescriptor.Builder importer() {
    byte[] asking =
        new ModuleMaker()
            .type("60 00 01 7f")
            .imports("numbers", "get", "00 00")
            .function(0, "00 10 00 0b")
            .memory("00 01")
            .export("ask", ModuleMaker.FUNCTION, 1)
            .bytes();
    return WasmModuleDescriptor.builder("asking")
        .location(this.runtime.bytes.put("asking", asking))
        .dependency("numbers", "*");
  }

  @Test
  void nothingIsLeftOfAnImporterForWhichThereIsNoRoom() {
    this.runtime
        .with(library())
        .with(
            importer()
                .settings(
                    settings ->
                        settings.pool(
                            pool -> pool.min(3).borrowTimeout(Duration.ofMillis(20)))));
    assertThat(ask()).isEqualTo(1);
    long used = this.runtime.budget.used();
    put(numbers(2));

    this.runtime.manager.reload("numbers");

    assertThat(ask()).as("it goes on with the old").isEqualTo(1);
    assertThat(this.runtime.budget.used()).isEqualTo(used);
    this.runtime.manager.evict("asking");
    assertThat(this.runtime.budget.used()).isZero();
  }
}
