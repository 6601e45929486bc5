package io.github.wasmspring.binary;

import org.jspecify.annotations.Nullable;

/** The sections that a module may have, in the order of their codes. */
public enum SectionId {
  CUSTOM(0),
  TYPE(1),
  IMPORT(2),
  FUNCTION(3),
  TABLE(4),
  MEMORY(5),
  GLOBAL(7),
  EXPORT(8),
  START(9),
  ELEMENT(10),
  CODE(12),
  DATA(13),
  DATA_COUNT(11),
  TAG(6);

  private static final SectionId[] BY_CODE = values();

  private final int rank;

  /**
   * @param rank where it stands among the others, 0 for anywhere
   */
  SectionId(int rank) {
    this.rank = rank;
  }

  int rank() {
    return this.rank;
  }

  /** The byte that a section begins with. */
  public int code() {
    return ordinal();
  }

  static @Nullable SectionId of(int code) {
    return code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /** For people, e.g. {@code data count}. */
  String title() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
