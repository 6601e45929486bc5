package io.github.wasmspring;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A module can't have what it depends on; carries all that is wrong, with its own dependencies and
 * with those of what it needs. The category is {@code NOT_FOUND} if everything that is wrong is
 * that modules are missing, else {@code VERSION_CONFLICT}.
 */
public final class WasmDependencyException extends WasmException {

  private final transient List<WasmDependencyProblem> problems;

  /**
   * @param problems one at least
   */
  public WasmDependencyException(List<WasmDependencyProblem> problems) {
    super(category(problems), detail(problems), null);
    this.problems = List.copyOf(problems);
  }

  private static WasmErrorCategory category(List<WasmDependencyProblem> problems) {
    return problems.stream()
            .allMatch(problem -> problem.kind() == WasmDependencyProblem.Kind.MISSING)
        ? WasmErrorCategory.NOT_FOUND
        : WasmErrorCategory.VERSION_CONFLICT;
  }

  private static String detail(List<WasmDependencyProblem> problems) {
    return (problems.size() == 1
            ? "what the module depends on can't be had: "
            : "what the module depends on can't be had, for %d reasons: "
                .formatted(problems.size()))
        + problems.stream().map(WasmDependencyProblem::detail).collect(Collectors.joining("; "));
  }

  /** All that is wrong. */
  public List<WasmDependencyProblem> problems() {
    return this.problems != null ? this.problems : List.of();
  }
}
