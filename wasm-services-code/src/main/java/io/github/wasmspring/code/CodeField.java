package io.github.wasmspring.code;

import java.util.List;

/**
 * A field of a kind of nodes.
 *
 * @param type what it is
 * @param at the word that has it, counted from the first word of a node, or its first bit of the
 *     flags
 * @param mask of an enumeration or a bit: the bits, when shifted to the right
 * @param values of an enumeration, by number; an empty text where there is none
 */
record CodeField(String name, Type type, int at, int mask, List<String> values) {

  enum Type {
    NODE,
    LIST,
    TEXT,
    BIT,
    ENUMERATION;
  }
}
