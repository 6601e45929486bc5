package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import io.github.wasmspring.fallback.WasmQuarantine;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A circuit breaker of the application's in place of the quarantine. */
class CircuitBreakerTest {

  private final ByHand breaker = new ByHand();
  private final TestRuntime runtime = new TestRuntime(this.breaker);

  /** Does what it is told, and counts. */
  private static final class ByHand implements WasmCircuitBreaker {

    private volatile State state = State.CLOSED;
    private int succeeded;
    private int failed;
    private int undecided;

    @Override
    public boolean mayCall() {
      return this.state != State.OPEN;
    }

    @Override
    public void succeeded(Duration duration) {
      assertThat(duration).isGreaterThanOrEqualTo(Duration.ZERO);
      this.succeeded++;
    }

    @Override
    public void failed(Duration duration, WasmException failure) {
      this.failed++;
    }

    @Override
    public void undecided() {
      this.undecided++;
    }

    @Override
    public State state() {
      return this.state;
    }

    @Override
    public Duration openFor() {
      return Duration.ofHours(1);
    }

    @Override
    public void reset() {
      this.state = State.CLOSED;
    }
  }

  @WasmModule("trouble")
  interface Trouble {

    int divide(int one, int two);

    int add(int one, int two);
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private Trouble trouble() {
    this.runtime.with(guest("trouble").settings(settings -> settings.circuitBreaker("breaker")));
    return this.runtime.manager.bind(Trouble.class);
  }

  private static WasmErrorCategory failure(Runnable call) {
    return catchThrowableOfType(WasmException.class, call::run).category();
  }

  private List<WasmQuarantine> status() {
    return this.runtime.manager.status("trouble").get(0).quarantined();
  }

  @Test
  void isToldOfEveryCallHoweverOftenItIsMade() {
    Trouble trouble = trouble();
    for (int i = 0; i < 500; i++) {
      assertThat(trouble.add(1, 2)).isEqualTo(3);
    }
    assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    assertThat(this.breaker.succeeded).isEqualTo(500);
    assertThat(this.breaker.failed).isOne();
    assertThat(this.breaker.undecided).isZero();
  }

  @Test
  void whenItIsOpenNoOperationOfTheModuleIsAsked() {
    Trouble trouble = trouble();
    assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    this.breaker.state = WasmCircuitBreaker.State.OPEN;
    assertThatThrownBy(() -> trouble.add(1, 2))
        .hasMessageContaining("the circuit breaker 'breaker' is OPEN after a failure with TRAP");
    assertThat(failure(() -> trouble.divide(6, 2))).isEqualTo(WasmErrorCategory.QUARANTINED);
    assertThat(status())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.operation()).isEqualTo(WasmQuarantine.ALL);
              assertThat(row.category()).isEqualTo(WasmErrorCategory.TRAP);
              assertThat(row.probeIn()).isPositive();
            });
    assertThat(this.runtime.events(WasmEvent.OperationQuarantined.class)).hasSize(1);
    assertThat(this.breaker.failed).isOne();

    this.breaker.state = WasmCircuitBreaker.State.HALF_OPEN;
    assertThat(trouble.add(1, 2)).isEqualTo(3);
    assertThat(status())
        .singleElement()
        .extracting(WasmQuarantine::probeIn)
        .isEqualTo(Duration.ZERO);
    this.breaker.state = WasmCircuitBreaker.State.CLOSED;
    assertThat(trouble.add(1, 2)).isEqualTo(3);
    assertThat(status()).isEmpty();
    assertThat(this.runtime.events(WasmEvent.OperationReleased.class)).hasSize(1);
  }

  @Test
  void whoReleasesResetsIt() {
    Trouble trouble = trouble();
    this.breaker.state = WasmCircuitBreaker.State.OPEN;
    assertThat(failure(() -> trouble.add(1, 2))).isEqualTo(WasmErrorCategory.QUARANTINED);
    this.runtime.manager.release("trouble");
    assertThat(trouble.add(1, 2)).isEqualTo(3);
  }

  @Test
  void itLearnsOfTheNextVersionToo() {
    Trouble trouble = trouble();
    assertThat(trouble.add(1, 2)).isEqualTo(3);
    this.breaker.state = WasmCircuitBreaker.State.OPEN;
    assertThat(failure(() -> trouble.add(1, 2))).isEqualTo(WasmErrorCategory.QUARANTINED);
    assertThatThrownBy(() -> update("1.1.0", "none"))
        .hasMessageContaining("module 'trouble' 1.1.0")
        .hasMessageContaining("there is no circuit breaker 'none' (quarantine.circuit-breaker)");
    assertThat(this.breaker.state).isEqualTo(WasmCircuitBreaker.State.OPEN);

    update("1.1.0", "breaker");

    assertThat(this.runtime.events(WasmEvent.OperationReleased.class))
        .singleElement()
        .extracting(WasmEvent.OperationReleased::version)
        .isEqualTo("1.0.0");
    assertThat(trouble.add(1, 2)).isEqualTo(3);
    assertThat(this.breaker.succeeded).isEqualTo(2);
    assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    assertThat(this.breaker.failed).isOne();
    this.breaker.state = WasmCircuitBreaker.State.OPEN;
    assertThatThrownBy(() -> trouble.add(1, 2)).hasMessageContaining("is OPEN");
  }

  private void update(String version, String breaker) {
    this.runtime.manager.update(
        "trouble",
        "*",
        guest("trouble")
            .version(version)
            .settings(settings -> settings.circuitBreaker(breaker))
            .build());
  }

  @Test
  void oneThatDoesNotExistIsNamed() {
    this.runtime.with(guest("trouble").settings(settings -> settings.circuitBreaker("none")));
    assertThatThrownBy(() -> this.runtime.manager.bind(Trouble.class))
        .isInstanceOf(WasmLoadException.class)
        .hasMessageContaining("module 'trouble' 1.0.0")
        .hasMessageContaining("there is no circuit breaker 'none' (quarantine.circuit-breaker)");
  }
}
