package io.github.wasmspring.runtime;

import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A module that is to be loaded ahead of its first call. Guarded by its preloader. */
final class ModuleLoad implements Comparable<ModuleLoad> {

  private static final Comparator<ModuleLoad> ORDER =
      Comparator.<ModuleLoad, Boolean>comparing(load -> !load.eager)
          .thenComparing(load -> load.priority, Comparator.reverseOrder())
          .thenComparing(load -> load.place);

  private enum State {
    WAITING,
    RUNNING,
    LOADED,
    FAILED,
    SKIPPED
  }

  private final WasmModuleDescriptor module;
  private final int place;
  private final List<ModuleLoad> dependencies = new ArrayList<>();
  private final List<ModuleLoad> dependents = new ArrayList<>();
  private boolean eager;
  private WasmPriority priority = WasmPriority.LOW;
  private State state = State.WAITING;
  private @Nullable Throwable failure;

  /**
   * @param place its place among modules of the same priority
   */
  ModuleLoad(WasmModuleDescriptor module, int place) {
    this.module = module;
    this.place = place;
  }

  WasmModuleDescriptor module() {
    return this.module;
  }

  void after(ModuleLoad dependency) {
    this.dependencies.add(dependency);
    dependency.dependents.add(this);
    if (dependency.isLost()) {
      this.state = State.SKIPPED;
    }
  }

  List<ModuleLoad> dependents() {
    return this.dependents;
  }

  /** What is needed goes no later than what needs it. */
  void demand(boolean eagerly, WasmPriority atLeast) {
    this.eager |= eagerly;
    this.priority = this.priority.compareTo(atLeast) < 0 ? atLeast : this.priority;
    this.dependencies.forEach(dependency -> dependency.demand(this.eager, this.priority));
  }

  boolean mayStart() {
    return this.state == State.WAITING
        && this.dependencies.stream().allMatch(needed -> needed.state == State.LOADED);
  }

  void started() {
    this.state = State.RUNNING;
  }

  /**
   * @return what is not loaded for that reason
   */
  List<ModuleLoad> ended(@Nullable Throwable failed) {
    this.failure = failed;
    this.state = failed == null ? State.LOADED : State.FAILED;
    List<ModuleLoad> skipped = new ArrayList<>();
    if (failed != null) {
      skipDependents(skipped);
    }
    return skipped;
  }

  private void skipDependents(List<ModuleLoad> skipped) {
    for (ModuleLoad dependent : this.dependents) {
      if (dependent.state == State.WAITING) {
        dependent.state = State.SKIPPED;
        skipped.add(dependent);
        dependent.skipDependents(skipped);
      }
    }
  }

  boolean isOver() {
    return isLost() || this.state == State.LOADED;
  }

  private boolean isLost() {
    return this.state == State.FAILED || this.state == State.SKIPPED;
  }

  boolean isEager() {
    return this.eager;
  }

  boolean isAwaited() {
    return this.eager && (this.state == State.WAITING || this.state == State.RUNNING);
  }

  @Nullable Throwable failure() {
    return this.failure;
  }

  @Override
  public int compareTo(ModuleLoad other) {
    return ORDER.compare(this, other);
  }
}
