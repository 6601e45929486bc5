package com.example.words;

import io.github.wasmspring.WasmModule;
import java.util.Map;

/** Counts words. Becomes a bean by itself: inject it. */
@WasmModule("words")
public interface Words {

  /** How often each word of a text occurs in it, in lower case and in their order. */
  Map<String, Integer> count(String text);
}
