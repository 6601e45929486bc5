package io.github.wasmspring.internal.sandbox;

/** Memory that nobody uses at the moment. */
public interface IdleMemory {

  /** The bytes that {@link #evict} could free by and by, about. */
  long evictable();

  /** Frees some of it; {@code false} if there is nothing to free. */
  boolean evict();
}
