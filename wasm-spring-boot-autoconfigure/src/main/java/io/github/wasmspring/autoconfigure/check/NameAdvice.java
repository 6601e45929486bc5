package io.github.wasmspring.autoconfigure.check;

import io.github.wasmspring.autoconfigure.check.NamePart.Group;
import io.github.wasmspring.autoconfigure.check.NamePart.Indexed;
import io.github.wasmspring.autoconfigure.check.NamePart.Keyed;
import io.github.wasmspring.autoconfigure.check.NamePart.Value;
import io.github.wasmspring.internal.module.NearMatches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody meant who wrote one that there is not. */
final class NameAdvice {

  /** Stands for a name that the user chooses. */
  private static final String ANY = "<id>";

  private final Group names;

  NameAdvice(Group names) {
    this.names = names;
  }

  /** The name that it has now, or what was probably meant, as a question, or else what there is. */
  String on(WrittenName name) {
    List<String> renamed = renamed(name);
    if (renamed != null) {
      return "was renamed to " + name.like(renamed);
    }
    List<String> meant = inBrackets(name);
    if (meant == null) {
      meant = corrected(this.names, name, 0, List.of());
    }
    if (meant == null) {
      meant = elsewhere(name);
    }
    return meant != null ? "did you mean " + name.like(meant) + "?" : whatThereIs(name);
  }

  private @Nullable List<String> renamed(WrittenName name) {
    NameCheck check = new NameCheck(this.names);
    return RenamedElement.ALL.stream()
        .map(each -> each.in(name))
        .filter(Objects::nonNull)
        .filter(elements -> check.isKnown(new WrittenName(elements, name.variable())))
        .findFirst()
        .orElse(null);
  }

  /** Each element as it is if it is right, else the nearest that there is. */
  private static @Nullable List<String> corrected(
      NamePart part, WrittenName name, int at, List<String> before) {
    if (at == name.size()) {
      return part.mayEnd() ? before : null;
    }
    if (part instanceof Keyed keyed) {
      return corrected(keyed.values(), name, at + 1, with(before, name.elements().get(at)));
    }
    if (part instanceof Indexed indexed) {
      return name.isNumber(at)
          ? corrected(indexed.elements(), name, at + 1, with(before, name.elements().get(at)))
          : null;
    }
    if (part instanceof Group group) {
      for (int count = 1; count <= name.longestFrom(at); count++) {
        for (String member : near(name.uniform(at, count), group.members().keySet())) {
          NamePart next = Objects.requireNonNull(group.members().get(member));
          List<String> meant = corrected(next, name, at + count, with(before, member));
          if (meant != null) {
            return meant;
          }
        }
      }
    }
    return null;
  }

  private static List<String> near(String written, Collection<String> members) {
    List<String> uniform =
        NearMatches.of(written, members.stream().map(WrittenName::uniform).toList());
    List<String> near = new ArrayList<>();
    for (String each : uniform) {
      members.stream()
          .filter(member -> WrittenName.uniform(member).equals(each))
          .forEach(near::add);
    }
    near.sort(Comparator.comparing(member -> !WrittenName.uniform(member).equals(written)));
    return near;
  }

  /** A name of the user's own that has dots, or dashes in an environment variable. */
  private @Nullable List<String> inBrackets(WrittenName name) {
    if (name.size() < 3 || !(this.names.members().get(name.uniform(0, 1)) instanceof Keyed)) {
      return null;
    }
    NameCheck check = new NameCheck(this.names);
    for (int end = 3; end < name.size(); end++) {
      List<String> elements = new ArrayList<>(name.elements().subList(0, 1));
      String key = String.join(name.variable() ? "" : ".", name.elements().subList(1, end));
      elements.add(name.variable() ? key : "[" + key + "]");
      elements.addAll(name.elements().subList(end, name.size()));
      if (check.isKnown(new WrittenName(elements, name.variable()))) {
        return elements;
      }
    }
    return null;
  }

  /** The same last words in another place, as near as can be. */
  private @Nullable List<String> elsewhere(WrittenName name) {
    int right = Math.min(new NameCheck(this.names).right(name), name.size() - 1);
    String rest = name.uniform(right, name.size() - right);
    Optional<List<String>> nearest =
        all(this.names).stream()
            .filter(candidate -> unlikeness(candidate, rest) < 2)
            .map(candidate -> filled(candidate, name))
            .min(
                Comparator.<List<String>>comparingInt(candidate -> unlikeness(candidate, rest))
                    .thenComparing(candidate -> candidate.contains(ANY))
                    .thenComparing(candidate -> -common(candidate, name))
                    .thenComparing(List::size));
    return nearest.orElse(null);
  }

  private static int unlikeness(List<String> candidate, String rest) {
    for (int from = 0; from < candidate.size(); from++) {
      String tail = String.join("", candidate.subList(from, candidate.size()));
      if (WrittenName.uniform(tail).equals(rest)) {
        return 0;
      }
    }
    String last = WrittenName.uniform(candidate.get(candidate.size() - 1));
    return NearMatches.of(rest, List.of(last)).isEmpty() ? 2 : 1;
  }

  private static int common(List<String> candidate, WrittenName name) {
    int common = 0;
    while (common < Math.min(candidate.size(), name.size())
        && (candidate.get(common).equals(ANY)
            || candidate.get(common).equals(name.elements().get(common))
            || WrittenName.uniform(candidate.get(common)).equals(name.uniform(common, 1)))) {
      common++;
    }
    return common;
  }

  /** With the user's own names where both begin alike. */
  private static List<String> filled(List<String> candidate, WrittenName name) {
    List<String> filled = new ArrayList<>(candidate);
    int common = common(candidate, name);
    for (int i = 0; i < common; i++) {
      if (filled.get(i).equals(ANY)) {
        filled.set(i, name.elements().get(i));
      }
    }
    return filled;
  }

  private static List<List<String>> all(NamePart part) {
    List<List<String>> names = new ArrayList<>();
    if (part.mayEnd()) {
      names.add(List.of());
    } else if (part instanceof Group group) {
      for (Map.Entry<String, NamePart> member : group.members().entrySet()) {
        all(member.getValue()).forEach(below -> names.add(before(member.getKey(), below)));
      }
    } else if (part instanceof Keyed keyed) {
      all(keyed.values()).forEach(below -> names.add(before(ANY, below)));
    } else if (part instanceof Indexed indexed) {
      all(indexed.elements()).forEach(below -> names.add(before("[0]", below)));
    }
    return names;
  }

  private String whatThereIs(WrittenName name) {
    int right = Math.min(new NameCheck(this.names).right(name), name.size() - 1);
    NamePart part = this.names;
    for (int i = 0; i < right; i++) {
      part = below(part, name.uniform(i, 1));
    }
    String there = name.like(name.elements().subList(0, right)).replaceAll("_$", "");
    return part instanceof Group group
        ? "%s has %s".formatted(there, String.join(", ", group.members().keySet()))
        : there + " has nothing below it";
  }

  private static NamePart below(NamePart part, String element) {
    if (part instanceof Group group) {
      return group.members().entrySet().stream()
          .filter(member -> WrittenName.uniform(member.getKey()).equals(element))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(new Value());
    }
    return part instanceof Keyed keyed
        ? keyed.values()
        : part instanceof Indexed indexed ? indexed.elements() : part;
  }

  private static List<String> with(List<String> before, String next) {
    List<String> all = new ArrayList<>(before);
    all.add(next);
    return all;
  }

  private static List<String> before(String first, List<String> below) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(below);
    return all;
  }
}
