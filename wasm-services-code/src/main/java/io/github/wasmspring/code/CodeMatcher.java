package io.github.wasmspring.code;

/** A part of a selector. It leaves the cursor where it is. */
@FunctionalInterface
interface CodeMatcher {

  boolean matches(CodeCursor node);

  default CodeMatcher and(CodeMatcher other) {
    return node -> matches(node) && other.matches(node);
  }

  default CodeMatcher or(CodeMatcher other) {
    return node -> matches(node) || other.matches(node);
  }

  /** That what is around a node, at any distance, is what this chooses. */
  default CodeMatcher around(CodeMatcher inner) {
    return node -> {
      if (!inner.matches(node)) {
        return false;
      }
      CodeCursor place = node.copy();
      while (place.toParent()) {
        if (matches(place)) {
          return true;
        }
      }
      return false;
    };
  }

  /** That the parent is what this chooses. */
  default CodeMatcher rightAround(CodeMatcher inner) {
    return node -> {
      CodeCursor place = node.copy();
      return inner.matches(node) && place.toParent() && matches(place);
    };
  }

  /** That an item before it in its list is what this chooses, at any distance or right before. */
  default CodeMatcher before(CodeMatcher inner, boolean rightBefore) {
    return node -> {
      if (!inner.matches(node) || !node.isItem()) {
        return false;
      }
      CodeCursor place = node.copy();
      int last = rightBefore ? Math.max(0, node.index() - 1) : 0;
      for (int index = node.index() - 1; index >= last; index--) {
        if (place.toSibling(index) && matches(place)) {
          return true;
        }
      }
      return false;
    };
  }

  /** That it, or something in it, is what this chooses: as in esquery, other than in CSS. */
  default CodeMatcher inside() {
    return node -> {
      if (matches(node)) {
        return true;
      }
      CodeCursor place = node.copy();
      int outer = place.depth();
      if (!place.toFirstChild()) {
        return false;
      }
      while (!matches(place)) {
        if (place.toFirstChild()) {
          continue;
        }
        while (!place.toNextSibling()) {
          place.toParent();
          if (place.depth() == outer) {
            return false;
          }
        }
      }
      return true;
    };
  }
}
