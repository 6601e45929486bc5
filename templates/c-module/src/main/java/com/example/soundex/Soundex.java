package com.example.soundex;

import io.github.wasmspring.WasmModule;

/** Tells which names sound alike in English. Becomes a bean by itself: inject it. */
@WasmModule("soundex")
public interface Soundex {

  /**
   * The code of a name, its first letter and three digits; empty where the name has no letter of
   * ASCII.
   */
  default String soundex(String name) {
    // Answers when the module can't. Leave the body out, and such a call fails instead.
    return org.apache.commons.codec.language.Soundex.US_ENGLISH.soundex(
        name.replaceAll("[^A-Za-z]", ""));
  }
}
