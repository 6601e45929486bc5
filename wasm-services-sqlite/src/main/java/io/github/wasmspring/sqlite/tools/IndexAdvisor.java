package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.sqlite.tools.IndexAdvice.Suggestion;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds indexes by trying them on a copy. SQLite itself chooses: all columns that statements name
 * get an index, those that plans use grow by further columns, and what is left is measured one by
 * one.
 */
final class IndexAdvisor {

  private static final Set<String> STATEMENTS =
      Set.of("select", "with", "values", "insert", "replace", "update", "delete");

  /** More would take SQLite long to choose from. */
  private static final int MOST_AT_ONCE = 60;

  private static final int MOST_COLUMNS = 3;

  /** Longer indexes are bigger: they have to save a third of what shorter ones leave. */
  private static final double CLEARLY = Math.log(1.5);

  private final IndexTrials trials;
  private final WorkloadColumns columns;
  private final List<WorkloadStatement> workload;
  private final AdvisorSettings settings;
  private final long end;
  private boolean complete = true;

  /**
   * @param copy that may be changed
   */
  IndexAdvisor(Connection copy, List<WorkloadStatement> workload, AdvisorSettings settings)
      throws SQLException {
    this.end = System.nanoTime() + settings.total().toNanos();
    this.workload = normalized(workload);
    this.settings = settings;
    this.columns = WorkloadColumns.of(copy);
    this.trials = new IndexTrials(copy, settings, this.end);
  }

  /** The same with weights up to 1. */
  private static List<WorkloadStatement> normalized(List<WorkloadStatement> workload) {
    double most = workload.stream().mapToDouble(WorkloadStatement::weight).max().orElse(1);
    return workload.stream()
        .map(each -> each.withWeight(Math.max(Double.MIN_NORMAL, each.weight() / most)))
        .toList();
  }

  /**
   * @throws SQLException if one can't be tried
   */
  static void check(List<WorkloadStatement> workload) throws SQLException {
    for (WorkloadStatement statement : workload) {
      if (!STATEMENTS.contains(SqlWords.first(statement.sql()))) {
        throw new SQLException(
            "Indexes can be advised for statements that read or change rows, which this is not: "
                + statement.sql(),
            "HY000");
      }
    }
  }

  IndexAdvice advise() throws SQLException {
    Set<Set<CandidateIndex>> candidates = candidates();
    Set<CandidateIndex> kept = new HashSet<>();
    List<Suggestion> suggestions = new ArrayList<>();
    List<StatementTrial> before = this.trials.run(this.workload);
    Best best = best(candidates, before);
    while (best != null && kept.size() + best.indexes().size() <= this.settings.indexes()) {
      suggestions.addAll(keep(best, before));
      kept.addAll(best.indexes());
      candidates.removeIf(some -> some.stream().anyMatch(kept::contains));
      before = best.after();
      best = best(candidates, before);
    }
    this.complete &= !this.trials.isFull() && System.nanoTime() - this.end < 0;
    return new IndexAdvice(suggestions, this.complete, this.trials.tried());
  }

  /** Whether there is time for more. */
  private boolean goesOn() throws SQLException {
    if (Thread.currentThread().isInterrupted()) {
      throw new SQLException("The advisor was interrupted", "57014");
    }
    this.complete &= System.nanoTime() - this.end < 0;
    return this.complete;
  }

  /** Single ones, and those that only help each other, as those of both sides of a join may. */
  private Set<Set<CandidateIndex>> candidates() throws SQLException {
    Map<String, Set<String>> named = named();
    Set<Set<CandidateIndex>> all = new LinkedHashSet<>();
    Set<CandidateIndex> next = new LinkedHashSet<>();
    named.forEach(
        (table, names) ->
            names.forEach(name -> next.add(new CandidateIndex(table, List.of(name)))));
    for (int length = 1; length <= MOST_COLUMNS && !next.isEmpty(); length++) {
      Set<CandidateIndex> used = new LinkedHashSet<>();
      List<CandidateIndex> waiting = new ArrayList<>(next);
      for (int at = 0; at < waiting.size() && goesOn(); at += MOST_AT_ONCE) {
        List<CandidateIndex> some =
            waiting.subList(at, Math.min(waiting.size(), at + MOST_AT_ONCE));
        for (Set<CandidateIndex> together : this.trials.used(some, this.workload)) {
          used.addAll(together);
          if (together.size() > 1) {
            all.add(together);
          }
        }
      }
      used.forEach(index -> all.add(Set.of(index)));
      next.clear();
      next.addAll(longer(used, named));
    }
    return all;
  }

