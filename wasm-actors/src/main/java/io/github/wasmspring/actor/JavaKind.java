package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Actors that Java behaves for; they stay as they are while they are idle. */
final class JavaKind implements ActorKind {

  private final WasmActorType type;
  private final Supplier<WasmBehavior> behaviors;

  JavaKind(WasmActorType type) {
    this.type = type;
    this.behaviors = Objects.requireNonNull(type.behavior());
  }

  @Override
  public WasmActorType type() {
    return this.type;
  }

  @Override
  public boolean isModule() {
    return false;
  }

  @Override
  public BehaviorInstance make() {
    return new Instance(run("new", () -> Objects.requireNonNull(this.behaviors.get())));
  }

  @Override
  public BehaviorInstance wake(byte[] saved, WasmActorStart start) {
    throw new IllegalStateException("Behaviours in Java do not hibernate");
  }

  @Override
  public @Nullable String noSnapshots() {
    return null;
  }

  @Override
  public void closeSpare() {}

  @Override
  public void close() {}

  private <T extends @Nullable Object> T run(String operation, Callable<T> work) {
    try {
      return work.call();
    } catch (WasmException known) {
      throw known.locate(new WasmErrorContext(this.type.name(), null, operation, "java"));
    } catch (Exception | StackOverflowError | AssertionError failure) {
      throw new WasmExecutionException(
              WasmErrorCategory.ENGINE, "the behaviour in Java failed: " + failure, failure)
          .locate(new WasmErrorContext(this.type.name(), null, operation, "java"));
    }
  }

  private final class Instance implements BehaviorInstance {

    private final WasmBehavior behavior;

    private Instance(WasmBehavior behavior) {
      this.behavior = behavior;
    }

    @Override
    public List<WasmEffect> init(WasmActorStart start) {
      return run("init", () -> List.copyOf(this.behavior.init(start)));
    }

    @Override
    public List<WasmEffect> receive(WasmActorMessage message) {
      return run("receive", () -> List.copyOf(this.behavior.receive(message)));
    }

    @Override
    public byte @Nullable [] snapshot() {
      return JavaKind.this.<byte @Nullable []>run("snapshot", this.behavior::snapshot);
    }

    @Override
    public void restore(byte[] snapshot) {
      run(
          "restore",
          () -> {
            this.behavior.restore(snapshot);
            return true;
          });
    }

    @Override
    public byte @Nullable [] save() {
      return null;
    }

    @Override
    public long memoryBytes() {
      return 0;
    }

    @Override
    public boolean isModule() {
      return false;
    }

    @Override
    public void close(boolean fit) {}
  }
}
