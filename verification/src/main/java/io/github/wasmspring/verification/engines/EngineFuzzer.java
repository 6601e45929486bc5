package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a random module of a seed on our engine and on others. */
final class EngineFuzzer implements AutoCloseable {

  /** Of so many modules, one is called so often that HotSpot compiles it. */
  private static final int HOT = 25;

  private static final int ROUNDS = 3;
  private static final int HOT_CALLS = 3000;

  private final ModuleRunner interpreter = new JavaRunner("chicory", WasmEngineMode.INTERPRETER);
  private final ModuleRunner compiler = new JavaRunner("chicory", WasmEngineMode.COMPILED);
  private final @Nullable NodeRunner node = NodeRunner.create();
  private final List<ModuleRunner> engines;
  private final Set<WasmFeature> wanted;

  EngineFuzzer() {
    this(Set.of());
  }

  /**
   * @param wanted what all modules have besides the usual, or nothing, which is for some of all
   */
  EngineFuzzer(Set<WasmFeature> wanted) {
    this(
        wanted,
        List.of(
            new JavaRunner("jvm", WasmEngineMode.COMPILED),
            RoomyRunner.fromBeginning(),
            RoomyRunner.inBetween()));
  }

  /**
   * @param engine whose answers are looked at
   */
  EngineFuzzer(ModuleRunner engine) {
    this(Set.of(), List.of(engine));
  }

  private EngineFuzzer(Set<WasmFeature> wanted, List<ModuleRunner> engines) {
    this.wanted = wanted;
    this.engines = engines;
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
    Set<WasmFeature> features = EnumSet.copyOf(RandomGuest.FEATURES);
    features.addAll(this.wanted.isEmpty() ? FurtherFeatures.some(dice) : this.wanted);
    MadeModule module = new RandomGuest(features).make(dice);
    boolean hot = Math.floorMod(seed, HOT) == HOT - 1;
    int rounds = hot ? HOT_CALLS / module.bodies().size() : ROUNDS;
    return new Job(seed, module, PlannedCall.some(dice, module.plan(), rounds));
  }

  EngineComparison.Outcome run(Job job) {
    return comparison(job).compare(job.run());
  }

  private EngineComparison comparison(Job job) {
    ModuleRunner engine =
        this.engines.get((int) Math.floorMod(job.seed(), (long) this.engines.size()));
    List<ModuleRunner> oracles = oracles(job);
    boolean arbitrates =
        oracles.contains(this.interpreter) && this.compiler.has(job.module().plan().features());
    return new EngineComparison(engine, oracles, arbitrates ? this.compiler : null);
  }

  private List<ModuleRunner> oracles(Job job) {
    List<ModuleRunner> oracles = new ArrayList<>();
    ModulePlan plan = job.module().plan();
    if (this.node != null && plan.nodeFaults().isEmpty() && this.node.has(plan.features())) {
      oracles.add(this.node);
    }
    // The interpreter takes long for many calls.
    boolean needed = oracles.isEmpty() || !job.isHot();
    if (needed && plan.faults().isEmpty() && this.interpreter.has(plan.features())) {
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
