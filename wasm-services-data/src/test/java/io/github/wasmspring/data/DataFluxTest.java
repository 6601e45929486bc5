package io.github.wasmspring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

class DataFluxTest {

  private static final DataSchema SCHEMA = DataSchema.builder().integer("a").build();

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final DataProcessor data =
      DataProcessor.of(this.runtime.manager(), DataSettings.DEFAULTS.withChunkRows(10));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @Test
  void fromAFluxToAFlux() {
    Flux<Map<String, Integer>> numbers = Flux.range(0, 1000).map(each -> Map.of("a", each));
    Flux<DataRow> rows =
        DataFlux.rows(DataFlux.from(this.data, SCHEMA, numbers).filter("a % 100 = 7"));
    for (int twice = 0; twice < 2; twice++) {
      List<DataRow> all = rows.collectList().block(Duration.ofSeconds(20));
      assertThat(all).extracting(row -> row.get("a")).contains(7L, 907L).hasSize(10);
    }
    assertThat(this.runtime.usedMemory()).isZero();
  }

  @Test
  void noMoreIsMadeThanIsRequested() throws InterruptedException {
    AtomicLong read = new AtomicLong();
    CountDownLatch closed = new CountDownLatch(1);
    Stream<Map<String, Long>> source =
        Stream.generate(() -> Map.of("a", read.incrementAndGet())).onClose(closed::countDown);
    CountDownLatch first = new CountDownLatch(15);
    BaseSubscriber<DataRow> subscriber =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
            subscription.request(15);
          }

          @Override
          protected void hookOnNext(DataRow row) {
            first.countDown();
          }
        };
    DataFlux.rows(this.data.from(SCHEMA, source).derive("b", "a + 1")).subscribe(subscriber);
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(read.get()).isEqualTo(20);
    subscriber.cancel();
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void errorsArrive() {
    Flux<Map<String, Long>> numbers = Flux.just(Map.of("a", 1L), Map.of("a", Long.MAX_VALUE));
    Flux<DataRow> rows =
        DataFlux.rows(DataFlux.from(this.data, SCHEMA, numbers).derive("b", "a + 1"));
    assertThatThrownBy(() -> rows.collectList().block(Duration.ofSeconds(20)))
        .isInstanceOf(DataException.class)
        .hasMessage("Row 2, 'b': the result does not fit its type");
    Flux<Map<String, Long>> broken = Flux.error(new IllegalStateException("broken"));
    Flux<DataRow> none = DataFlux.rows(DataFlux.from(this.data, SCHEMA, broken));
    assertThatThrownBy(() -> none.collectList().block(Duration.ofSeconds(20)))
        .hasStackTraceContaining("broken");
    assertThat(this.runtime.usedMemory()).isZero();
  }
}
