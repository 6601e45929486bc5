package io.github.wasmspring.verification.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A few random modules in each build; {@code verification/run fuzz-engine} does more. */
class RandomModulesTest {

  /** One of them is called so often that HotSpot compiles it. */
  private static final int FIRST = 45;

  private static final int END = 65;

  private static final long VECTORS = 1_000;
  private static final int FUNCTIONS_WITH_VECTORS = 300;

  @Test
  void theEngineJvmAnswersAsOthersDo() {
    List<String> answers = new ArrayList<>();
    try (EngineFuzzer fuzzer = new EngineFuzzer()) {
      for (long seed = FIRST; seed < END; seed++) {
        EngineComparison.Outcome outcome = fuzzer.run(fuzzer.job(seed));
        assertThat(outcome.differences()).as("seed %d", seed).isEmpty();
        answers.addAll(outcome.answers());
      }
    }
    // A start function may trap, but no module is invalid.
    assertThat(answers).noneMatch(answer -> answer.startsWith("refused: failed"));
    assertThat(answers.stream().filter(answer -> answer.startsWith("gave")))
        .hasSizeGreaterThan(answers.size() / 3);
    assertThat(answers.stream().filter(answer -> answer.startsWith("trap ")).distinct())
        .hasSizeGreaterThan(2);
  }

  /** Compared with Node, as Chicory has no vectors. */
  @Test
  void vectorsAreWhatTheyAreElsewhere() {
    try (EngineFuzzer fuzzer = new EngineFuzzer(Set.of(WasmFeature.SIMD))) {
      assumeThat(fuzzer.hasNode()).as("There is no node here").isTrue();
      int functions = 0;
      for (long seed = VECTORS; functions < FUNCTIONS_WITH_VECTORS; seed++) {
        EngineFuzzer.Job job = fuzzer.job(seed);
        EngineComparison.Outcome outcome = fuzzer.run(job);
        assertThat(outcome.differences()).as("seed %d", seed).isEmpty();
        functions += job.module().bodies().size();
      }
    }
  }

  @Test
  void aWrongAnswerIsFoundAndReduced() {
    try (EngineFuzzer fuzzer = new EngineFuzzer(new Liar())) {
      EngineFuzzer.Job job = fuzzer.job(0);
      while (fuzzer.run(job).differences().isEmpty()) {
        job = fuzzer.job(job.seed() + 1);
      }
      int length = job.run().module().length;
      EngineComparison.Outcome outcome = fuzzer.run(job);

      assertThat(outcome.differences().get(0).expected()).isEqualTo("trap MEMORY");

      GuestRun reduced = fuzzer.reduce(job, outcome);
      assertThat(reduced.calls()).hasSize(1);
      assertThat(reduced.module()).hasSizeLessThan(length / 2);
      assertThat(new Liar().start(reduced).get()).contains("trap STACK");
    }
  }

  @Test
  void callsAreReadAsTheyAreWritten() {
    try (EngineFuzzer fuzzer = new EngineFuzzer()) {
      List<String> calls = fuzzer.job(7).calls().stream().map(PlannedCall::toString).toList();

      assertThat(calls).isNotEmpty();
      assertThat(calls.stream().map(PlannedCall::parse).map(PlannedCall::toString).toList())
          .isEqualTo(calls);
    }
  }

  /** Takes accesses out of bounds for a stack overflow. */
  private static final class Liar implements ModuleRunner {

    private final ModuleRunner engine = new JavaRunner("jvm", WasmEngineMode.COMPILED);

    @Override
    public boolean has(Set<WasmFeature> features) {
      return this.engine.has(features);
    }

    @Override
    public String name() {
      return "liar";
    }

    @Override
    public Supplier<List<String>> start(GuestRun run) {
      Supplier<List<String>> answers = this.engine.start(run);
      return () ->
          answers.get().stream()
              .map(answer -> answer.equals("trap MEMORY") ? "trap STACK" : answer)
              .toList();
    }
  }
}
