package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody waits again and again for an operation that does not come back. */
class QuarantinedCallsTest {

  private final TestRuntime runtime = new TestRuntime();

  @WasmModule("trouble")
  interface Trouble {

    void spin();

    int divide(int one, int two);

    int add(int one, int two);
  }

  @WasmModule("trouble")
  interface Covered {

    default int divide(int one, int two) {
      return -1;
    }
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private static WasmModuleDescriptor.Builder trouble(int failures, Duration time) {
    return guest("trouble")
        .settings(
            settings ->
                settings
                    .quarantineFailures(failures)
                    .quarantineTime(time)
                    .quarantineMaxTime(time)
                    .limits(limits -> limits.timeout(Duration.ofMillis(50))));
  }

  private static WasmErrorCategory failure(Runnable call) {
    return catchThrowableOfType(WasmException.class, call::run).category();
  }

  @Test
  void anEndlessLoopCostsItsDeadlineSoManyTimesOnly() {
    this.runtime.with(trouble(3, Duration.ofHours(1)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    for (int i = 0; i < 3; i++) {
      assertThat(failure(trouble::spin)).isEqualTo(WasmErrorCategory.TIMEOUT);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(failure(trouble::spin)).isEqualTo(WasmErrorCategory.QUARANTINED);
    }
    assertThat(this.runtime.events(WasmEvent.InstanceDiscarded.class)).hasSize(3);
    assertThat(trouble.add(1, 2)).isEqualTo(3);
    assertThat(this.runtime.manager.status("trouble").get(0).quarantined())
        .singleElement()
        .satisfies(row -> assertThat(row.operation()).isEqualTo("spin"));
  }

  @Test
  void calledDirectlyOrByNameItIsTheSameOperation() {
    this.runtime.with(trouble(3, Duration.ofHours(1)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    for (int i = 0; i < 300; i++) {
      assertThat(trouble.divide(6, 2)).isEqualTo(3);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    }
    assertThat(failure(() -> trouble.divide(6, 2))).isEqualTo(WasmErrorCategory.QUARANTINED);
    assertThat(
            failure(
                () ->
                    this.runtime
                        .manager
                        .module("trouble")
                        .operation("divide")
                        .arguments(6, 2)
                        .retrieve(Integer.class)))
        .isEqualTo(WasmErrorCategory.QUARANTINED);

    this.runtime.manager.release("trouble");
    assertThat(trouble.divide(6, 2)).isEqualTo(3);
  }

  @Test
  void answersOfDirectCallsCountToo() {
    this.runtime.with(trouble(3, Duration.ofHours(1)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    for (int i = 0; i < 300; i++) {
      assertThat(trouble.divide(6, 2)).isEqualTo(3);
      if (i % 2 == 0) {
        assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
      }
    }
  }

  @Test
  void theNextCallAfterSomeTimeEndsItIfTheModuleAnswers() {
    this.runtime.with(trouble(1, Duration.ofNanos(1)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    assertThat(this.runtime.events(WasmEvent.OperationQuarantined.class)).hasSize(1);

    assertThat(trouble.divide(6, 2)).isEqualTo(3);
    assertThat(this.runtime.events(WasmEvent.OperationReleased.class)).hasSize(1);
    assertThat(this.runtime.manager.status("trouble").get(0).quarantined()).isEmpty();
  }

  @Test
  void javaAnswersMeanwhile() {
    this.runtime.with(trouble(3, Duration.ofHours(1)));
    Covered covered = this.runtime.manager.bind(Covered.class);
    for (int i = 0; i < 10; i++) {
      assertThat(covered.divide(1, 0)).isEqualTo(-1);
    }
    assertThat(covered.divide(6, 2)).isEqualTo(-1);
    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .filteredOn(failed -> failed.category() == WasmErrorCategory.QUARANTINED)
        .hasSize(8)
        .allMatch(WasmEvent.CallFailed::fallback);
  }

  @Test
  void callersThatAreLessPatientThanTheModuleMayBeDoNotCount() {
    this.runtime.with(trouble(3, Duration.ofHours(1)));
    for (int i = 0; i < 10; i++) {
      assertThat(
              failure(
                  () ->
                      this.runtime
                          .manager
                          .module("trouble")
                          .operation("spin")
                          .timeout(Duration.ofMillis(1))
                          .retrieve(void.class)))
          .isEqualTo(WasmErrorCategory.TIMEOUT);
    }
  }

  @Test
  void otherCodeBeginsAnew() {
    this.runtime.with(trouble(1, Duration.ofHours(1)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    this.runtime.manager.reload("trouble");
    assertThat(trouble.divide(6, 2)).isEqualTo(3);

    assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    this.runtime.manager.evict("trouble");
    assertThat(trouble.divide(6, 2)).isEqualTo(3);
  }

  @Test
  void sessionsAskTheModuleAllTheSame() {
    this.runtime.with(trouble(1, Duration.ofHours(1)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThat(failure(() -> trouble.divide(1, 0))).isEqualTo(WasmErrorCategory.TRAP);
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      assertThat(session.call("divide", 6, 2)).containsExactly(3);
    }
  }
}
