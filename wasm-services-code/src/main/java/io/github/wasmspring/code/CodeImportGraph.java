package io.github.wasmspring.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that imports name, and the cycles among them (Tarjan's strongly connected
 * components).
 */
final class CodeImportGraph {

  private static final List<String> ENDINGS =
      List.of("", ".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs");

  private final Set<String> files;
  private final List<CodeImports.Edge> edges = new ArrayList<>();
  private final List<CodeImports.Outside> outside = new ArrayList<>();

  CodeImportGraph(Set<String> files) {
    this.files = new TreeSet<>(files);
  }

  void add(String path, List<CodeReport.Import> imports) {
    for (CodeReport.Import each : imports) {
      String target = find(path, each.source());
      if (target == null) {
        this.outside.add(new CodeImports.Outside(path, each));
      } else {
        this.edges.add(new CodeImports.Edge(path, target, each));
      }
    }
  }

  /**
   * The file that an import names: as it is, with an ending, TypeScript for its output, or an
   * index.
   */
  private @Nullable String find(String from, String source) {
    if (!source.startsWith("./")
        && !source.startsWith("../")
        && !source.startsWith("/")
        && !source.equals(".")
        && !source.equals("..")) {
      return null;
    }
    String path = join(from, source);
    for (String ending : ENDINGS) {
      if (this.files.contains(path + ending)) {
        return path + ending;
      }
    }
    String typed = path.replaceFirst("\\.([cm]?)js(x?)$", ".$1ts$2");
    if (this.files.contains(typed)) {
      return typed;
    }
    String folder = path.isEmpty() ? "" : path + "/";
    return ENDINGS.stream()
        .map(ending -> folder + "index" + ending)
        .filter(this.files::contains)
        .findFirst()
        .orElse(null);
  }

  private static String join(String from, String source) {
    Deque<String> parts = new ArrayDeque<>();
    boolean absolute = source.startsWith("/");
    if (!absolute) {
      parts.addAll(List.of(from.split("/")));
      parts.pollLast();
    }
    for (String part : source.split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String path = String.join("/", parts);
    return absolute || (from.startsWith("/") && !path.startsWith("/"))
        ? "/" + path.replaceFirst("^/", "")
        : path;
  }

  CodeImports build() {
    Map<String, Set<String>> next = new TreeMap<>();
    this.files.forEach(file -> next.put(file, new TreeSet<>()));
    for (CodeImports.Edge edge : this.edges) {
      boolean now =
          edge.by().kind() != CodeReport.ImportKind.TYPE
              && edge.by().kind() != CodeReport.ImportKind.DYNAMIC;
      if (now) {
        next.computeIfAbsent(edge.from(), key -> new TreeSet<>()).add(edge.to());
      }
    }
    return new CodeImports(this.edges, this.outside, new Components(next).cycles());
  }

  /** Tarjan's algorithm, with a list in place of recursion: chains of imports can be long. */
  private static final class Components {

    private final Map<String, Set<String>> next;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> lows = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> isOpen = new HashSet<>();
    private final List<List<String>> found = new ArrayList<>();

    private record Visit(String file, Deque<String> left) {}

    Components(Map<String, Set<String>> next) {
      this.next = next;
    }

    List<List<String>> cycles() {
      this.next.keySet().forEach(this::visit);
      this.found.sort((one, other) -> one.get(0).compareTo(other.get(0)));
      return this.found;
    }

    private void visit(String start) {
      if (this.numbers.containsKey(start)) {
        return;
      }
      Deque<Visit> path = new ArrayDeque<>();
      path.push(enter(start));
      while (!path.isEmpty()) {
        Visit visit = path.peek();
        String file = visit.left().poll();
        if (file == null) {
          path.pop();
          leave(visit.file());
          if (!path.isEmpty()) {
            lower(path.peek().file(), low(visit.file()));
          }
        } else if (!this.numbers.containsKey(file)) {
          path.push(enter(file));
        } else if (this.isOpen.contains(file)) {
          lower(visit.file(), number(file));
        }
      }
    }

    private Visit enter(String file) {
      int number = this.numbers.size();
      this.numbers.put(file, number);
      this.lows.put(file, number);
      this.open.push(file);
      this.isOpen.add(file);
      return new Visit(file, new ArrayDeque<>(this.next.getOrDefault(file, Set.of())));
    }

    private void leave(String file) {
      if (low(file) != number(file)) {
        return;
      }
      Set<String> members = new TreeSet<>();
      String member;
      do {
        member = this.open.pop();
        this.isOpen.remove(member);
        members.add(member);
      } while (!member.equals(file));
      boolean itself = this.next.getOrDefault(file, Set.of()).contains(file);
      if (members.size() > 1 || itself) {
        this.found.add(List.copyOf(members));
      }
    }

    private void lower(String file, int low) {
      this.lows.merge(file, low, Math::min);
    }

    private int number(String file) {
      return this.numbers.getOrDefault(file, -1);
    }

    private int low(String file) {
      return this.lows.getOrDefault(file, -1);
    }
  }
}
