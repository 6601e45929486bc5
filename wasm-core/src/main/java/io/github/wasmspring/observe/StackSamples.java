package io.github.wasmspring.observe;

import io.github.wasmspring.observe.WasmProfile.FunctionShare;
import io.github.wasmspring.observe.WasmProfile.StackCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts stacks, up to some number of different ones. */
final class StackSamples {

  private static final int MAX_STACKS = 10_000;
  private static final int MAX_FRAMES = 500_000;
  private static final int FUNCTIONS_SHOWN = 100;

  private record Function(String module, String name) {}

  private static final class Times {
    private long self;
    private long total;
  }

  private final Map<List<String>, Long> counts = new HashMap<>();
  private final Map<Function, Times> functions = new HashMap<>();
  private long frames;
  private long samples;
  private long left;

  /**
   * @param stack the module, then functions, outermost first; at least one
   */
  synchronized void add(List<String> stack) {
    this.samples++;
    if (!this.counts.containsKey(stack)) {
      if (this.counts.size() >= MAX_STACKS || this.frames + stack.size() > MAX_FRAMES) {
        this.left++;
        return;
      }
      this.frames += stack.size();
    }
    this.counts.merge(stack, 1L, Long::sum);
    count(stack);
  }

  private void count(List<String> stack) {
    Set<String> seen = new HashSet<>();
    for (String function : stack.subList(1, stack.size())) {
      if (seen.add(function)) {
        times(stack.get(0), function).total++;
      }
    }
    times(stack.get(0), stack.get(stack.size() - 1)).self++;
  }

  private Times times(String module, String function) {
    return this.functions.computeIfAbsent(new Function(module, function), unknown -> new Times());
  }

  synchronized long samples() {
    return this.samples;
  }

  synchronized long left() {
    return this.left;
  }

  synchronized List<StackCount> stacks() {
    List<StackCount> stacks = new ArrayList<>();
    this.counts.forEach((frames, count) -> stacks.add(new StackCount(frames, count)));
    stacks.sort(Comparator.comparing(stack -> String.join(";", stack.frames())));
    return stacks;
  }

  synchronized List<FunctionShare> functions() {
    return this.functions.entrySet().stream()
        .map(
            each ->
                new FunctionShare(
                    each.getKey().module(),
                    each.getKey().name(),
                    each.getValue().self,
                    each.getValue().total,
                    (double) each.getValue().self / this.samples))
        .sorted(
            Comparator.comparingLong(FunctionShare::self)
                .thenComparingLong(FunctionShare::total)
                .reversed()
                .thenComparing(FunctionShare::module)
                .thenComparing(FunctionShare::function))
        .limit(FUNCTIONS_SHOWN)
        .toList();
  }
}
