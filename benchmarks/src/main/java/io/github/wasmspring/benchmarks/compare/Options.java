package io.github.wasmspring.benchmarks.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the comparison; {@code null} for all.
 *
 * @param name of a case, or its beginning up to a dot
 * @param keep whether what is measured takes its place among the results
 */
record Options(
    Effort effort,
    @Nullable Integer jdk,
    @Nullable String name,
    @Nullable String engine,
    boolean keep) {

  /**
   * @throws IllegalArgumentException if an option is unknown or without its value
   */
  static Options parse(List<String> arguments) {
    Effort effort = Effort.FULL;
    Integer jdk = null;
    String name = null;
    String engine = null;
    boolean keep = false;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--quick" -> effort = Effort.QUICK;
        case "--smoke" -> effort = Effort.SMOKE;
        case "--keep" -> keep = true;
        case "--jdk" -> jdk = Integer.valueOf(value(arguments, ++i));
        case "--case" -> name = value(arguments, ++i);
        case "--engine" -> engine = value(arguments, ++i);
        default -> throw new IllegalArgumentException("there is no option " + arguments.get(i));
      }
    }
    return new Options(effort, jdk, name, engine, keep);
  }

  private static String value(List<String> arguments, int i) {
    if (i == arguments.size()) {
      throw new IllegalArgumentException(arguments.get(i - 1) + " wants a value");
    }
    return arguments.get(i);
  }

  /** Whether all is measured, which then takes the place of all results. */
  boolean isWhole() {
    return this.jdk == null && this.name == null && this.engine == null;
  }

  boolean wantsJdk(int version) {
    return this.jdk == null || this.jdk == version;
  }

  boolean wants(Plan.Cell cell) {
    return (this.name == null
            || cell.name().equals(this.name)
            || cell.name().startsWith(this.name + "."))
        && (this.engine == null || cell.engine().equals(this.engine));
  }

  /** What measures a cell alone. */
  String command(int version, Plan.Cell cell) {
    String option = this.effort == Effort.FULL ? "" : " --" + this.effort.label();
    return "benchmarks/run compare%s --jdk %d --case %s --engine %s"
        .formatted(option, version, cell.name(), cell.engine());
  }
}
