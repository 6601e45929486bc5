package io.github.wasmspring.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What became of a trial is told once, and as it was. */
@Timeout(60)
class PluginTrialsTest {

  private static final String ID = "prices";

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final PluginTurns turns = new PluginTurns();
  private final PluginTrials trials = new PluginTrials(this.turns, this::decided);
  private volatile boolean full;

  private void decided(String id, int revision, WasmRolloutState state, String reason) {
    if (this.full) {
      throw PluginFailures.notStored(
          id, "it", Path.of("plugins"), new IOException("No space left on device"));
    }
    this.told.add(id + " " + revision + " " + state);
  }

  @AfterEach
  void close() {
    this.trials.close();
  }

  /** One that somebody else may be about to end. */
  private static final class Rollout implements WasmRollout {

    private final CompletableFuture<WasmRolloutState> outcome = new CompletableFuture<>();
    private final Runnable onRollBack;
    private final WasmModuleDescriptor module =
        WasmModuleDescriptor.builder(ID).version("1.0.0").location("plugin:prices/1").build();

    Rollout(Runnable onRollBack) {
      this.onRollBack = onRollBack;
    }

    @Override
    public String module() {
      return ID;
    }

    @Override
    public WasmModuleDescriptor from() {
      return this.module;
    }

    @Override
    public WasmModuleDescriptor to() {
      return this.module;
    }

    @Override
    public int share() {
      return 50;
    }

    @Override
    public WasmRolloutState state() {
      return this.outcome.getNow(WasmRolloutState.CANARY);
    }

    @Override
    public Figures current() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Figures candidate() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String reason() {
      return "it was decided";
    }

    @Override
    public CompletableFuture<WasmRolloutState> outcome() {
      return this.outcome.copy();
    }

    @Override
    public void promote() {
      this.outcome.complete(WasmRolloutState.PROMOTED);
    }

    @Override
    public void rollBack(String reason) {
      this.onRollBack.run();
      if (state() != WasmRolloutState.ROLLED_BACK) {
        throw new IllegalStateException("somebody else is about to end it");
      }
    }
  }

  @Test
  void whatIsBeingPromotedIsToldAsPromoted() {
    CountDownLatch asked = new CountDownLatch(1);
    Rollout rollout = new Rollout(asked::countDown);
    this.trials.begin(ID, 2, rollout);
    Thread promoting =
        new Thread(
            () -> {
              try {
                asked.await();
              } catch (InterruptedException end) {
                return;
              }
              rollout.promote();
            });
    promoting.start();
    this.trials.giveUp(ID, "by hand");
    assertThat(this.told).containsExactly("prices 2 PROMOTED");
  }

  /** Whoever has the turn when it is decided learns it first. */
  @Test
  void whatIsDecidedIsSettledBeforeAnythingElse() {
    Rollout rollout = new Rollout(() -> {});
    this.trials.begin(ID, 2, rollout);
    this.turns.within(
        ID,
        () -> {
          rollout.promote();
          assertThat(this.told).isEmpty();
          this.trials.giveUp(ID, "by hand");
          assertThat(this.told).containsExactly("prices 2 PROMOTED");
          return true;
        });
    this.trials.settle(ID);
    assertThat(this.told).hasSize(1);
  }

  @Test
  void whatCanNotBeStoredIsToldAgain() {
    this.full = true;
    Rollout rollout = new Rollout(() -> {});
    this.trials.begin(ID, 2, rollout);
    this.trials.settle(ID);
    rollout.promote();
    assertThatThrownBy(() -> this.trials.settle(ID))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("No space left on device");
    assertThatThrownBy(() -> this.trials.giveUp(ID, "by hand")).isInstanceOf(WasmException.class);
    this.full = false;
    this.trials.settle(ID);
    assertThat(this.told).containsExactly("prices 2 PROMOTED");
  }

  /** Another plug-in of that id may have a trial of that number. */
  @Test
  void theTrialOfAPlugInThatIsGoneSaysNothingOfTheNext() {
    Rollout rollout = new Rollout(() -> {});
    this.trials.begin(ID, 2, rollout);
    this.turns.within(
        ID,
        () -> {
          rollout.promote();
          this.trials.end(ID, "the plug-in is removed");
          this.trials.forget(ID);
          this.trials.begin(ID, 2, new Rollout(() -> {}));
          return true;
        });
    this.trials.settle(ID);
    this.trials.close();
    assertThat(this.told).isEmpty();
  }
}
