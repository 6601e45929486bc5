package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.dashboard.view.ProfileView.Node;
import io.github.wasmspring.observe.WasmProfile.StackCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Makes a tree of stacks: those that begin alike share their first functions. */
final class ProfileTree {

  static final int MOST_NODES = 5_000;

  /** Guests may recurse as deeply as their stack lets them; JSON has two levels for each. */
  static final int DEEPEST = 200;

  private static final Comparator<Branch> MOST_SAMPLES =
      Comparator.comparingLong((Branch branch) -> branch.total).reversed();

  private static final class Branch {
    private final String name;
    private final Map<String, Branch> children = new LinkedHashMap<>();
    private long self;
    private long total;
    private boolean kept;

    private Branch(String name) {
      this.name = name;
    }
  }

  private ProfileTree() {}

  /**
   * @param module the one whose stacks are wanted, {@code null} for all
   */
  static Node of(List<StackCount> stacks, @Nullable String module) {
    Branch root = new Branch("all");
    for (StackCount stack : stacks) {
      List<String> frames = stack.frames();
      if (!frames.isEmpty() && (module == null || module.equals(frames.get(0)))) {
        add(root, frames, stack.count());
      }
    }
    keepTheLargest(root);
    List<Node> modules = new ArrayList<>();
    sorted(root).forEach(each -> modules.add(node(each, each.name)));
    return new Node(root.name, null, root.self, root.total, modules);
  }

  private static void add(Branch root, List<String> frames, long count) {
    Branch branch = root;
    branch.total += count;
    for (String frame : frames.subList(0, Math.min(DEEPEST, frames.size()))) {
      branch = branch.children.computeIfAbsent(frame, Branch::new);
      branch.total += count;
    }
    branch.self += count;
  }

  private static void keepTheLargest(Branch root) {
    PriorityQueue<Branch> largest = new PriorityQueue<>(MOST_SAMPLES);
    largest.add(root);
    for (int kept = 0; kept < MOST_NODES && !largest.isEmpty(); kept++) {
      Branch branch = largest.remove();
      branch.kept = true;
      largest.addAll(branch.children.values());
    }
  }

  private static List<Branch> sorted(Branch parent) {
    return parent.children.values().stream().sorted(MOST_SAMPLES).toList();
  }

  private static Node node(Branch branch, String module) {
    List<Node> children = new ArrayList<>();
    long others = 0;
    int count = 0;
    for (Branch child : sorted(branch)) {
      if (child.kept) {
        children.add(node(child, module));
      } else {
        others += child.total;
        count++;
      }
    }
    if (count > 0) {
      children.add(new Node("(%d more)".formatted(count), module, others, others, List.of()));
    }
    return new Node(CutText.of(branch.name), module, branch.self, branch.total, children);
  }
}
