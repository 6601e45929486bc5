package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    return this.runtime
        .manager
        .module("asking")
        .operation("ask")
        .<Integer>retrieve(int.class)
        .value();
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

  private static byte[] asking() {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .imports("numbers", "get", "00 00")
        .function(0, "00 10 00 0b")
        .memory("00 01")
        .export("ask", ModuleMaker.FUNCTION, 1)
        .bytes();
  }

  private WasmModuleDescriptor.Builder importer() {
    return WasmModuleDescriptor.builder("asking")
        .location(this.runtime.bytes.put("asking", asking()))
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
                        settings.pool(pool -> pool.min(3).borrowTimeout(Duration.ofMillis(20)))));
    assertThat(ask()).isEqualTo(1);
    long used = this.runtime.budget.used();
    put(numbers(2));

    this.runtime.manager.reload("numbers");

    assertThat(ask()).as("it goes on with the old").isEqualTo(1);
    assertThat(this.runtime.budget.used()).isEqualTo(used);
    this.runtime.manager.evict("asking");
    assertThat(this.runtime.budget.used()).isZero();
  }

  @Test
  void anImporterThatIsBeingLoadedGetsTheNewLibraryToo() throws Exception {
    this.runtime.with(library()).with(importer());
    CountDownLatch linked = new CountDownLatch(1);
    CountDownLatch reloaded = new CountDownLatch(1);
    this.runtime.events.addListener(
        event -> {
          if (event instanceof WasmEvent.ModuleReady ready
              && ready.module().equals("asking")
              && linked.getCount() > 0) {
            linked.countDown();
            awaitOrFail(reloaded);
          }
        });
    this.runtime.manager.warmUp("numbers");
    CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(this::ask);
    awaitOrFail(linked);
    put(numbers(2));

    Thread reloading = new Thread(() -> this.runtime.manager.reload("numbers"));
    reloading.start();
    awaitEndOrWaiting(reloading);
    reloaded.countDown();
    reloading.join();

    assertThat(answer.get(1, TimeUnit.MINUTES)).isBetween(1, 2);
    assertThat(ask()).isEqualTo(2);
  }

  /** Until it is through, or needs what another one has. */
  private static void awaitEndOrWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TERMINATED
        && thread.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void aModuleThatIsEvictedWhileItsSourceIsAskedStaysSo() {
    this.runtime.with(library());
    this.runtime.manager.warmUp("numbers");
    put(numbers(2));
    this.runtime.bytes.onOpen = () -> this.runtime.manager.evict("numbers");

    assertThat(this.runtime.manager.refresh("numbers")).isFalse();

    assertThat(this.runtime.manager.status("numbers").get(0).state())
        .isEqualTo(WasmModuleState.REGISTERED);
  }

  @Test
  void anImporterThatCouldNotBeLoadedJustThenIsLinkedByTheNextRefresh() {
    this.runtime.with(library()).with(importer());
    this.runtime.manager.warmUp("asking");
    put(numbers(2));
    this.runtime.bytes.onOpen = () -> this.runtime.bytes.remove("asking");
    this.runtime.manager.reload("numbers");
    assertThat(ask()).isEqualTo(1);

    this.runtime.bytes.onOpen = () -> {};
    this.runtime.bytes.put("asking", asking());

    assertThat(this.runtime.manager.refresh("numbers")).isTrue();
    assertThat(ask()).isEqualTo(2);
    assertThat(this.runtime.manager.refresh("numbers")).isFalse();
  }

  @Test
  void aLibraryThatIsOnlyLinkedIsRefreshedForItsImporters() {
    this.runtime.with(library()).with(importer());
    assertThat(ask()).isEqualTo(1);
    assertThat(this.runtime.manager.refresh("numbers")).isFalse();
    put(numbers(2));

    assertThat(this.runtime.manager.refresh("numbers")).isTrue();

    assertThat(ask()).isEqualTo(2);
    assertThat(this.runtime.manager.status("numbers").get(0).state())
        .isEqualTo(WasmModuleState.REGISTERED);
  }

  @Test
  void aLibraryThatIsOnlyLinkedIsWatched() {
    this.runtime
        .with(library().settings(settings -> settings.checkInterval(Duration.ofSeconds(1))))
        .with(importer());
    assertThat(ask()).isEqualTo(1);

    put(numbers(2));

    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(ask()).isEqualTo(2));
  }

  @Test
  void theCodeOfALibraryGoesWithTheLastThatIsLinkedWithIt() {
    this.runtime.with(library()).with(importer());
    assertThat(ask()).isEqualTo(1);
    assertThat(this.runtime.cache.size()).isEqualTo(2);

    this.runtime.bytes.put("asking", numbers(3, "ask"));
    this.runtime.manager.reload("asking");

    assertThat(ask()).isEqualTo(3);
    assertThat(this.runtime.cache.size()).isOne();
  }

  @Test
  void whatAFailedAttemptNeededIsNotKeptAndWhatRunsIs() {
    this.runtime.with(library()).with(importer());
    assertThat(ask()).isEqualTo(1);
    put(numbers(2, "other"));
    failure(WasmLinkException.class, () -> this.runtime.manager.reload("asking"));
    int compilations = this.runtime.engine.compilations.get();
    put(numbers(1));

    this.runtime.manager.reload("asking");

    assertThat(ask()).isEqualTo(1);
    assertThat(this.runtime.engine.compilations).as("all is there").hasValue(compilations);
    assertThat(this.runtime.cache.size()).isEqualTo(2);
  }
}
