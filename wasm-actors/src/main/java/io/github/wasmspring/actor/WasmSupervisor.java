package io.github.wasmspring.actor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor and what it looks after, to be started by {@link WasmActors#supervise}. Children are
 * started in this order, and stopped in the opposite one.
 *
 * @param name of the supervisor, unique among its siblings: letters, digits, dots, dashes and
 *     underscores
 * @param strategy who is restarted when one has crashed
 * @param restarts how often something may be restarted within {@code period}; with one more crash
 *     all of them are stopped and its own supervisor decides, or the tree ends
 * @param period the time for these
 * @param children actors and other supervisors
 */
public record WasmSupervisor(
    String name,
    WasmSupervisionStrategy strategy,
    int restarts,
    Duration period,
    List<Child> children) {

  /** Something that is looked after. */
  public sealed interface Child {

    WasmRestartMode restart();
  }

  /**
   * An actor.
   *
   * @param config what it is spawned with, anything that Jackson writes
   */
  public record ActorChild(WasmActorRef actor, @Nullable Object config, WasmRestartMode restart)
      implements Child {}

  /** Another supervisor. */
  public record SupervisorChild(WasmSupervisor supervisor, WasmRestartMode restart)
      implements Child {}

  /**
   * @throws IllegalArgumentException if two children have one name, or a figure can't be one
   */
  public WasmSupervisor {
    new WasmActorRef(name, "any");
    if (restarts < 0 || period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException(
          "The supervisor '%s' needs 0 restarts or more within a positive period, not %d within %s"
              .formatted(name, restarts, period));
    }
    children = List.copyOf(children);
    Set<String> names = new HashSet<>();
    for (Child child : children) {
      String childName =
          child instanceof ActorChild actor
              ? actor.actor().toString()
              : ((SupervisorChild) child).supervisor().name();
      if (!names.add(childName)) {
        throw new IllegalArgumentException(
            "The supervisor '%s' has two children '%s'".formatted(name, childName));
      }
    }
  }

  /** A supervisor that restarts what crashes by itself, once in 5 seconds as OTP does. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Collects what a supervisor looks after. */
  public static final class Builder {

    private final String name;
    private WasmSupervisionStrategy strategy = WasmSupervisionStrategy.ONE_FOR_ONE;
    private int restarts = 1;
    private Duration period = Duration.ofSeconds(5);
    private final List<Child> children = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    public Builder strategy(WasmSupervisionStrategy strategy) {
      this.strategy = strategy;
      return this;
    }

    /** So many restarts within the period, and no more. */
    public Builder restarts(int most, Duration period) {
      this.restarts = most;
      this.period = period;
      return this;
    }

    /** An actor that is restarted however it ends. */
    public Builder actor(String type, String id, @Nullable Object config) {
      return actor(type, id, config, WasmRestartMode.PERMANENT);
    }

    public Builder actor(String type, String id, @Nullable Object config, WasmRestartMode restart) {
      this.children.add(new ActorChild(new WasmActorRef(type, id), config, restart));
      return this;
    }

    /** A supervisor that is restarted however it ends. */
    public Builder supervisor(String name, Consumer<Builder> children) {
      return supervisor(name, WasmRestartMode.PERMANENT, children);
    }

    public Builder supervisor(String name, WasmRestartMode restart, Consumer<Builder> children) {
      Builder builder = named(name);
      children.accept(builder);
      this.children.add(new SupervisorChild(builder.build(), restart));
      return this;
    }

    public WasmSupervisor build() {
      return new WasmSupervisor(
          this.name, this.strategy, this.restarts, this.period, this.children);
    }
  }
}
