package io.github.wasmspring.internal.split;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Looks for what to take out of a function: from the outermost block inwards, runs of statements
 * that are as long as they may be. In the code of an interpreter's loop these are the cases of its
 * switch.
 */
final class RegionFinder {

  /** More of a function would only move the problem into the piece. */
  private static final double LARGEST_SHARE = 0.75;

  /** A part of a block, between two places where nothing of the block is on the stack. */
  private record Run(int start, int end) {}

  private final FunctionShape shape;
  private final RegionSize meter;
  private final SplitLimits limits;
  private final int largest;
  private final int mostExits;
  private final Deque<Run> blocks = new ArrayDeque<>();
  private final List<Region> found = new ArrayList<>();

  private RegionFinder(
      FunctionShape shape, RegionSize meter, SplitLimits limits, int total, int mostExits) {
    this.shape = shape;
    this.meter = meter;
    this.limits = limits;
    this.largest = (int) Math.min(limits.largestRegion(), LARGEST_SHARE * total);
    this.mostExits = mostExits;
  }

  /**
   * The regions to take out, in the order of the code: those that save most until the function is
   * down to its target, and of those that bring it there the smallest.
   */
  static List<Region> find(
      FunctionShape shape, RegionSize meter, SplitLimits limits, int total, int mostExits) {
    RegionFinder finder = new RegionFinder(shape, meter, limits, total, mostExits);
    finder.search();
    return finder.choose(total);
  }

  private List<Region> choose(int total) {
    this.found.sort(Comparator.comparingInt(Region::saving).reversed());
    List<Region> chosen = new ArrayList<>();
    int excess = total - this.limits.target();
    for (int i = 0; i < this.found.size() && excess > 0; i++) {
      Region region = this.found.get(i);
      boolean smallerWouldDo =
          i + 1 < this.found.size() && this.found.get(i + 1).saving() >= excess;
      if (!smallerWouldDo) {
        excess -= region.saving();
        chosen.add(region);
      }
    }
    chosen.sort(Comparator.comparingInt(Region::start));
    return chosen;
  }

  private void search() {
    this.blocks.push(new Run(0, this.shape.size() - 1));
    while (!this.blocks.isEmpty()) {
      Run block = this.blocks.pop();
      searchBlock(block.start(), block.end());
    }
  }

  private void searchBlock(int from, int to) {
    List<Run> run = new ArrayList<>();
    int size = 0;
    for (int i = from; i < to; ) {
      if (this.shape.height(i) > 0) {
        finish(run);
        run.clear();
        size = 0;
        i = descendUntilEmpty(i, to);
        continue;
      }
      Run statement = statement(i, to);
      i = Math.max(statement.end(), i + 1);
      if (statement.end() <= statement.start()) {
        continue;
      }
      int bytes = this.meter.size(statement.start(), statement.end());
      if (size + bytes > this.largest) {
        finish(run);
        run.clear();
        size = 0;
      }
      if (bytes > this.largest) {
        descend(statement);
      } else {
        run.add(statement);
        size += bytes;
      }
    }
    finish(run);
  }

  /** From a place with an empty stack to the next, or an empty run if there is none. */
  private Run statement(int start, int to) {
    int last = start;
    int i = this.shape.next(start);
    while (i < to && this.shape.height(i) > 0) {
      last = i;
      i = this.shape.next(i);
    }
    boolean ends = i < to || this.shape.height(to) == 0 || terminates(last);
    if (ends) {
      return new Run(start, i);
    }
    descend(new Run(start, to));
    return new Run(to, to);
  }

  private boolean terminates(int i) {
    return StackEffects.terminates(this.shape.at(i).opcode());
  }

  private int descendUntilEmpty(int start, int to) {
    int i = start;
    while (i < to && this.shape.height(i) > 0) {
      i = this.shape.next(i);
    }
    descend(new Run(start, i));
    return i;
  }

  private void descend(Run run) {
    for (int i = run.start(); i < run.end(); i = this.shape.next(i)) {
      if (this.shape.at(i).opens()) {
        int otherwise = this.shape.otherwise(i);
        int end = this.shape.end(i);
        this.blocks.push(new Run(i + 1, otherwise < 0 ? end : otherwise));
        if (otherwise >= 0) {
          this.blocks.push(new Run(otherwise + 1, end));
        }
      }
    }
  }

  /** Takes all statements together if that is a region, or else what of them is one. */
  private void finish(List<Run> statements) {
    if (statements.isEmpty()) {
      return;
    }
    int start = statements.get(0).start();
    int end = statements.get(statements.size() - 1).end();
    if (this.meter.size(start, end) < this.limits.smallestRegion()) {
      return;
    }
    Region region = this.meter.measure(start, end, this.mostExits);
    if (region != null) {
      this.found.add(region);
    } else if (statements.size() == 1) {
      descend(statements.get(0));
    } else {
      withoutTheImpossible(statements);
    }
  }

  private void withoutTheImpossible(List<Run> statements) {
    List<Run> possible = new ArrayList<>();
    boolean all = true;
    for (Run statement : statements) {
      if (isPossible(statement)) {
        possible.add(statement);
        continue;
      }
      all = false;
      finish(possible);
      possible = new ArrayList<>();
      descend(statement);
    }
    if (!all) {
      finish(possible);
      return;
    }
    int middle = statements.size() / 2;
    finish(statements.subList(0, middle));
    finish(statements.subList(middle, statements.size()));
  }

  /** Small ones need not be measured: they can't be a region alone, but a part of one. */
  private boolean isPossible(Run statement) {
    return this.meter.size(statement.start(), statement.end()) < this.limits.smallestRegion()
        || this.meter.measure(statement.start(), statement.end(), this.mostExits) != null;
  }
}
