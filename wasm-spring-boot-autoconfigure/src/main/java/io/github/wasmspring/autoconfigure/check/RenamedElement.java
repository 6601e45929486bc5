package io.github.wasmspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An element of names below {@code wasm} that once had another name.
 *
 * @param below the element before it, which tells it from others of the old name
 */
record RenamedElement(String below, String old, String current) {

  static final List<RenamedElement> ALL =
      List.of(
          new RenamedElement("loader", "threads", "preload-threads"),
          new RenamedElement("channels", "threads", "delivery-threads"),
          new RenamedElement("limits", "threads", "guest-threads"),
          new RenamedElement("engine", "auto", "by-use"));

  /** The elements with the current name, {@code null} if the old one is not among them. */
  @Nullable List<String> in(WrittenName name) {
    for (int at = 1; at < name.size(); at++) {
      if (name.uniform(at - 1, 1).equals(this.below) && name.uniform(at, 1).equals(this.old)) {
        List<String> elements = new ArrayList<>(name.elements());
        elements.set(at, this.current);
        return elements;
      }
    }
    return null;
  }
}
