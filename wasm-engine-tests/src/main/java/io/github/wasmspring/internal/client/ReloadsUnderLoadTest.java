package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.internal.client.RolloutGuests.Answering;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 64 clients call a module without a pause while it is given other code 200 times. */
@Timeout(300)
class ReloadsUnderLoadTest {

  private static final int CLIENTS = 64;
  private static final int RELOADS = 200;
  private static final int FIRST_RELOADS = 20;

  /** Of the JVM and of tests, which have nothing to do with it. */
  private static final int CLASSES_OF_OTHERS = 60;

  private static final byte[] ONE = RolloutGuests.answering(1);
  private static final byte[] TWO = RolloutGuests.answering(2);

  private final TestRuntime runtime = new TestRuntime();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void close() {
    this.clients.shutdownNow();
    this.runtime.close();
  }

  private record Answers(long ones, long twos) {}

  @Test
  void everyCallIsAnsweredByOneOfTheTwo() throws Exception {
    this.runtime.with(
        WasmModuleDescriptor.builder("oracle").location(this.runtime.bytes.put("oracle", ONE)));
    Answering bean = this.runtime.manager.bind(Answering.class, "oracle", "*");
    List<Future<Answers>> running = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      boolean ofBean = client % 2 == 0;
      running.add(this.clients.submit(client(ofBean ? bean : this::byName)));
    }

    reload(FIRST_RELOADS);
    int classes = classes();
    reload(RELOADS);
    this.over.set(true);

    long ones = 0;
    long twos = 0;
    for (Future<Answers> client : running) {
      Answers answers = client.get(1, TimeUnit.MINUTES);
      assertThat(answers.ones() + answers.twos()).isPositive();
      ones += answers.ones();
      twos += answers.twos();
    }
    assertThat(ones).isPositive();
    assertThat(twos).isPositive();
    assertThat(this.runtime.manager.status("oracle").get(0).calls().total()).isEqualTo(ones + twos);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(classes()).isLessThan(classes + CLASSES_OF_OTHERS));
    assertThat(this.runtime.cache.size()).isOne();
  }

  private void reload(int times) {
    for (int i = 0; i < times; i++) {
      this.runtime.bytes.put("oracle", i % 2 == 0 ? TWO : ONE);
      this.runtime.manager.reload("oracle");
    }
  }

  private int byName(int number) {
    WasmResult<Integer> result = this.runtime.manager.execute("oracle", "answer", number);
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
    return result.value();
  }

  /** A failure ends it, and the test with it. */
  private Callable<Answers> client(Answering oracle) {
    return () -> {
      long ones = 0;
      long twos = 0;
      while (!this.over.get()) {
        int answer = oracle.answer(3);
        assertThat(answer).isBetween(1, 2);
        ones += answer == 1 ? 1 : 0;
        twos += answer == 2 ? 1 : 0;
      }
      return new Answers(ones, twos);
    };
  }

  private static int classes() {
    System.gc();
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }
}
