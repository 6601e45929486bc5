package io.github.wasmspring.engine;

/** How code came to be what it is. */
public enum WasmCodeKind {
  /** Nothing was compiled; the engine reads instructions as it goes. */
  INTERPRETED("interpreter"),

  /** It was compiled in this process, or in an earlier one that kept it on disk. */
  COMPILED("compiled"),

  /** It was compiled in the build. */
  PRECOMPILED("build-time");

  private final String title;

  WasmCodeKind(String title) {
    this.title = title;
  }

  /** What code of this kind runs on, e.g. {@code jvm-compiled}: for people and meters. */
  public String describe(String engine) {
    return engine + "-" + this.title;
  }
}
