package io.github.wasmspring.internal.adaptive;

import static io.github.wasmspring.internal.adaptive.SimulatedCalls.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmSource;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdaptiveChoiceTest {

  private static final Object[] SMALL = {new byte[32]};
  private static final Object[] LARGE = {new byte[1 << 20]};

  private final AdaptiveChoice choice = new AdaptiveChoice();

  @Test
  void eachSizeOfInputHasItsOwnAnswer() {
    SimulatedCalls small = new SimulatedCalls(this.choice.of(SMALL));
    SimulatedCalls large = new SimulatedCalls(this.choice.of(LARGE));

    for (int i = 0; i < 8_000; i++) {
      small.make(1, fixed(2_000, 100));
      large.make(1, fixed(500_000, 900_000));
    }

    assertThat(this.choice.rows())
        .extracting(WasmAdaptiveRow::fromBytes, WasmAdaptiveRow::chosen)
        .containsExactly(tuple(1L, WasmSource.JAVA), tuple(1L << 20, WasmSource.WASM));
  }

  @Test
  void inputsOfTheSameSizeClassShareWhatIsKnown() {
    assertThat(this.choice.of(new Object[] {"x".repeat(70)}))
        .isSameAs(this.choice.of(new Object[] {new byte[100], 1}));
  }

  @Test
  void whatIsForgottenBeginsAnew() {
    AdaptiveChoices choices = new AdaptiveChoices();
    AdaptiveChoice operation = choices.of("digest");
    new SimulatedCalls(operation.of(SMALL)).make(8_000, fixed(2_000, 100));
    assertThat(choices.rows()).containsOnlyKeys("digest");

    choices.forget();

    assertThat(choices.rows()).isEmpty();
    assertThat(choices.of("digest")).isSameAs(operation);
    assertThat(operation.of(SMALL).next().side()).isEqualTo(WasmSource.WASM);
  }

  @Test
  @Timeout(60)
  void manyThreadsStayWithinTheBoundsTogether() throws Exception {
    int threads = 8;
    int each = 100_000;
    AtomicInteger exploring = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicLong explored = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      done.add(
          pool.submit(
              () -> {
                start.await();
                for (int i = 0; i < each; i++) {
                  SizeClassChoice row = this.choice.of(i % 2 == 0 ? SMALL : new Object[] {i});
                  AdaptiveTurn turn = row.next();
                  if (turn.isExplored()) {
                    explored.incrementAndGet();
                    if (i % 2 == 0) {
                      most.accumulateAndGet(exploring.incrementAndGet(), Math::max);
                      Thread.yield();
                      exploring.decrementAndGet();
                    }
                  }
                  row.answered(turn, turn.side() == WasmSource.WASM ? 1000 : 300);
                }
                return null;
              }));
    }
    start.countDown();
    for (Future<?> caller : done) {
      caller.get(60, TimeUnit.SECONDS);
    }
    pool.shutdown();

    assertThat(most).hasValue(1);
    // How few it is at least depends on how long whoever explores is kept from a processor.
    assertThat(explored.get()).isBetween(1L, threads * each / 100L);
    assertThat(this.choice.rows())
        .extracting(WasmAdaptiveRow::calls)
        .containsOnly(threads * each / 2L);

    // For the same reason one thread has to end what they may have kept each other from.
    SimulatedCalls alone = new SimulatedCalls(this.choice.of(SMALL));
    SimulatedCalls tiny = new SimulatedCalls(this.choice.of(new Object[] {1}));
    alone.make(10_000, fixed(1000, 300));
    tiny.make(10_000, fixed(1000, 300));
    assertThat(this.choice.rows())
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.chosen()).isEqualTo(WasmSource.JAVA);
              assertThat(row.switches()).isEqualTo(1);
            });
    int before = alone.explored.size();
    alone.make(10_000, fixed(1000, 300));
    assertThat(alone.explored.size() - before).isBetween(40, 100);
  }
}
