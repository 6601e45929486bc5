package io.github.wasmspring.module;

/** What is logged of the calls of a module that somebody looks for a fault in. */
public enum WasmDebugMode {
  /** Nothing. */
  OFF,
  /** Each call, with the sizes of what went in and came out, but nothing of what that was. */
  ON,
  /** The same, and how arguments and answers begin. */
  CONTENTS
}
