package io.github.wasmspring.binary;

import org.jspecify.annotations.Nullable;

/**
 * A section that means nothing to the specification, for tools and people.
 *
 * @param name {@code null} if it can't be read
 * @param start the first byte behind its name; of a damaged one, of its contents
 * @param end the byte after the last
 */
public record CustomSection(@Nullable String name, int start, int end) {

  public boolean isDamaged() {
    return this.name == null;
  }
}
