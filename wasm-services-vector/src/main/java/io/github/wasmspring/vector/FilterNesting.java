package io.github.wasmspring.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How deep filters are in filters, so that no thread's stack is too small for one. */
final class FilterNesting {

  private static final int DEEPEST = 200;

  private FilterNesting() {}

  /**
   * The filters, with those that are of the same kind replaced by what is in them.
   *
   * @param inner the filters in one of the same kind, {@code null} for others
   */
  static List<VectorFilter> flat(
      List<VectorFilter> filters, Function<VectorFilter, @Nullable List<VectorFilter>> inner) {
    List<VectorFilter> flat = new ArrayList<>();
    for (VectorFilter filter : filters) {
      List<VectorFilter> same = inner.apply(filter);
      if (same == null) {
        flat.add(filter);
      } else {
        flat.addAll(same);
      }
    }
    flat.forEach(FilterNesting::requireShallow);
    return List.copyOf(flat);
  }

  /**
   * @throws IllegalArgumentException if the filter can't be in another one
   */
  static void requireShallow(VectorFilter filter) {
    if (depth(filter) >= DEEPEST) {
      throw new IllegalArgumentException(
          "A filter is nested more than 200 deep; and, or and not of fewer levels say the same");
    }
  }

  private static int depth(VectorFilter filter) {
    if (filter instanceof VectorFilter.Not not) {
      return 1 + depth(not.filter());
    }
    if (filter instanceof VectorFilter.And and) {
      return 1 + deepest(and.filters());
    }
    return filter instanceof VectorFilter.Or or ? 1 + deepest(or.filters()) : 1;
  }

  private static int deepest(List<VectorFilter> filters) {
    int deepest = 0;
    for (VectorFilter filter : filters) {
      deepest = Math.max(deepest, depth(filter));
    }
    return deepest;
  }
}
