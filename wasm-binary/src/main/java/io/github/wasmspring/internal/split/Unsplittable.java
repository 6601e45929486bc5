package io.github.wasmspring.internal.split;

/** Says that a module or a function has what the splitter does not know: it is left as it is. */
public final class Unsplittable extends RuntimeException {

  public Unsplittable(String reason) {
    super(reason, null, false, false);
  }
}
