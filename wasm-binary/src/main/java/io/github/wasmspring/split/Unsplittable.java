package io.github.wasmspring.split;

/** Says that a module or a function has what the splitter does not know: it is left as it is. */
final class Unsplittable extends RuntimeException {

  Unsplittable(String reason) {
    super(reason, null, false, false);
  }
}
