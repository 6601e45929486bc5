package io.github.wasmspring.event;

/** What can take so long that people want to know how far it is. */
public enum WasmWork {
  /** A module comes from a server; told in bytes. */
  DOWNLOAD("Download of WebAssembly module", "bytes"),

  /** All functions of a module are compiled; told in parts of its code. */
  COMPILE("Compilation of WebAssembly module", "parts of its code"),

  /** Modules are loaded ahead of their first call; told in modules. */
  PRELOAD("Loading of modules ahead, as far as", "modules"),

  /** Code that was replaced still answers; told in the calls and sessions that have ended. */
  DRAIN("End of the old code of WebAssembly module", "calls and sessions");

  private final String title;
  private final String unit;

  WasmWork(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** What it is, for people; a module comes next. */
  public String title() {
    return this.title;
  }

  /** What it is told in, for people. */
  public String unit() {
    return this.unit;
  }
}
