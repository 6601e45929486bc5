package io.github.wasmspring.sqlite.tools;

import java.util.List;
import java.util.stream.Stream;

/**
 * A node of a {@link QueryPlan}.
 *
 * @param id that SQLite gave it
 * @param detail in SQLite's words
 * @param step what the words mean
 * @param children in the order in which they run
 */
public record PlanNode(int id, String detail, PlanStep step, List<PlanNode> children) {

  public PlanNode {
    children = List.copyOf(children);
  }

  /** This node and all below it, from the top. */
  public Stream<PlanNode> stream() {
    return Stream.concat(Stream.of(this), this.children.stream().flatMap(PlanNode::stream));
  }

  void draw(StringBuilder target, String indent) {
    target.append(indent).append(this.detail).append('\n');
    for (PlanNode child : this.children) {
      child.draw(target, indent + "  ");
    }
  }
}
