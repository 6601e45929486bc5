package io.github.wasmspring.module;

import java.util.function.Predicate;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** Semantic version ranges as npm writes them, e.g. {@code ^1.2}, {@code >=1.0 <3}, {@code *}. */
final class VersionRanges {

  /** Any version; also what an empty range means. */
  static final String ANY = "*";

  private VersionRanges() {}

  static RangeList parse(String module, String range) {
    RangeList parsed;
    try {
      parsed = RangeListFactory.create(range.isBlank() ? ANY : range);
    } catch (RuntimeException unreadable) {
      throw unreadable(module, range, unreadable);
    }
    if (parsed.get().isEmpty()) {
      throw unreadable(module, range, null);
    }
    return parsed;
  }

  static boolean isAny(String range) {
    return range.isBlank() || range.strip().equals(ANY);
  }

  /** What tells whether a version is within a range; pre-releases are within {@code *} as well. */
  static Predicate<Semver> matcher(String module, String range) {
    if (isAny(range)) {
      return version -> true;
    }
    RangeList parsed = parse(module, range);
    return version -> version.satisfies(parsed);
  }

  private static IllegalArgumentException unreadable(
      String module, String range, java.lang.@org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'%s' is not a range of versions of module '%s'; ranges look like ^1.2, ~1.2.3 or >=1.0 <3"
            .formatted(range, module),
        cause);
  }
}
