package io.github.wasmspring.sqlite.tools;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that an application runs.
 *
 * @param sql one that reads or changes rows
 * @param values usual ones of its parameters
 * @param weight how often it is run, beside the others
 */
public record WorkloadStatement(
    String sql, List<? extends @Nullable Object> values, double weight) {

  /**
   * @throws IllegalArgumentException if the weight is not positive
   */
  public WorkloadStatement {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("A weight is positive, but not " + weight);
    }
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** A statement that is run as often as the others. */
  public static WorkloadStatement of(String sql, @Nullable Object... values) {
    return new WorkloadStatement(sql, Arrays.asList(values), 1);
  }

  public WorkloadStatement withWeight(double weight) {
    return new WorkloadStatement(this.sql, this.values, weight);
  }
}
