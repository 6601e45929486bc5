package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.jdbc.StatementCost;
import java.time.Duration;

/** A statement with what its run cost. */
record StatementTrial(WorkloadStatement statement, QueryPlan plan, StatementCost cost) {

  /** How many steps another run has saved; what did not come to its end saves nothing. */
  long saved(StatementTrial after) {
    return after.cost.complete() ? this.cost.steps() - after.cost.steps() : 0;
  }

  double weightedSaving(StatementTrial after) {
    return this.statement.weight() * saved(after);
  }

  /** How many times cheaper it has become, as a logarithm, so that statements count alike. */
  double weightedFactor(StatementTrial after) {
    double before = Math.max(1, this.cost.steps());
    return this.statement.weight() * Math.log(before / Math.max(1, before - saved(after)));
  }

  /** The share of the cost that another run has saved. */
  double share(StatementTrial after) {
    return saved(after) / (double) Math.max(1, this.cost.steps());
  }

  IndexAdvice.Gain gain(StatementTrial after) {
    return new IndexAdvice.Gain(
        this.statement.sql(),
        this.cost.steps(),
        after.cost.steps(),
        Duration.ofNanos(this.cost.nanos()),
        Duration.ofNanos(after.cost.nanos()),
        this.plan,
        after.plan);
  }
}
