package io.github.wasmspring.actor;

import java.util.regex.Pattern;

/**
 * Which actor is meant. A name and no more: whether there is such an actor shows when it is sent
 * something.
 *
 * @param type what it is: letters, digits, dots, dashes and underscores, 80 at most
 * @param id which of its type it is: 1 to 200 characters, none of them a control character
 */
public record WasmActorRef(String type, String id) {

  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
  private static final int LONGEST_ID = 200;

  /**
   * @throws IllegalArgumentException if type or id can't be one
   */
  public WasmActorRef {
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "'%s' can't be the type of an actor: a type has 1 to 80 letters, digits, dots, dashes or underscores and starts with a letter or digit"
              .formatted(type.length() > LONGEST_ID ? type.substring(0, LONGEST_ID) : type));
    }
    if (id.isEmpty()
        || id.length() > LONGEST_ID
        || id.chars().anyMatch(character -> Character.isISOControl(character))) {
      throw new IllegalArgumentException(
          "An actor of type '%s' has an id of 1 to %d characters, none of them a control character"
              .formatted(type, LONGEST_ID));
    }
  }

  /**
   * Reads {@code type/id}, as behaviours write it.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static WasmActorRef parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "An actor is named by its type, a slash and its id, such as counter/42");
    }
    return new WasmActorRef(text.substring(0, slash), text.substring(slash + 1));
  }

  /** {@code type/id}. */
  @Override
  public String toString() {
    return this.type + "/" + this.id;
  }
}
