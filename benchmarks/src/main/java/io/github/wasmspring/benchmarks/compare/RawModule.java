package io.github.wasmspring.benchmarks.compare;

/** A module that an engine has parsed and, if it does that, compiled. */
public interface RawModule {

  /** A new instance. */
  RawGuest instantiate();
}
