package io.github.wasmspring.module;

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

  static boolean contains(RangeList range, Semver version) {
    return version.satisfies(range);
  }

  private static IllegalArgumentException unreadable(
      String module, String range, java.lang.@org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'%s' is not a range of versions of module '%s'; ranges look like ^1.2, ~1.2.3 or >=1.0 <3"
            .formatted(range, module),
        cause);
  }
}
