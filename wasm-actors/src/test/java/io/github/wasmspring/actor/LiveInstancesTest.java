package io.github.wasmspring.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** Who keeps an instance, and who does not. */
class LiveInstancesTest {

  @TempDir private Path directory;

  /** Knows a number, and may be one that can't be put away. */
  private record Numbered(byte number, boolean isFixed) implements BehaviorInstance {

    @Override
    public List<WasmEffect> init(WasmActorStart start) {
      return List.of();
    }

    @Override
    public List<WasmEffect> receive(WasmActorMessage message) {
      return List.of();
    }

    @Override
    public byte @Nullable [] snapshot() {
      return null;
    }

    @Override
    public void restore(byte[] snapshot) {}

    @Override
    public byte @Nullable [] save() {
      return this.isFixed ? null : new byte[] {this.number};
    }

    @Override
    public long memoryBytes() {
      return 10;
    }

    @Override
    public boolean isModule() {
      return true;
    }

    @Override
    public void close(boolean fit) {}
  }

  private record Numbers(byte number, boolean areFixed) implements ActorKind {

    @Override
    public WasmActorType type() {
      return WasmActorType.ofModule("number");
    }

    @Override
    public boolean isModule() {
      return true;
    }

    @Override
    public BehaviorInstance make() {
      return new Numbered(this.number, this.areFixed);
    }

    @Override
    public BehaviorInstance wake(byte[] saved, WasmActorStart start) {
      return new Numbered(saved[0], this.areFixed);
    }

    @Override
    public @Nullable String noSnapshots() {
      return null;
    }

    @Override
    public void closeSpare() {}

    @Override
    public void close() {}
  }

  private static ActorCell actor(int number, boolean isFixed) {
    return new ActorCell(
        new WasmActorRef("number", "" + number),
        new Numbers((byte) number, isFixed),
        NullNode.getInstance(),
        new RootBody.Ears());
  }

  /** As an actor does. */
  private static void begin(LiveInstances live, ActorCell actor) {
    actor.lock.lock();
    try {
      live.fresh(actor);
      live.used(actor);
      actor.begun = true;
    } finally {
      actor.lock.unlock();
    }
  }

  private static BehaviorInstance awake(LiveInstances live, ActorCell actor) {
    actor.lock.lock();
    try {
      return live.awake(
          actor, () -> new WasmActorStart(actor.name, 0, actor.config, JsonMapper.shared()));
    } finally {
      actor.lock.unlock();
    }
  }

  @Test
  void whoWasNotUsedGoesFirst() {
    LiveInstances live = new LiveInstances(3, 1000, new StoredStates(null));
    List<ActorCell> actors = List.of(actor(0, false), actor(1, false), actor(2, false));
    actors.forEach(actor -> begin(live, actor));
    begin(live, actor(3, false)); // All were used, so the first goes, and nobody was used any more.
    assertThat(actors.get(0).stored).isNotNull();
    awake(live, actors.get(1));
    begin(live, actor(4, false));

    assertThat(actors.get(1).stored).isNull();
    assertThat(actors.get(2).stored).isNotNull();
    assertThat(awake(live, actors.get(0))).isEqualTo(new Numbered((byte) 0, false));
    assertThat(live.live()).isEqualTo(3);
  }

  @Test
  void memoryIsALimitToo() {
    LiveInstances live = new LiveInstances(100, 30, new StoredStates(null));
    for (int i = 0; i < 10; i++) {
      begin(live, actor(i, false));
    }

    assertThat(live.live()).isLessThanOrEqualTo(4);
  }

  @Test
  void ifNobodyCanSleepTheNextOneIsTold() {
    LiveInstances live = new LiveInstances(1, 1000, new StoredStates(null));
    begin(live, actor(0, true));

    assertThatThrownBy(() -> begin(live, actor(1, true)))
        .isInstanceOfSatisfying(
            WasmException.class,
            failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.REJECTED))
        .hasMessageContaining("raise max-live (the actor number/1 needs one)");
    assertThat(live.live()).isEqualTo(1);
  }

  @Test
  void whatCanNotBeWrittenStaysAwake() {
    StateFile file = StateFile.in(this.directory);
    LiveInstances live = new LiveInstances(2, 1000, new StoredStates(file));
    ActorCell actor = actor(0, false);
    begin(live, actor);
    file.close();

    assertThat(live.hibernateNow(actor)).isFalse();
    assertThat(actor.pinned).isFalse();
    assertThat(awake(live, actor)).isEqualTo(new Numbered((byte) 0, false));
  }
}
