package io.github.wasmspring.autoconfigure.diagnostics;

import io.github.wasmspring.WasmDependencyException;
import io.github.wasmspring.WasmDependencyProblem;
import io.github.wasmspring.internal.module.ModuleProperty;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains all that keeps a module from having what it depends on. */
final class WasmDependencyFailureAnalyzer extends AbstractFailureAnalyzer<WasmDependencyException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, WasmDependencyException failure) {
    return new FailureAnalysis(
        "The WebAssembly module '%s' can't have what it depends on:%s"
            .formatted(
                failure.module(),
                Texts.list(
                    failure.problems().stream()
                        .map(problem -> Texts.capitalized(Texts.sentence(problem.detail())))
                        .toList())),
        "What to do about it:" + Texts.list(actions(failure)),
        failure);
  }

  private static List<String> actions(WasmDependencyException failure) {
    return failure.problems().stream()
        .map(WasmDependencyFailureAnalyzer::action)
        .distinct()
        .toList();
  }

  private static String action(WasmDependencyProblem problem) {
    String id = problem.module();
    return switch (problem.kind()) {
      case MISSING ->
          "Say where the module '%s' is (%s), or add the jar that brings it."
              .formatted(id, ModuleProperty.of(id, "location"));
      case OUT_OF_RANGE ->
          "Add a version of '%s' that is within the range (%s), or widen the range."
              .formatted(id, ModuleProperty.of(id, "versions[…].location"));
      case CONFLICT ->
          "Add a version of '%s' that suits all (%s), or widen one of the ranges."
              .formatted(id, ModuleProperty.of(id, "versions[…].location"));
      case CIRCLE ->
          "Take a dependency out of the circle that '%s' is in, for instances are made one after the other."
              .formatted(id);
    };
  }
}