  private Map<String, Set<String>> named() {
    Map<String, Set<String>> named = new LinkedHashMap<>();
    for (WorkloadStatement statement : this.workload) {
      this.columns
          .named(statement.sql())
          .forEach(
              (table, names) ->
                  named.computeIfAbsent(table, none -> new LinkedHashSet<>()).addAll(names));
    }
    return named;
  }

  /** One column more behind, and for the first two one before as well. */
  private static Set<CandidateIndex> longer(
      Set<CandidateIndex> indexes, Map<String, Set<String>> named) {
    Set<CandidateIndex> longer = new LinkedHashSet<>();
    for (CandidateIndex index : indexes) {
      for (String column : named.getOrDefault(index.table(), Set.of())) {
        if (!index.columns().contains(column)) {
          longer.add(index.with(column));
          if (index.columns().size() == 1) {
            longer.add(
                new CandidateIndex(index.table(), List.of(column)).with(index.columns().get(0)));
          }
        }
      }
    }
    return longer;
  }

  /** What makes statements cheapest, {@code null} if nothing does enough. */
  private @Nullable Best best(Set<Set<CandidateIndex>> candidates, List<StatementTrial> before)
      throws SQLException {
    List<Set<CandidateIndex>> shortFirst = new ArrayList<>(candidates);
    shortFirst.sort(
        Comparator.comparingInt(
            some -> some.stream().mapToInt(index -> index.columns().size()).sum()));
    Best best = null;
    for (Set<CandidateIndex> some : shortFirst) {
      if (!goesOn()) {
        break;
      }
      Best next = measure(some, before);
      if (next != null && (best == null || next.factor() > best.factor() + CLEARLY)) {
        best = next;
      }
    }
    return best;
  }

  private @Nullable Best measure(Set<CandidateIndex> indexes, List<StatementTrial> before)
      throws SQLException {
    try {
      if (!this.trials.create(indexes)) {
        return null;
      }
      List<StatementTrial> after = this.trials.run(this.workload);
      double saved = 0;
      double factor = 0;
      boolean enough = false;
      for (int at = 0; at < after.size(); at++) {
        saved += before.get(at).weightedSaving(after.get(at));
        factor += before.get(at).weightedFactor(after.get(at));
        enough |= before.get(at).share(after.get(at)) >= this.settings.leastGain();
      }
      return enough && saved > 0 && factor > 0 ? new Best(indexes, factor, after) : null;
    } finally {
      this.trials.drop(indexes);
    }
  }

  private List<Suggestion> keep(Best best, List<StatementTrial> before) throws SQLException {
    List<IndexAdvice.Gain> gains =
        IntStream.range(0, before.size())
            .filter(at -> before.get(at).saved(best.after().get(at)) != 0)
            .mapToObj(at -> before.get(at).gain(best.after().get(at)))
            .toList();
    String reason =
        (best.indexes().size() == 1 ? "" : "together with those that have the same gains: ")
            + reason(gains);
    List<Suggestion> suggestions = new ArrayList<>();
    for (CandidateIndex index : best.indexes()) {
      DatabaseSize without = this.trials.size();
      long start = System.nanoTime();
      this.trials.keep(index);
      Duration build = Duration.ofNanos(System.nanoTime() - start);
      DatabaseSize with = this.trials.size();
      suggestions.add(
          new Suggestion(
              index.sql(this.trials.name(index)),
              index.table(),
              index.columns(),
              reason,
              gains,
              (with.usedPages() - without.usedPages()) * with.pageSize(),
              build));
    }
    return suggestions;
  }

  /** What plans do now and would not do any more, and what instead. */
  private static String reason(List<IndexAdvice.Gain> gains) {
    return gains.stream()
        .filter(gain -> gain.stepsAfter() < gain.stepsBefore())
        .map(
            gain ->
                "%s instead of %s"
                    .formatted(
                        without(gain.planAfter(), gain.planBefore()),
                        without(gain.planBefore(), gain.planAfter())))
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static String without(QueryPlan plan, QueryPlan other) {
    List<String> others = other.stream().map(PlanNode::detail).toList();
    String text =
        plan.stream()
            .map(PlanNode::detail)
            .filter(detail -> !others.contains(detail))
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "the same in another order" : text;
  }

  /**
   * Indexes that were measured.
   *
   * @param after all statements, as they are with them
   */
  private record Best(Set<CandidateIndex> indexes, double factor, List<StatementTrial> after) {}
}
