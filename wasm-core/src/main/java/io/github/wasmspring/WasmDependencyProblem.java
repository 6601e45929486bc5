package io.github.wasmspring;

/**
 * Something that keeps a module from having what it depends on.
 *
 * @param kind of what kind it is
 * @param module the id of the module that is needed and can't be had
 * @param detail what is wrong, with who needs what, as a half sentence
 */
public record WasmDependencyProblem(Kind kind, String module, String detail) {

  /** What can be wrong. */
  public enum Kind {
    /** No version of the module is registered. */
    MISSING,

    /** Versions are registered, but none within the range. */
    OUT_OF_RANGE,

    /** No one version suits all who need the module. */
    CONFLICT,

    /** Modules need each other in a circle. */
    CIRCLE
  }
}
