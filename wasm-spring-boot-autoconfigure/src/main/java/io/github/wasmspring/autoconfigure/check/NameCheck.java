package io.github.wasmspring.autoconfigure.check;

import io.github.wasmspring.autoconfigure.check.NamePart.Group;
import io.github.wasmspring.autoconfigure.check.NamePart.Indexed;
import io.github.wasmspring.autoconfigure.check.NamePart.Keyed;
import io.github.wasmspring.autoconfigure.check.NamePart.Value;
import io.github.wasmspring.internal.module.NearMatches;
import java.util.Map;

/** Whether names are among those that there are. */
final class NameCheck {

  private final Group names;

  NameCheck(Group names) {
    this.names = names;
  }

  boolean isKnown(WrittenName name) {
    return furthest(this.names, name, 0) > name.size();
  }

  /** The number of elements that are right; more than there are if the whole name is. */
  int right(WrittenName name) {
    return furthest(this.names, name, 0);
  }

  private static int furthest(NamePart part, WrittenName name, int at) {
    if (at == name.size()) {
      return at + 1;
    }
    if (part instanceof Group group) {
      int furthest = at;
      for (Map.Entry<String, NamePart> member : group.members().entrySet()) {
        for (int count = 1; count <= name.longestFrom(at); count++) {
          if (name.uniform(at, count).equals(WrittenName.uniform(member.getKey()))) {
            furthest = Math.max(furthest, furthest(member.getValue(), name, at + count));
          }
        }
      }
      return furthest;
    }
    if (part instanceof Keyed keyed) {
      return keyed.values() instanceof Value
          ? name.size() + 1
          : furthest(keyed.values(), name, at + 1);
    }
    return part instanceof Indexed indexed && name.isNumber(at)
        ? furthest(indexed.elements(), name, at + 1)
        : at;
  }

  /**
   * Whether an environment variable only happens to begin with {@code WASM_}, as that of some tool
   * does.
   */
  boolean isForeign(WrittenName name) {
    return name.variable()
        && right(name) == 0
        && NearMatches.of(
                name.uniform(0, 1),
                this.names.members().keySet().stream().map(WrittenName::uniform).toList())
            .isEmpty();
  }
}
