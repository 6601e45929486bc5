package io.github.wasmspring.memory;

/** Makes vectors of texts, near to each other where the texts are about the same. */
@FunctionalInterface
public interface MemoryEmbedder {

  /** The vector of a text; all have as many numbers. Called by many threads. */
  float[] embed(String text);
}
