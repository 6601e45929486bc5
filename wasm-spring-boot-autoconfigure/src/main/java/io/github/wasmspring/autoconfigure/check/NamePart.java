package io.github.wasmspring.autoconfigure.check;

import java.util.Map;

/** What may follow in the name of a property. */
sealed interface NamePart {

  /** Nothing: here is a value. */
  record Value() implements NamePart {}

  /**
   * One of several names.
   *
   * @param members by their names with dashes
   */
  record Group(Map<String, NamePart> members) implements NamePart {}

  /** A name that is the user's own. */
  record Keyed(NamePart values) implements NamePart {}

  /** A number in brackets, or, where the elements are values, nothing. */
  record Indexed(NamePart elements) implements NamePart {}

  /** Whether the name of a property may end here. */
  default boolean mayEnd() {
    return this instanceof Value
        || this instanceof Indexed indexed && indexed.elements() instanceof Value;
  }
}
