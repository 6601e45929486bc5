package io.github.wasmspring.verification.engines;

import io.github.wasmspring.module.WasmEngineMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a random module of a seed on our engine and on others. */
final class EngineFuzzer implements AutoCloseable {

  /** Of so many modules, one is called so often that HotSpot compiles it. */
  private static final int HOT = 25;

  private static final int ROUNDS = 3;
  private static final int HOT_CALLS = 3000;

  private final RandomGuest guests = new RandomGuest(RandomGuest.FEATURES);
  private final ModuleRunner interpreter = new JavaRunner("chicory", WasmEngineMode.INTERPRETER);
  private final @Nullable NodeRunner node = NodeRunner.create();
  private final ModuleRunner engine;

  EngineFuzzer() {
    this(new JavaRunner("jvm", WasmEngineMode.COMPILED));
  }

  /**
   * @param engine whose answers are looked at
   */
  EngineFuzzer(ModuleRunner engine) {
    this.engine = engine;
  }

  /** A module of a seed, and its calls. */
  record Job(long seed, MadeModule module, List<PlannedCall> calls) {

    boolean isHot() {
      return Math.floorMod(this.seed, HOT) == HOT - 1;
    }

    GuestRun run() {
      return new GuestRun(this.module.toBytes(), this.calls);
    }
  }

  boolean hasNode() {
    return this.node != null;
  }

  /** The same for the same seed. */
  Job job(long seed) {
    Dice dice = new Dice(seed);
    MadeModule module = this.guests.make(dice);
    boolean hot = Math.floorMod(seed, HOT) == HOT - 1;
    int rounds = hot ? HOT_CALLS / module.bodies().size() : ROUNDS;
    return new Job(seed, module, PlannedCall.some(dice, module.plan(), rounds));
  }

  EngineComparison.Outcome run(Job job) {
    return comparison(job).compare(job.run());
  }

  private EngineComparison comparison(Job job) {
    return new EngineComparison(this.engine, oracles(job));
  }

  private List<ModuleRunner> oracles(Job job) {
    List<ModuleRunner> oracles = new ArrayList<>();
    if (this.node != null) {
      oracles.add(this.node);
    }
    // The interpreter takes long for many calls.
    boolean wanted = this.node == null || !job.isHot();
    if (wanted && job.module().plan().faults().isEmpty()) {
      oracles.add(this.interpreter);
    }
    return oracles;
  }

  /** What the first of the others answers. */
  List<String> expected(Job job, GuestRun run) {
    return oracles(job).get(0).start(run).get();
  }

  /** The module and the calls, without what does not matter to the differences. */
  GuestRun reduce(Job job, EngineComparison.Outcome outcome) {
    EngineComparison comparison = comparison(job);
    return new ModuleReducer(
            job.module(), job.calls(), run -> comparison.compare(run).isLike(outcome))
        .reduce();
  }

  @Override
  public void close() {
    if (this.node != null) {
      this.node.close();
    }
  }
}
