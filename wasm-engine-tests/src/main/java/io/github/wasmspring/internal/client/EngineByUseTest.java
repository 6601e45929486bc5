package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.client.WasmModuleClient;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code auto} makes of a module: by its size, its use and what it needs. */
class EngineByUseTest extends TierFixture {

  private static TestRuntime with(TierSettings tiers) {
    return new TestRuntime(MemoryBudget.ofDefaultSize(), tiers);
  }

  private static WasmModuleDescriptor.Builder scalar() {
    return guest("scalar", WasmEngineMode.BY_USE);
  }

  private static void call(TestRuntime runtime) {
    runtime.manager.module("scalar").operation("add").arguments(1, 2).retrieve(Integer.class);
  }

  private static WasmModuleStatus status(TestRuntime runtime) {
    return runtime.manager.status("scalar").get(0);
  }

  @Test
  void littleCodeIsCompiledWhenItIsLoaded() {
    TestEngines.assumeInterpreter();
    long size = ModuleFacts.of(Guests.bytes("scalar")).codeSize();
    try (TestRuntime small = with(new TierSettings(1, size, 5, Duration.ofHours(1)));
        TestRuntime large = with(new TierSettings(1, size - 1, 5, Duration.ofHours(1)))) {
      call(small.with(scalar()));
      call(large.with(scalar()));

      assertThat(status(small).engine()).isEqualTo(COMPILED);
      assertThat(status(small).tier().state()).isEqualTo(WasmTier.State.SETTLED);
      assertThat(status(small).tier().reason()).contains("(" + size + " bytes)");
      assertThat(status(large).engine()).isEqualTo(INTERPRETER);
      assertThat(status(large).tier().state()).isEqualTo(WasmTier.State.WATCHED);
    }
  }

  @Test
  void aModuleThatIsUsedSeldomStaysInterpreted() {
    TestEngines.assumeInterpreter();
    this.runtime.with(scalar());

    for (int call = 1; call < 5; call++) {
      assertThat(addResult("scalar").engine()).isEqualTo(INTERPRETER);
      assertThat(tier("scalar")).isEqualTo(WasmTier.State.WATCHED);
    }
    assertThat(status("scalar").tier().reason()).startsWith("4 calls");
    assertThat(this.runtime.engine.compilations).hasValue(1);
  }

  @Test
  void callsMakeAModuleWorthCompiling() {
    this.runtime.with(scalar());

    for (int call = 1; call <= 5; call++) {
      add("scalar");
    }

    awaitTier("scalar", WasmTier.State.COMPILED);
    assertThat(addResult("scalar").engine()).isEqualTo(COMPILED);
  }

  @Test
  void timeInTheGuestDoesToo() {
    Duration enough = Duration.ofSeconds(1);
    try (TestRuntime timed = with(new TierSettings(1, 0, 1_000_000, enough))) {
      timed.with(guest("trouble", WasmEngineMode.BY_USE));
      WasmModuleClient trouble = timed.manager.module("trouble");
      trouble.operation("add").arguments(1, 2).retrieve(Integer.class);
      assertThat(timed.manager.status("trouble").get(0).tier().state())
          .isEqualTo(WasmTier.State.WATCHED);

      failure(
          WasmErrorCategory.TIMEOUT,
          () ->
              trouble
                  .operation("spin")
                  .arguments()
                  .timeout(enough.plusMillis(100))
                  .retrieve(void.class));

      await().until(() -> !timed.events(WasmEvent.EngineSwapped.class).isEmpty());
    }
  }

  @Test
  void sessionsAreUseToo() {
    this.runtime.with(scalar());
    try (WasmSession session = this.runtime.manager.open("scalar")) {
      for (int call = 1; call <= 5; call++) {
        assertThat(session.call("add", 1, 2)).containsExactly(3);
      }
    }
    awaitTier("scalar", WasmTier.State.COMPILED);
  }

  @Test
  void callsThroughTheTableOfASessionAreUseToo() {
    byte[] module =
        new ModuleMaker()
            .type("60 00 01 7f")
            .function(0, "00 41 2a 0b")
            .table("70 00 02")
            .export("callbacks", ModuleMaker.TABLE, 0)
            .elements("00 41 01 0b 01 00")
            .bytes();
    this.runtime.with(
        WasmModuleDescriptor.builder("made")
            .location(this.runtime.bytes.put("made", module))
            .settings(settings -> settings.engineMode(WasmEngineMode.BY_USE)));
    try (WasmSession session = this.runtime.manager.open("made")) {
      for (int call = 1; call <= 5; call++) {
        assertThat(tier("made")).isEqualTo(WasmTier.State.WATCHED);
        assertThat(session.table("callbacks").call(1)).containsExactly(42);
      }
    }
    awaitTier("made", WasmTier.State.COMPILED);
  }

  @Test
  void whatTheCompilerDoesNotTakeIsInterpreted() {
    TestEngines.assumeInterpreter();
    this.runtime.engine.beforeCompiling =
        () -> {
          throw new WasmLoadException(WasmErrorCategory.INVALID, "no such instruction", null);
        };
    try (TestRuntime small = with(TierSettings.DEFAULTS)) {
      small.engine.beforeCompiling = this.runtime.engine.beforeCompiling;
      call(small.with(scalar()));

      assertThat(status(small).engine()).isEqualTo(INTERPRETER);
      assertThat(status(small).tier())
          .isEqualTo(
              new WasmTier(
                  WasmTier.State.SETTLED, "only 'interpreter' runs it: no such instruction"));
    }
  }

  @Test
  void whatTheInterpreterDoesNotTakeIsCompiled() {
    this.runtime.engine.beforeInterpreting =
        () -> {
          throw new WasmLoadException(WasmErrorCategory.INVALID, "no such instruction", null);
        };
    this.runtime.with(scalar());

    assertThat(addResult("scalar").engine()).isEqualTo(COMPILED);
    assertThat(tier("scalar")).isEqualTo(WasmTier.State.SETTLED);
  }

  @Test
  void whatNeitherTakesFailsAsItDoesWithoutAuto() {
    byte[] broken = Guests.bytes("scalar");
    broken[4] = 7;
    this.runtime.bytes.put("broken", broken);
    this.runtime.with(
        WasmModuleDescriptor.builder("scalar")
            .location("bytes:broken")
            .settings(settings -> settings.engineMode(WasmEngineMode.BY_USE)));

    failure(WasmErrorCategory.MALFORMED, () -> add("scalar"));
  }

  @Test
  void codeThatIsThereAlreadyIsUsedAtOnce() {
    this.runtime.bytes.put("scalar", Guests.bytes("scalar"));
    this.runtime.with(
        WasmModuleDescriptor.builder("same")
            .location("bytes:scalar")
            .settings(settings -> settings.engineMode(WasmEngineMode.COMPILED)));
    add("same");
    this.runtime.with(scalar());

    assertThat(addResult("scalar").engine()).isEqualTo(COMPILED);
  }
}
